#include "ckernels.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

// Blocks are kept by size class, four classes to an octave, and handed out last in, first out, so
// that a block is likely still in the cache.

enum { header_bytes = 256, slack_bytes = 256, class_count = 160 };

typedef struct block {
  struct block *next;
  int size_class;
  long bytes;
} block;

typedef struct {
  block *first;
  long bytes;
} shelf;

// A thread has shelves of its own, which need no lock, for the blocks that it gives and soon takes
// again. What they do not hold is shared, so that memory stays flat where one thread takes what
// another gives.
enum { own_bytes = 1 << 18 };
static _Thread_local shelf own[class_count];
static shelf shared[class_count];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/// The smallest class that holds `bytes`, at least 256, and its size: (5 + quarter) << (shift - 2).
static int size_class(long bytes, long *class_bytes) {
  const int shift = 63 - __builtin_clzl(bytes - 1);
  const long quarter = ((bytes - 1) >> (shift - 2)) - 4;
  *class_bytes = (5 + quarter) << (shift - 2);
  return (shift - 8) * 4 + (int)quarter;
}

static inline block *take(shelf *from, long bytes) {
  block *taken = from->first;
  if (taken) {
    from->first = taken->next;
    from->bytes -= bytes;
  }
  return taken;
}

static inline void give(shelf *to, block *given) {
  given->next = to->first;
  to->first = given;
  to->bytes += given->bytes;
}

float *mb_block_take(long count) {
  long bytes;
  const int class = size_class(count * (long)sizeof(float) + header_bytes + slack_bytes, &bytes);
  block *taken = take(&own[class], bytes);
  if (!taken) {
    pthread_mutex_lock(&lock);
    taken = take(&shared[class], bytes);
    pthread_mutex_unlock(&lock);
  }
  if (!taken) {
    if (posix_memalign((void **)&taken, 64, bytes) != 0) {
      fprintf(stderr, "metabench: out of memory: a block of %ld bytes cannot be had\n", bytes);
      abort();
    }
    taken->size_class = class;
    taken->bytes = bytes;
  }
  return (float *)((char *)taken + header_bytes);
}

void mb_block_give(float *elements) {
  block *given = (block *)((char *)elements - header_bytes);
  const int class = given->size_class;
  if (own[class].bytes + given->bytes <= own_bytes) return give(&own[class], given);
  pthread_mutex_lock(&lock);
  give(&shared[class], given);
  pthread_mutex_unlock(&lock);
}
