/* Votes: in a closed loop (each the next once it has an answer) or in an open one (at a rate, whatever comes).
   As a page does, a connection that was sent back with retry_ms keeps its votes until then, the later ones behind,
   and sends them one by one, each with the id that it had. */
#include "load.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
  uint64_t due, answered; /* ns */
  uint32_t connection, refusals, next; /* of its connection's votes that wait, as in `first_waiting` */
  uint64_t n;
  bool kept, rejected;
} Vote;

static Vote *votes;
static size_t count, room, first_of_run;
static uint64_t salt, base, end_of_run;
static int poll_number, round_number, choices;
static bool closed_loop;

static void send_vote(size_t number) {
  Vote *vote = &votes[number];
  char text[240];
  int length = snprintf(text, sizeof text,
                        "{\"type\":\"command\",\"id\":\"%08lx-%013zu\",\"do\":\"vote\",\"poll\":%d,\"round\":%d,"
                        "\"n\":%lu,\"choice\":[%d]}",
                        salt & 0xffffffff, number, poll_number, round_number, vote->n, (int)(number % choices));
  Connection *c = &connections[vote->connection];
  c->under_way++;
  if (c->state == OPEN) send_frame(c, 1, text, length);
}

/* In the order in which they were due. */
static void put_off(size_t number) {
  uint32_t *place = &connections[votes[number].connection].first_waiting;
  while (*place && *place - 1 < number) place = &votes[*place - 1].next;
  votes[number].next = *place, *place = number + 1;
}

static void send_waiting(Connection *c, uint64_t at) {
  if (!c->first_waiting || c->under_way || c->waits_until > at) return;
  size_t number = c->first_waiting - 1;
  c->first_waiting = votes[number].next;
  send_vote(number);
}

static void new_vote(Connection *c, uint64_t due) {
  if (count == room) votes = realloc(votes, (room = room ? 2 * room : 65536) * sizeof *votes);
  votes[count] = (Vote){.due = due, .connection = c->index, .n = base + ++c->n};
  c->first_waiting || c->waits_until > due ? put_off(count++) : send_vote(count++);
}

static bool field(const char *frame, size_t length, const char *name, char *value, size_t room) {
  const char *at = memmem(frame, length, name, strlen(name));
  if (!at) return false;
  at += strlen(name);
  size_t i = 0;
  while (i < room - 1 && at + i < frame + length && !strchr("\",}", at[i])) value[i] = at[i], i++;
  value[i] = 0;
  return true;
}

void answered(const char *frame, size_t length, bool done) {
  char id[32], wait[16];
  if (!field(frame, length, "\"id\":\"", id, sizeof id) || strlen(id) != 22) return;
  size_t number = strtoull(id + 9, NULL, 10);
  if (number >= count || votes[number].answered) return;
  Vote *vote = &votes[number];
  Connection *c = &connections[vote->connection];
  c->under_way--;
  if (!done && field(frame, length, "\"retry_ms\":", wait, sizeof wait)) {
    vote->refusals++;
    c->waits_until = now() + strtoull(wait, NULL, 10) * (1000000 + 1000 * (number % 100)); /* up to a tenth later */
    put_off(number);
    return;
  }
  vote->answered = now(), vote->kept = done, vote->rejected = !done;
  if (done && vote->n > c->acknowledged) c->acknowledged = vote->n;
  send_waiting(c, vote->answered);
  if (closed_loop && vote->answered < end_of_run) new_vote(c, vote->answered);
}

static void send_again(uint64_t at) {
  static uint64_t looked;
  if (at - looked < 1000000) return;
  looked = at;
  for (uint32_t i = 0; i < many; i++) send_waiting(&connections[i], at);
}

static bool all_answered(void) {
  static size_t behind;
  if (behind < first_of_run) behind = first_of_run;
  while (behind < count && votes[behind].answered) behind++;
  return behind == count;
}

static void report(uint64_t start) {
  uint64_t *times = malloc((count - first_of_run + 1) * sizeof *times);
  size_t kept = 0, in_time = 0, late = 0, rejected = 0, open = 0, refused = 0;
  for (size_t i = first_of_run; i < count; i++) {
    const Vote *vote = &votes[i];
    open += !vote->answered, rejected += vote->rejected, refused += vote->refusals > 0;
    late += vote->kept && vote->refusals;
    in_time += vote->kept && vote->answered <= end_of_run;
    if (vote->kept) times[kept++] = vote->answered - vote->due;
  }
  qsort(times, kept, sizeof *times, ascending);
  times[kept] = 0;
  printf("{\"votes\":%zu,\"done\":%zu,\"in_time\":%zu,\"seconds\":%.6f,\"refused\":%zu,\"refused_then_kept\":%zu,"
         "\"rejected\":%zu,\"unanswered\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}\n",
         count - first_of_run, kept, in_time, (end_of_run - start) / 1e9, refused, late, rejected, open,
         times[kept / 2] / 1e6, times[kept * 99 / 100] / 1e6, times[kept ? kept - 1 : 0] / 1e6);
  free(times);
}

/* `rate` 0: the closed loop. */
void vote(double rate, double seconds, int poll, int round, int options) {
  if (!base) base = (uint64_t)time(NULL) * 1000, salt = now();
  poll_number = poll, round_number = round, choices = options, closed_loop = rate == 0;
  first_of_run = count;
  uint64_t start = now(), sent = 0;
  end_of_run = start + seconds * 1e9;
  if (closed_loop)
    for (uint32_t i = 0; i < many; i++) new_vote(&connections[i], now());
  for (uint64_t at = start; at < end_of_run; at = now()) {
    for (; !closed_loop && start + sent * 1e9 / rate <= at; sent++)
      new_vote(&connections[sent % many], start + sent * 1e9 / rate);
    send_again(at);
    pump(closed_loop ? 1 : 0);
  }
  for (uint64_t patience = end_of_run + 30000000000u; !all_answered() && now() < patience; send_again(now())) pump(1);
  report(start);
}

/* A line for each connection: the highest vote that was answered with done. */
void write_acknowledged(const char *file) {
  FILE *list = fopen(file, "w");
  for (uint32_t i = 0; list && i < many; i++) fprintf(list, "%lu\n", connections[i].acknowledged);
  if (list) fclose(list);
  puts("{\"written\":true}");
}
