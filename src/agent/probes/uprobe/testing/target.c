// What the tests probe: functions with arguments of every kind, called at a steady pace, or as fast as the machine can.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#ifdef WITH_USDT
#include <sys/sdt.h>
#endif

struct point { long x, y, z; };

__attribute__((noinline)) long work(int number, const char *text, unsigned long large, unsigned char small) {
  __asm__ volatile("" ::: "memory");
#ifdef WITH_USDT
  DTRACE_PROBE2(weir_target, worked, number, large);
#endif
  return (long)number * 2 + (small > 250 && text == NULL && large == 0);
}

__attribute__((noinline)) int fib(int n) { __asm__ volatile("" ::: "memory"); return n < 2 ? n : fib(n - 1) + fib(n - 2); }
__attribute__((noinline)) struct point moved(struct point from, int by) { from.x += by; __asm__ volatile("" ::: "memory"); return from; }
__attribute__((noinline)) int hot(int number) { __asm__ volatile("" : "+r"(number)); return number; }

// What a function returns, by its declaration.
#define RETURNS(type, name, value) __attribute__((noinline)) type name(int by) { __asm__ volatile("" : "+r"(by)); return value; }
enum colour { RED = -3, BLUE = 7 };
RETURNS(int, returns_int, -1)
RETURNS(unsigned, returns_unsigned, 0xfffffffeu)
RETURNS(signed char, returns_char, -5)
RETURNS(short, returns_short, -300)
RETURNS(_Bool, returns_bool, by > 0)
RETURNS(long, returns_long, -7000000000L)
RETURNS(enum colour, returns_enum, RED)
RETURNS(const char *, returns_pointer, "text")
RETURNS(double, returns_double, by / 2.0)
RETURNS(struct point, returns_struct, ((struct point) { by, by, by }))
__attribute__((noinline)) void returns_nothing(int by) { __asm__ volatile("" : "+r"(by)); }
static void call_all(void) {
  returns_int(1); returns_unsigned(1); returns_char(1); returns_short(1); returns_bool(1); returns_long(1); returns_enum(1);
  returns_pointer(1); returns_double(1); returns_struct(1); returns_nothing(1);
}

static double seconds_of(clockid_t clock) {
  struct timespec at;
  clock_gettime(clock, &at);
  return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static double now(void) { return seconds_of(CLOCK_MONOTONIC); }

// Calls hot() at most a million times a second, and prints how many it was every 100 ms.
static void run_hot(void) {
  int number = 0;
  for (double start = now(), until = start + 0.1;; start = until, until = start + 0.1) {
    long calls = 0;
    while (now() < until) {
      for (int i = 0; i < 100; i++) hot(number++);
      calls += 100;
      if (calls >= 100000) { double left = until - now(); if (left > 0) usleep((useconds_t)(left * 1e6)); break; }
    }
    printf("%ld\n", calls);
    fflush(stdout);
  }
}

// As fast as it can: prints nanoseconds of processor time a call, of 5000 calls.
static void run_cost(void) {
  for (;;) {
    double start = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 0; i < 5000; i++) hot(i);
    printf("%.1f\n", (seconds_of(CLOCK_PROCESS_CPUTIME_ID) - start) / 5000 * 1e9);
    fflush(stdout);
    usleep(2000);
  }
}

static void *short_thread(void *from) { work(*(int *)from, "short", 7, 8); return NULL; }

int main(int count, char **words) {
  const char *mode = count > 1 ? words[1] : "steady";
  int from = count > 2 ? atoi(words[2]) : 0;
  puts("ready");
  fflush(stdout);
  if (strcmp(mode, "hot") == 0) run_hot();
  if (strcmp(mode, "cost") == 0) run_cost();
  struct point at = { 1, 2, 3 };
  for (int number = from;; number++) {
    work(number, number % 2 ? "odd \"one\"\nweir: forged" : "even", 0xfffffffffffffff0ul, (unsigned char)number);
    work(-number, "negative", 5, 1);
    if (strcmp(mode, "threads") == 0) {
      pthread_t thread;
      pthread_create(&thread, NULL, short_thread, &number);
      pthread_join(thread, NULL);
    }
    if (strcmp(mode, "forks") == 0 && fork() == 0) { work(1000000, "child", 1, 1); _exit(0); }
    if (strcmp(mode, "fib") == 0) fib(6);
    at = moved(at, 1);
    call_all();
    usleep(5000);
  }
}
