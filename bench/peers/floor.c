/* The floor: what fan-out and votes cost when nothing but read() and write() is done. floor PORT
   A WebSocket server on epoll; a text frame from a client of /pub is written to every client of /sub, one
   write() each of the same bytes, and a vote from a client of /vote is answered with `done`. It checks nothing
   and keeps nothing: no server can be cheaper. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 65536, ROOM = 4096 };
enum { NEW = 1, SUBSCRIBER, PUBLISHER, VOTER };
static char kind[MOST];
static int subscribers[MOST], count, epoll;

static uint32_t rotate(uint32_t x, int by) { return x << by | x >> (32 - by); }

static void sha1_block(uint32_t *h, const unsigned char *block) {
  uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
  for (int i = 0; i < 16; i++)
    w[i] = block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 | block[4 * i + 3];
  for (int i = 16; i < 80; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  for (int i = 0; i < 80; i++) {
    uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
    uint32_t k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6;
    uint32_t next = rotate(a, 5) + f + e + k + w[i];
    e = d, d = c, c = rotate(b, 30), b = a, a = next;
  }
  h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
}

/* Of at most 119 bytes: a key and the GUID are 60. */
static void sha1(const char *text, size_t length, unsigned char *digest) {
  uint32_t h[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  unsigned char padded[128] = {0};
  size_t blocks = length > 55 ? 2 : 1;
  memcpy(padded, text, length);
  padded[length] = 0x80;
  padded[64 * blocks - 2] = length * 8 >> 8, padded[64 * blocks - 1] = length * 8 & 255;
  for (size_t i = 0; i < blocks; i++) sha1_block(h, padded + 64 * i);
  for (int i = 0; i < 20; i++) digest[i] = h[i / 4] >> (24 - 8 * (i % 4));
}

static void base64(const unsigned char *bytes, char *text) { /* 20 bytes make 28 characters */
  static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  unsigned char padded[21] = {0};
  memcpy(padded, bytes, 20);
  for (int i = 0; i < 7; i++) {
    uint32_t three = padded[3 * i] << 16 | padded[3 * i + 1] << 8 | padded[3 * i + 2];
    for (int j = 0; j < 4; j++) text[4 * i + j] = LETTERS[three >> (18 - 6 * j) & 63];
  }
  text[27] = '=', text[28] = 0;
}

static void shake(int fd, char *request) {
  char *key = strcasestr(request, "sec-websocket-key: "), joined[100], answer[200], accept[32];
  unsigned char digest[20];
  if (!key) {
    close(fd);
    return;
  }
  int length = snprintf(joined, sizeof joined, "%.24s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key + 19);
  sha1(joined, length, digest);
  base64(digest, accept);
  length = snprintf(answer, sizeof answer,
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Accept: %s\r\n\r\n", accept);
  if (write(fd, answer, length) != length) return;
  kind[fd] = !memcmp(request, "GET /pub", 8) ? PUBLISHER : !memcmp(request, "GET /vote", 9) ? VOTER : SUBSCRIBER;
  if (kind[fd] == SUBSCRIBER) subscribers[count++] = fd;
}

/* A masked text frame of 126 to 65,535 bytes, or a shorter one, that came whole. */
static void publish(unsigned char *frame, ssize_t length) {
  int head = (frame[1] & 127) == 126 ? 4 : 2;
  if ((frame[0] & 15) != 1 || length < head + 4) return;
  unsigned char *mask = frame + head, out[ROOM];
  ssize_t size = length - head - 4;
  memcpy(out, frame, head);
  out[1] &= 127;
  for (ssize_t i = 0; i < size; i++) out[head + i] = mask[4 + i] ^ mask[i & 3];
  for (int i = 0; i < count; i++)
    if (write(subscribers[i], out, head + size) < 0) continue;
}

/* Each frame that has come, all of them whole: its id stands where our pages write it. */
static void answer(int fd, unsigned char *frame, ssize_t length) {
  enum { START = 24, ID = 22 }; /* behind {"type":"command","id":" */
  while (length > 6) {
    ssize_t head = (frame[1] & 127) == 126 ? 4 : 2, size = head == 4 ? frame[2] << 8 | frame[3] : frame[1] & 127;
    unsigned char *mask = frame + head, *text = mask + 4, out[64] = {0x81};
    for (ssize_t i = 0; i < size; i++) text[i] ^= mask[i & 3];
    out[1] = snprintf((char *)out + 2, sizeof out - 2, "{\"type\":\"done\",\"id\":\"%.*s\"}", ID, text + START);
    if (write(fd, out, out[1] + 2) < 0) return;
    frame += head + 4 + size, length -= head + 4 + size;
  }
}

static void leave(int fd) {
  for (int i = 0; i < count && kind[fd] == SUBSCRIBER; i++)
    if (subscribers[i] == fd) subscribers[i] = subscribers[--count], kind[fd] = 0;
  close(fd);
}

static void welcome(int listening) {
  for (int fd, yes = 1; (fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    kind[fd] = NEW;
  }
}

static void listen_to(int fd) {
  static char bytes[ROOM];
  ssize_t length = read(fd, bytes, sizeof bytes - 1);
  if (length <= 0 || (kind[fd] != NEW && (bytes[0] & 15) == 8)) {
    leave(fd);
    return;
  }
  bytes[length] = 0;
  if (kind[fd] == NEW) shake(fd, bytes);
  else if (kind[fd] == VOTER) answer(fd, (unsigned char *)bytes, length);
  else if (kind[fd] == PUBLISHER) publish((unsigned char *)bytes, length);
}

int main(int argc, char **argv) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 0)};
  int listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listening, (void *)&at, sizeof at) || listen(listening, 2048)) return 1;
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listening}, events[256];
  epoll = epoll_create1(0);
  epoll_ctl(epoll, EPOLL_CTL_ADD, listening, &event);
  for (;;) {
    int ready = epoll_wait(epoll, events, 256, -1);
    for (int i = 0; i < ready; i++) events[i].data.fd == listening ? welcome(listening) : listen_to(events[i].data.fd);
  }
}
