/* Asks for one page again and again, like somebody who just comes by: probe PORT PATH PAUSE_US.
   Ends when standard input does, and prints how long the answers took, as a line of JSON. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1 << 20 };

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static int dial(int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect(fd, (void *)&to, sizeof to)) exit(3);
  return fd;
}

/* Reads one whole answer. */
static void read_answer(int fd) {
  static char answer[1 << 20];
  size_t length = 0, wanted = sizeof answer;
  while (length < wanted) {
    ssize_t some = recv(fd, answer + length, sizeof answer - length - 1, 0);
    if (some <= 0) exit(4);
    answer[length += some] = 0;
    char *end = strstr(answer, "\r\n\r\n"), *told = strcasestr(answer, "\r\ncontent-length:");
    if (end && told && told < end) wanted = end + 4 - answer + atol(told + 17);
  }
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  char request[400];
  int fd = dial(atoi(argv[1])), pause_us = atoi(argv[3]);
  int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", argv[2]);
  static uint64_t times[MOST];
  size_t count = 0;
  struct pollfd told = {.fd = STDIN_FILENO, .events = POLLIN};
  while (count < MOST && !poll(&told, 1, 0)) {
    uint64_t start = now();
    if (send(fd, request, length, MSG_NOSIGNAL) != length) return 4;
    read_answer(fd);
    times[count++] = now() - start;
    usleep(pause_us);
  }
  qsort(times, count, sizeof *times, ascending);
  printf("{\"count\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}\n", count, times[count / 2] / 1e6,
         times[count * 99 / 100] / 1e6, times[count ? count - 1 : 0] / 1e6);
}
