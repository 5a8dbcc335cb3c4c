/* A join storm: everybody loads the pages of a list over one connection, then opens a socket and says hello. */
#include "load.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PAGES = 64 };
static char *pages[PAGES];
static uint32_t pages_count;

void send_request(Connection *c) {
  char request[600];
  c->state = LOADING, c->body_left = -1;
  int length = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n"
                        "Authorization: Bearer %s\r\n\r\n",
                        pages[c->next_page], token(c->index));
  send_bytes(c, request, length);
}

static void loaded(Connection *c) {
  if (++c->next_page < pages_count) {
    send_request(c);
    return;
  }
  uint64_t started = c->started;
  hang_up(c);
  dial(c, SHAKING);
  c->started = started;
}

static int64_t length_told(const char *head, const char *end) {
  if (memcmp(head, "HTTP/1.1 200", 12)) return -1;
  for (const char *line = head; line < end; line = (const char *)memmem(line, end - line + 2, "\r\n", 2) + 2)
    if (!strncasecmp(line, "content-length:", 15)) return atoll(line + 15);
  return -1;
}

uint32_t page_heard(Connection *c, const char *bytes, uint32_t length) {
  uint32_t head = 0;
  if (c->body_left < 0) {
    const char *end = memmem(bytes, length, "\r\n\r\n", 4);
    if (!end) return 0;
    head = end + 4 - bytes;
    c->body_left = length_told(bytes, end);
    if (c->body_left < 0) {
      fprintf(stderr, "load: %s was answered %.60s\n", pages[c->next_page], bytes);
      hang_up(c);
      return length;
    }
  }
  uint32_t body = length - head < c->body_left ? length - head : c->body_left;
  c->body_left -= body;
  if (!c->body_left) loaded(c);
  return head + body;
}

static void read_list(const char *file) {
  char line[512];
  FILE *list = fopen(file, "r");
  for (pages_count = 0; list && pages_count < PAGES && fgets(line, sizeof line, list); pages_count++) {
    line[strcspn(line, "\n")] = 0;
    pages[pages_count] = strdup(line);
  }
  if (!pages_count) exit(3);
  fclose(list);
}

static uint32_t count_if(bool (*holds)(const Connection *)) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < many; i++) count += holds(&connections[i]);
  return count;
}

static bool is_joining(const Connection *c) { return c->state != CLOSED && !c->welcomed; }
static bool has_joined(const Connection *c) { return c->welcomed; }

/* `together`: how many are on their way at the same time. */
void storm(const char *list, uint32_t together, double patience_s) {
  read_list(list);
  uint64_t start = now(), end = start + patience_s * 1e9;
  uint32_t called = 0;
  while ((called < many || count_if(is_joining)) && now() < end) {
    for (uint32_t busy = count_if(is_joining); called < many && busy < together; busy++, called++) {
      connections[called].next_page = 0;
      dial(&connections[called], LOADING);
    }
    for (int turn = 0; turn < 20; turn++) pump(1);
  }
  printf("{\"joined\":%u,\"seconds\":%.6f,\"bytes\":%lu}\n", count_if(has_joined), (now() - start) / 1e9, bytes_heard);
}
