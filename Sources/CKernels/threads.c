#include "ckernels.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// Hands that wait for loops: the thread that asks works along. A hand that has nothing to do looks out
// for the next loop for a while, since loops follow each other closely, and then sleeps.

enum { most_hands = 256, patience = 20000 };

typedef struct {
  void (*body)(void *, long);
  void *context;
  long count;
  atomic_long next;
} loop;

static pthread_mutex_t owner = PTHREAD_MUTEX_INITIALIZER;  // held by who spreads a loop
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t announced = PTHREAD_COND_INITIALIZER;
static long hand_count;
static loop current;
static atomic_ulong turn;    // counts loops; odd while one is open to hands
static atomic_long wanted;   // hands that may still join the open loop
static atomic_long at_work;  // hands that are within it
static _Thread_local bool is_working;

static void take_part(void) {
  for (long index; (index = atomic_fetch_add(&current.next, 1)) < current.count;)
    current.body(current.context, index);
}

static inline void rest(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

static void *hand(void *unused) {
  is_working = true;
  unsigned long seen = 0;
  for (;;) {
    unsigned long now = atomic_load(&turn);
    for (long i = 0; (now == seen || !(now & 1)) && i < patience; i++, now = atomic_load(&turn)) rest();
    if (now == seen || !(now & 1)) {
      pthread_mutex_lock(&lock);
      while ((now = atomic_load(&turn)) == seen || !(now & 1)) pthread_cond_wait(&announced, &lock);
      pthread_mutex_unlock(&lock);
    }
    seen = now;
    // Whoever is counted before the loop is closed may take part in it.
    atomic_fetch_add(&at_work, 1);
    if (atomic_load(&turn) == seen && atomic_fetch_sub(&wanted, 1) > 0) take_part();
    atomic_fetch_sub(&at_work, 1);
  }
  return unused;
}

static void hire(long hands) {
  for (; hand_count < hands && hand_count < most_hands; hand_count++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, hand, NULL) != 0) return;  // fewer hands, same results
    pthread_detach(thread);
  }
}

void mb_spread(long threads, long count, void (*body)(void *context, long index), void *context) {
  if (threads <= 1 || count <= 1 || is_working || pthread_mutex_trylock(&owner) != 0) {
    for (long index = 0; index < count; index++) body(context, index);
    return;
  }
  is_working = true;
  const long hands = (threads < count ? threads : count) - 1;
  hire(hands);
  current.body = body;
  current.context = context;
  current.count = count;
  atomic_store(&current.next, 0);
  atomic_store(&wanted, hands);
  pthread_mutex_lock(&lock);
  atomic_fetch_add(&turn, 1);
  pthread_cond_broadcast(&announced);
  pthread_mutex_unlock(&lock);
  take_part();
  atomic_fetch_add(&turn, 1);
  for (long i = 0; atomic_load(&at_work) > 0; i++) {
    if (i < patience) rest();
    else sched_yield();
  }
  is_working = false;
  pthread_mutex_unlock(&owner);
}
