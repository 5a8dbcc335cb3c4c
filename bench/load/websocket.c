/* WebSocket as a client speaks it, and what is made of the frames that come. */
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static const unsigned char MASK[4] = {0x37, 0xfa, 0x21, 0x3d};
static char mark[128];
static size_t mark_length;
static uint32_t reached;

void send_bytes(Connection *c, const char *bytes, uint32_t length) {
  if (!c->out_length) {
    ssize_t sent = send(c->fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) {
      hang_up(c);
      return;
    }
    if (sent < 0) sent = 0;
    bytes += sent, length -= sent;
  }
  if (!length) return;
  if (c->out_length + length > c->out_room) c->out = realloc(c->out, c->out_room = 2 * (c->out_length + length));
  memcpy(c->out + c->out_length, bytes, length);
  c->out_length += length;
  watch(c, true);
}

void send_frame(Connection *c, int opcode, const char *payload, uint32_t length) {
  char frame[600];
  uint32_t head = 2;
  if (length > sizeof frame - 8) exit(3);
  frame[0] = 0x80 | opcode;
  if (length < 126) {
    frame[1] = 0x80 | length;
  } else {
    frame[1] = 0x80 | 126, frame[2] = length >> 8, frame[3] = length & 255, head = 4;
  }
  memcpy(frame + head, MASK, 4);
  for (uint32_t i = 0; i < length; i++) frame[head + 4 + i] = payload[i] ^ MASK[i & 3];
  send_bytes(c, frame, head + 4 + length);
}

void send_handshake(Connection *c) {
  char request[600];
  const char *mine = token(c->index);
  int length = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s%s%s\r\n",
                        path, *mine ? "Authorization: Bearer " : "", mine, *mine ? "\r\n" : "");
  c->state = SHAKING;
  send_bytes(c, request, length);
}

static void text_heard(Connection *c, const char *text, size_t length) {
  if (mark_length && !c->marked && memmem(text, length, mark, mark_length)) {
    c->marked = now();
    reached += !c->stalled;
  }
  if (!keeps_docs || length < 16) return;
  if (!memcmp(text, "{\"type\":\"done\"", 14)) {
    answered(text, length, true);
  } else if (!memcmp(text, "{\"type\":\"rejecte", 16)) {
    answered(text, length, false);
  } else if (!memcmp(text, "{\"type\":\"patch\"", 15)) {
    take_docs(&c->docs, text, length, false);
  } else if (!memcmp(text, "{\"type\":\"welcome", 16)) {
    take_docs(&c->docs, text, length, true);
    welcomed(c);
  }
}

static uint32_t shaken(Connection *c, const char *bytes, uint32_t length) {
  const char *end = memmem(bytes, length, "\r\n\r\n", 4);
  if (!end) return 0;
  if (length < 12 || memcmp(bytes, "HTTP/1.1 101", 12)) {
    fprintf(stderr, "load: the server answered %.60s\n", bytes);
    hang_up(c);
    return length;
  }
  c->state = OPEN;
  return end + 4 - bytes;
}

/* One frame; 0: it has not come whole. */
static uint32_t frame_heard(Connection *c, const char *bytes, uint32_t length) {
  if (length < 2) return 0;
  uint64_t size = bytes[1] & 127, head = size == 126 ? 4 : size == 127 ? 10 : 2;
  if (length < head) return 0;
  if (head > 2) {
    size = 0;
    for (uint32_t i = 2; i < head; i++) size = size << 8 | (unsigned char)bytes[i];
  }
  if (length < head + size) return 0;
  switch (bytes[0] & 15) {
    case 1: text_heard(c, bytes + head, size); break;
    case 8: hang_up(c); break;
    case 9: send_frame(c, 10, bytes + head, size); break;
  }
  return head + size;
}

/* Take what has come; keep the beginning of what has not come whole. */
void heard(Connection *c, char *bytes, uint32_t length) {
  if (c->in_length) {
    if (c->in_length + length > c->in_room) c->in = realloc(c->in, c->in_room = 2 * (c->in_length + length));
    memcpy(c->in + c->in_length, bytes, length);
    bytes = c->in, length += c->in_length, c->in_length = 0;
  }
  for (uint32_t taken; length && c->state != CLOSED; bytes += taken, length -= taken) {
    taken = c->state == SHAKING   ? shaken(c, bytes, length)
            : c->state == LOADING ? page_heard(c, bytes, length)
                                  : frame_heard(c, bytes, length);
    if (!taken) break;
  }
  if (!length || c->state == CLOSED) return;
  if (length > c->in_room) {
    char *wider = malloc(c->in_room = 2 * length);
    memcpy(wider, bytes, length);
    free(c->in);
    c->in = wider;
  } else {
    memmove(c->in, bytes, length);
  }
  c->in_length = length;
}

/* From now on note when the frame with this text in it comes to each. */
bool expect(const char *text) {
  mark_length = strlen(text);
  if (mark_length >= sizeof mark) return false;
  memcpy(mark, text, mark_length + 1);
  reached = 0;
  for (uint32_t i = 0; i < many; i++) connections[i].marked = 0;
  return true;
}

void report_arrivals(double patience_s) {
  uint32_t wanted = 0, count = 0;
  for (uint32_t i = 0; i < many; i++) wanted += connections[i].state == OPEN && !connections[i].stalled;
  uint64_t *times = malloc((many + 1) * sizeof *times), end = now() + patience_s * 1e9;
  while (reached < wanted && now() < end) pump(0); /* awake: no server pays for waking it, a slow one least of all */
  for (uint32_t i = 0; i < many; i++)
    if (connections[i].marked && !connections[i].stalled) times[count++] = connections[i].marked;
  qsort(times, count, sizeof *times, ascending);
  times[count] = 0;
  printf("{\"reached\":%u,\"wanted\":%u,\"first\":%lu,\"p50\":%lu,\"p99\":%lu,\"last\":%lu}\n", count, wanted, times[0],
         times[count / 2], times[count * 99 / 100], times[count ? count - 1 : 0]);
  mark_length = 0;
  free(times);
}
