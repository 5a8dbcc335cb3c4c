/* The peer on Node: `ws`, as its README shows a broadcast. A text from /pub goes to everyone else. */
const { WebSocketServer } = require("ws");

const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), backlog: 2048 });
server.on("connection", (socket, request) => {
  if (request.url !== "/pub") return;
  socket.on("message", (message) => {
    const text = message.toString();
    for (const client of server.clients) if (client !== socket) client.send(text);
  });
});
