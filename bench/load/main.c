/* The load generator: N WebSocket clients in one process. `bench/load.py` compiles it, starts it and tells it
   what to do, a command a line on standard input; each is answered with a line of JSON.
   load PORT PATH N SOURCES TOKENS docs|plain   TOKENS: a file with a bearer token a line, or - for none. */
#include "load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TOGETHER = 64, SCRATCH = 1 << 20, EVENTS = 512 };
Connection *connections;
uint32_t many;
bool keeps_docs;
const char *path;
uint64_t bytes_heard;
static char **tokens, *scratch;
static int epoll, port, sources;
static uint32_t welcomed_count;
static bool told;

uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

int ascending(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

const char *token(uint32_t index) { return tokens ? tokens[index] : ""; }

static void read_tokens(const char *file) {
  if (!strcmp(file, "-")) return;
  char line[256];
  FILE *list = fopen(file, "r");
  tokens = calloc(many, sizeof *tokens);
  for (uint32_t i = 0; list && i < many && fgets(line, sizeof line, list); i++) {
    line[strcspn(line, "\n")] = 0;
    tokens[i] = strdup(line);
  }
  if (!list || !tokens[many - 1]) exit(3);
  fclose(list);
}

void watch(Connection *c, bool writing) {
  struct epoll_event event = {.events = (c->stalled ? 0 : EPOLLIN) | (writing ? EPOLLOUT : 0), .data.u32 = c->index};
  c->wants_out = writing;
  epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &event);
}

/* Connect; what is sent first (handshake or request) follows when it is connected. */
void dial(Connection *c, State next) {
  struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET, .sin_port = htons(port)};
  int yes = 1;
  from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + c->index % sources);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  struct epoll_event event = {.events = EPOLLOUT, .data.u32 = c->index};
  if (c->fd < 0 || bind(c->fd, (void *)&from, sizeof from) ||
      (connect(c->fd, (void *)&to, sizeof to) && errno != EINPROGRESS)) {
    perror("load: cannot connect");
    exit(3);
  }
  epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event);
  c->state = CONNECTING, c->started = now(), c->body_left = next == LOADING ? 0 : -1;
}

void hang_up(Connection *c) {
  close(c->fd);
  c->state = CLOSED, c->in_length = c->out_length = 0;
}

void welcomed(Connection *c) {
  welcomed_count += !c->welcomed;
  c->welcomed = true;
}

static void connected(Connection *c) {
  bool loading = c->body_left == 0;
  watch(c, false);
  loading ? send_request(c) : send_handshake(c);
}

static void writable(Connection *c) {
  ssize_t sent = send(c->fd, c->out, c->out_length, MSG_NOSIGNAL);
  if (sent < 0) return;
  memmove(c->out, c->out + sent, c->out_length - sent);
  c->out_length -= sent;
  if (!c->out_length) watch(c, false);
}

static void say_hello(Connection *c) {
  static const char HELLO[] = "{\"type\":\"hello\",\"visible\":true}";
  if (c->state == OPEN) send_frame(c, 1, HELLO, sizeof HELLO - 1);
}

static void readable(Connection *c) {
  bool joining = c->state == SHAKING && c->next_page;
  ssize_t length = recv(c->fd, scratch, SCRATCH, 0);
  if (length < 0 && errno == EAGAIN) return;
  if (length <= 0) {
    hang_up(c);
    return;
  }
  bytes_heard += length;
  heard(c, scratch, length);
  if (joining && c->state == OPEN) say_hello(c);
}

void pump(int timeout_ms) {
  struct epoll_event events[EVENTS];
  int count = epoll_wait(epoll, events, EVENTS, timeout_ms);
  for (int i = 0; i < count; i++) {
    if (events[i].data.u32 == UINT32_MAX) {
      told = true;
      continue;
    }
    Connection *c = &connections[events[i].data.u32];
    if (c->state == CONNECTING) {
      connected(c);
    } else if (c->state != CLOSED) {
      if (events[i].events & EPOLLOUT) writable(c);
      if (c->state != CLOSED && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(c);
    }
  }
}

static void open_until(uint32_t last) {
  static uint32_t called, first, ready;
  uint64_t start = now(), end = start + 120000000000u;
  while (first < last && now() < end) {
    for (; called < last && called - first < TOGETHER; called++) dial(&connections[called], SHAKING);
    pump(1);
    while (first < called && (connections[first].state == OPEN || connections[first].state == CLOSED))
      ready += connections[first++].state == OPEN;
  }
  printf("{\"opened\":%u,\"seconds\":%.6f}\n", ready, (now() - start) / 1e9);
}

static void greet_until(uint32_t last) {
  static uint32_t called;
  uint64_t start = now(), end = start + 120000000000u;
  while (welcomed_count < last && now() < end) {
    for (; called < last && called - welcomed_count < TOGETHER; called++) say_hello(&connections[called]);
    pump(1);
  }
  printf("{\"welcomed\":%u,\"seconds\":%.6f}\n", welcomed_count, (now() - start) / 1e9);
}

static void stall(uint32_t count) {
  int little = 4096; /* so that it is full soon */
  for (uint32_t i = 0; i < count && i < many; i++) {
    setsockopt(connections[i].fd, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
    connections[i].stalled = true, watch(&connections[i], false);
  }
  printf("{\"stalled\":%u}\n", count);
}

static void compare(uint64_t wanted) {
  uint32_t same = 0, there = 0;
  for (uint32_t i = 0; i < many; i++) {
    there += connections[i].state == OPEN;
    same += connections[i].state == OPEN && hash_of(&connections[i].docs) == wanted;
  }
  printf("{\"there\":%u,\"same\":%u,\"first\":%lu}\n", there, same, hash_of(&connections[0].docs));
}

static void obey(char *line) {
  char text[400];
  double rate, seconds;
  int poll, round, options;
  uint32_t count;
  unsigned long long wanted;
  line[strcspn(line, "\n")] = 0;
  if (sscanf(line, "open %u", &count) == 1 && count <= many) open_until(count);
  else if (sscanf(line, "hello %u", &count) == 1 && count <= many) greet_until(count);
  else if (sscanf(line, "expect %399s", text) == 1 && expect(text)) puts("{\"armed\":true}"), fflush(stdout), report_arrivals(30);
  else if (sscanf(line, "stall %u", &count) == 1) stall(count);
  else if (sscanf(line, "compare %llu", &wanted) == 1) compare(wanted);
  else if (sscanf(line, "storm %u %399s", &count, text) == 2) storm(text, count, 300);
  else if (sscanf(line, "vote %lf %lf %d %d %d", &rate, &seconds, &poll, &round, &options) == 5)
    vote(rate, seconds, poll, round, options);
  else if (sscanf(line, "acknowledged %399s", text) == 1) write_acknowledged(text);
  else exit(4);
  fflush(stdout);
}

int main(int argc, char **argv) {
  if (argc != 7) return 2;
  port = atoi(argv[1]), path = argv[2], many = atoi(argv[3]), sources = atoi(argv[4]);
  keeps_docs = !strcmp(argv[6], "docs");
  read_tokens(argv[5]);
  connections = calloc(many, sizeof *connections), scratch = malloc(SCRATCH);
  for (uint32_t i = 0; i < many; i++) connections[i].index = i;
  epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
  epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event);
  char line[512];
  for (;; told = false) {
    while (!told) pump(-1);
    if (!fgets(line, sizeof line, stdin)) return 0;
    obey(line);
  }
}
