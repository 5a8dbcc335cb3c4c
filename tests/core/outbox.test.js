/** The outbox: what is given to it arrives, once, or says why not. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { freshBrowser, happens, pass } from "./browser.js";
import { Box } from "../../static/core/box.js";
import { Outbox, randomId } from "../../static/core/outbox.js";

const VOTE = { do: "vote", poll: 1, round: 1, n: 1, choice: [0] };

/** A tab with its outbox; `wire.up` says whether the link takes frames. */
function tab(name = "t") {
  const wire = { up: true, sent: [] };
  const post = (frame) => wire.up && wire.sent.push(frame) > 0;
  return { wire, outbox: new Outbox(new Box("o", name), post) };
}

beforeEach(freshBrowser);

test("an id has 128 random bits in 22 url-safe characters", () => {
  const ids = new Set(Array.from({ length: 200 }, randomId));
  assert.equal(ids.size, 200);
  for (const id of ids) assert.match(id, /^[\w-]{22}$/);
});

test("a command resolves with what the server made", async () => {
  const { wire, outbox } = tab();
  const answer = outbox.send({ do: "ask", key: "k", text: "t", anonymous: true });
  outbox.answer({ type: "done", id: wire.sent[0].id, made: "question/q" });
  assert.deepEqual(await answer, { made: "question/q" });
  assert.equal(outbox.entries.length, 0);
  assert.deepEqual(Object.keys(localStorage), []);
});

test("it says that the server cannot save, until something is saved again", () => {
  const { wire, outbox } = tab();
  void outbox.send({ do: "goto", item: "s1" }, { lasting: false });
  assert.equal(outbox.unsaved, false);
  outbox.answer({ type: "rejected", id: wire.sent[0].id, code: "read_only", retry_ms: 5_000 });
  assert.equal(outbox.unsaved, true);
  void outbox.send({ do: "goto", item: "s1" }, { lasting: false });
  outbox.answer({ type: "done", id: wire.sent[1].id });
  assert.equal(outbox.unsaved, false);
});

test("a final refusal resolves with its code", async () => {
  const { wire, outbox } = tab();
  const answer = outbox.send(VOTE);
  outbox.answer({ type: "rejected", id: wire.sent[0].id, code: "poll_closed" });
  assert.deepEqual(await answer, { rejected: "poll_closed" });
});

test("without a connection a command waits on the device and goes out with the same id", () => {
  const { wire, outbox } = tab();
  wire.up = false;
  void outbox.send(VOTE);
  assert.equal(Object.keys(localStorage).length, 1);
  wire.up = true;
  outbox.flush();
  outbox.hold();
  outbox.flush();
  assert.equal(wire.sent.length, 2);
  assert.equal(wire.sent[0].id, wire.sent[1].id);
});

test("what a reloaded page left behind is taken over by the next", () => {
  const before = tab("a");
  before.wire.up = false;
  void before.outbox.send(VOTE);
  happens("pagehide");
  const after = tab("b");
  const settled = [];
  after.outbox.onSettled = (entry, outcome) => settled.push([entry.command.do, outcome]);
  after.outbox.flush();
  assert.equal(after.wire.sent.length, 1);
  after.outbox.answer({ type: "done", id: after.wire.sent[0].id });
  assert.deepEqual(settled, [["vote", { made: undefined }]]);
});

test("a living tab keeps what is its own, a dead one's is taken over in time", () => {
  const first = tab("a");
  first.wire.up = false;
  void first.outbox.send(VOTE);
  pass(10_000);
  const second = tab("b");
  second.outbox.flush();
  assert.equal(second.wire.sent.length, 0);
  const saved = JSON.parse(localStorage.getItem("o:a"));
  localStorage.setItem("o:c", JSON.stringify({ ...saved, beat: Date.now() - 60_000 }));
  second.outbox.flush();
  assert.equal(second.wire.sent.length, 1);
});

test("of several votes in one poll only the last waits", async () => {
  const { wire, outbox } = tab();
  wire.up = false;
  const first = outbox.send(VOTE, { slot: "vote/1" });
  void outbox.send({ ...VOTE, n: 2, choice: [1] }, { slot: "vote/1" });
  assert.deepEqual(await first, { rejected: "superseded" });
  wire.up = true;
  outbox.flush();
  assert.deepEqual(
    wire.sent.map((frame) => frame.n),
    [2],
  );
});

test("a busy server gets the same command again, with the same id", () => {
  const { wire, outbox } = tab();
  void outbox.send(VOTE);
  outbox.answer({ type: "rejected", id: wire.sent[0].id, code: "busy", retry_ms: 1_000 });
  const [entry] = outbox.entries;
  assert.equal(outbox.waits(entry).code, "busy");
  assert.ok(outbox.waits(entry).ms >= 1_000 && outbox.waits(entry).ms <= 1_500, "so long, and a little more");
  pass(999);
  assert.equal(wire.sent.length, 1);
  pass(501);
  assert.equal(wire.sent.length, 2);
  assert.equal(outbox.waits(entry), undefined, "it is under way");
  assert.equal(wire.sent[1].id, wire.sent[0].id);
});

test("when the server is busy a changed vote takes the turn of the one before, also after a reconnect", () => {
  const { wire, outbox } = tab();
  void outbox.send(VOTE, { slot: "poll/1" });
  outbox.answer({ type: "rejected", id: wire.sent[0].id, code: "busy", retry_ms: 3_000 });
  pass(1_000);
  void outbox.send({ ...VOTE, n: 2 }, { slot: "poll/1" });
  assert.equal(outbox.waits(outbox.entries[0]).code, "busy");
  outbox.hold();
  outbox.flush();
  void outbox.send({ do: "ask", key: "k", text: "t", anonymous: true });
  const sent = () => wire.sent.slice(1).map((frame) => frame.n ?? frame.do);
  assert.deepEqual(sent(), ["ask"], "only votes wait");
  pass(2_400);
  assert.deepEqual(sent(), ["ask", 2]);
});

test("several votes that were sent back go one by one", () => {
  const { wire, outbox } = tab();
  for (const poll of [1, 2, 3]) void outbox.send({ ...VOTE, poll }, { slot: `poll/${poll}` });
  for (const { id } of [...wire.sent]) outbox.answer({ type: "rejected", id, code: "busy", retry_ms: 500 });
  pass(600);
  const polls = () => wire.sent.slice(3).map((frame) => frame.poll);
  assert.deepEqual(polls(), [1]);
  outbox.answer({ type: "done", id: wire.sent.at(-1).id });
  assert.deepEqual(polls(), [1, 2]);
  outbox.answer({ type: "rejected", id: wire.sent.at(-1).id, code: "poll_closed" });
  outbox.answer({ type: "done", id: wire.sent.at(-1).id });
  assert.deepEqual(polls(), [1, 2, 3]);
  void outbox.send({ ...VOTE, poll: 4 });
  assert.deepEqual(polls(), [1, 2, 3, 4], "there is no queue any more");
});

test("what makes sense only now fails at once without a connection, and is never kept", async () => {
  const { wire, outbox } = tab();
  wire.up = false;
  assert.deepEqual(await outbox.send({ do: "goto", item: "i" }, { lasting: false }), { rejected: "offline" });
  assert.deepEqual(Object.keys(localStorage), []);
  wire.up = true;
  const under_way = outbox.send({ do: "goto", item: "i" }, { lasting: false });
  outbox.hold();
  assert.deepEqual(await under_way, { rejected: "offline" });
});

test("what makes sense only now does not wait until a full disk has room", async () => {
  const { wire, outbox } = tab();
  const answer = outbox.send({ do: "goto", item: "i" }, { lasting: false });
  outbox.answer({ type: "rejected", id: wire.sent[0].id, code: "read_only", retry_ms: 5_000 });
  assert.deepEqual(await answer, { rejected: "read_only" });
  assert.equal(outbox.entries.length, 0);
});

test("a full outbox refuses instead of forgetting", async () => {
  const { wire, outbox } = tab();
  wire.up = false;
  for (let n = 0; n < 100; n += 1) void outbox.send({ do: "upvote", question: `q${n}`, on: true });
  assert.deepEqual(await outbox.send(VOTE), { rejected: "outbox_full" });
  assert.equal(outbox.entries.length, 100);
});
