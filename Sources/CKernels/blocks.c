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
} block;

static block *shelves[class_count];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/// The smallest class that holds `bytes`, and its size: (4 + quarter) << (shift - 2).
static int size_class(long bytes, long *class_bytes) {
  int shift = 8;
  while (bytes > (7L << (shift - 2)) && bytes > (1L << (shift + 1))) shift++;
  for (int quarter = 0; quarter < 4; quarter++) {
    long size = (long)(4 + quarter) << (shift - 2);
    if (size >= bytes) {
      *class_bytes = size;
      return (shift - 8) * 4 + quarter;
    }
  }
  *class_bytes = 1L << (shift + 1);
  return (shift - 7) * 4;
}

float *mb_block_take(long count) {
  long bytes;
  int class = size_class(count * (long)sizeof(float) + header_bytes + slack_bytes, &bytes);
  pthread_mutex_lock(&lock);
  block *taken = shelves[class];
  if (taken) shelves[class] = taken->next;
  pthread_mutex_unlock(&lock);
  if (!taken) {
    if (posix_memalign((void **)&taken, 64, bytes) != 0) {
      fprintf(stderr, "metabench: out of memory: a block of %ld bytes cannot be had\n", bytes);
      abort();
    }
    taken->size_class = class;
  }
  return (float *)((char *)taken + header_bytes);
}

void mb_block_give(float *elements) {
  block *given = (block *)((char *)elements - header_bytes);
  pthread_mutex_lock(&lock);
  given->next = shelves[given->size_class];
  shelves[given->size_class] = given;
  pthread_mutex_unlock(&lock);
}
