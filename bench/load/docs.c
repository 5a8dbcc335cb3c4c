/* The docs that a page would hold: of each key and doc only a hash is kept, so ten thousand pages fit.
   The sum of FNV-1a(key, 0, doc) over all docs is the same for everyone who holds the same. */
#include "load.h"
#include <stdlib.h>
#include <string.h>

static const uint64_t BASIS = 0xcbf29ce484222325u, PRIME = 0x100000001b3u;

static uint64_t fnv(uint64_t hash, const char *from, const char *to) {
  while (from < to) hash = (hash ^ (unsigned char)*from++) * PRIME;
  return hash;
}

static const char *past_string(const char *at, const char *end) {
  for (at++; at < end && *at != '"'; at++)
    if (*at == '\\') at++;
  return at + 1;
}

static const char *past_value(const char *at, const char *end) {
  int depth = 0;
  do {
    if (*at == '"') {
      at = past_string(at, end);
      continue;
    }
    if (*at == '{' || *at == '[') depth++;
    if (*at == '}' || *at == ']') depth--;
    at++;
  } while (at < end && (depth > 0 || (*at != ',' && *at != '}' && *at != ']')));
  return at;
}

static uint64_t *slot(Docs *docs, uint64_t key) {
  for (uint32_t i = key & (docs->room - 1);; i = (i + 1) & (docs->room - 1))
    if (docs->slots[2 * i] == key || docs->slots[2 * i] == 0) return &docs->slots[2 * i];
}

static void make_room(Docs *docs) {
  if (docs->room && docs->used * 2 < docs->room) return;
  Docs wider = {.room = docs->room ? docs->room * 2 : 32, .used = docs->used};
  wider.slots = calloc(wider.room, 2 * sizeof(uint64_t));
  for (uint32_t i = 0; i < docs->room; i++)
    if (docs->slots[2 * i]) memcpy(slot(&wider, docs->slots[2 * i]), &docs->slots[2 * i], 2 * sizeof(uint64_t));
  free(docs->slots);
  *docs = wider;
}

static void put(Docs *docs, uint64_t key, uint64_t doc) {
  make_room(docs);
  uint64_t *at = slot(docs, key);
  if (!at[0]) {
    at[0] = key;
    docs->used++;
  }
  at[1] = doc;
}

/* The value of "docs" in a welcome or a patch; null takes a doc away. */
void take_docs(Docs *docs, const char *frame, size_t length, bool afresh) {
  const char *end = frame + length, *at = frame + 1;
  if (afresh && docs->room) memset(docs->slots, 0, docs->room * 2 * sizeof(uint64_t)), docs->used = 0;
  while (at < end && *at == '"') {
    const char *name = at, *value = past_string(at, end) + 1;
    if (value - name == 7 && !memcmp(name, "\"docs\":", 7)) {
      for (at = value + 1; at < end && *at == '"';) {
        const char *key = at + 1, *key_end = past_string(at, end) - 1, *doc = key_end + 2;
        at = past_value(doc, end);
        uint64_t hash = fnv(BASIS, key, key_end);
        put(docs, hash, *doc == 'n' ? 0 : fnv(hash * PRIME, doc, at)); /* x ^ 0 = x: the zero between */
        if (*at == ',') at++;
      }
      return;
    }
    at = past_value(value, end);
    if (*at == ',') at++;
  }
}

uint64_t hash_of(const Docs *docs) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < docs->room; i++) sum += docs->slots[2 * i + 1];
  return sum;
}
