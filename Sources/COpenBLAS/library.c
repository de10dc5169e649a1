#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct openblas openblas;

static const char *kernels = "none";
static const char *configuration = "none";
static const char *failure;
static const char *wanted_core;

const char *copenblas_fastest_core(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return "SkylakeX";
#endif
  return copenblas_common_core();
}

const char *copenblas_common_core(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
#endif
  return NULL;
}

static void load(void) {
  if (wanted_core) setenv("OPENBLAS_CORETYPE", wanted_core, 0);  // the user's own choice wins
  setenv("OPENBLAS_NUM_THREADS", "1", 1);  // sums of several threads have other bits
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    failure = "OpenBLAS (libopenblas.so.0) is not installed. Install it: apt-get install libopenblas0";
    return;
  }
  const struct {
    const char *name;
    void *place;
  } functions[] = {
      {"cblas_sgemm", &openblas.sgemm},   {"dpotrf_", &openblas.dpotrf},
      {"dtrtrs_", &openblas.dtrtrs},      {"dgeqrf_", &openblas.dgeqrf},
      {"dormqr_", &openblas.dormqr},      {"dsyev_", &openblas.dsyev},
      {"dgesvd_", &openblas.dgesvd},      {"dgelss_", &openblas.dgelss},
      {"openblas_get_corename", &openblas.core_name},
      {"openblas_get_config", &openblas.configuration},
      {"openblas_get_num_threads", &openblas.threads},
      {"openblas_set_num_threads", &openblas.set_threads},
  };
  for (size_t index = 0; index < sizeof functions / sizeof *functions; index += 1) {
    void *function = dlsym(library, functions[index].name);
    if (!function) {
      static char sentence[160];
      snprintf(
          sentence, sizeof sentence,
          "libopenblas.so.0 has no %s. Install a complete one: apt-get install libopenblas0",
          functions[index].name);
      failure = sentence;
      return;
    }
    *(void **)functions[index].place = function;
  }
  openblas.set_threads(1);
  kernels = openblas.core_name();
  configuration = openblas.configuration();
}

const char *copenblas_load(const char *core) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&first);
  if (!wanted_core) wanted_core = core;
  pthread_mutex_unlock(&first);
  pthread_once(&once, load);
  return failure;
}

const char *copenblas_kernels(void) { return kernels; }
const char *copenblas_configuration(void) { return configuration; }
int copenblas_threads(void) { return openblas.threads(); }
