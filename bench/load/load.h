/* What the parts of the load generator share: one process, one epoll loop, N connections. */
#pragma once
#define _GNU_SOURCE
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint64_t *slots; /* pairs: hash of a key, hash of the doc that is held under it */
  uint32_t used, room;
} Docs;

typedef enum { CLOSED, CONNECTING, SHAKING, OPEN, LOADING } State;

typedef struct {
  int fd;
  uint32_t index;
  State state;
  bool welcomed, stalled, wants_out;
  char *in, *out; /* the beginning of a frame; what the kernel did not take yet */
  uint32_t in_length, in_room, out_length, out_room;
  uint64_t started, marked; /* ns */
  Docs docs;
  uint32_t next_page; /* of those in the list, while it is LOADING */
  int64_t body_left;  /* -1: the head has not come yet */
  uint64_t n, acknowledged; /* the highest number of a vote sent, and answered with done */
  uint64_t waits_until;     /* ns: it was told to come again then */
  uint32_t under_way, first_waiting; /* votes sent; the first that waits to be, from 1 on, 0: none does */
} Connection;

/* main.c */
extern Connection *connections;
extern uint32_t many;
extern bool keeps_docs;
extern const char *path;
extern uint64_t bytes_heard;
uint64_t now(void);
void pump(int timeout_ms);
const char *token(uint32_t index);
void watch(Connection *c, bool writing);
void dial(Connection *c, State next);
void hang_up(Connection *c);
void welcomed(Connection *c);
int ascending(const void *a, const void *b);

/* websocket.c */
void send_bytes(Connection *c, const char *bytes, uint32_t length);
void send_frame(Connection *c, int opcode, const char *payload, uint32_t length);
void send_handshake(Connection *c);
void heard(Connection *c, char *bytes, uint32_t length);
bool expect(const char *mark);
void report_arrivals(double patience_s);

/* docs.c */
void take_docs(Docs *docs, const char *frame, size_t length, bool afresh);
uint64_t hash_of(const Docs *docs);

/* pages.c */
void storm(const char *list, uint32_t together, double patience_s);
void send_request(Connection *c);
uint32_t page_heard(Connection *c, const char *bytes, uint32_t length);

/* votes.c */
void vote(double rate, double seconds, int poll, int round, int options);
void answered(const char *frame, size_t length, bool done);
void write_acknowledged(const char *file);
