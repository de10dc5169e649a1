#include "copenblas.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

typedef void (*sgemm_function)(
    int order, int transpose_a, int transpose_b, int m, int n, int k,
    float alpha, const float *a, int lda, const float *b, int ldb,
    float beta, float *c, int ldc);
typedef char *(*text_function)(void);

static sgemm_function sgemm;
static const char *kernels = "none";
static const char *configuration = "none";
static const char *failure;

/// The OpenBLAS core whose kernels use all that the CPU offers; NULL leaves the choice to OpenBLAS.
static const char *best_core(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return "SkylakeX";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
#endif
  return NULL;
}

static void load(void) {
  const char *core = best_core();
  if (core) setenv("OPENBLAS_CORETYPE", core, 0);  // the user's own choice wins
  setenv("OPENBLAS_NUM_THREADS", "1", 1);          // threads are over tasks
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    failure = "OpenBLAS (libopenblas.so.0) is not installed. Install it: apt-get install libopenblas0";
    return;
  }
  sgemm = (sgemm_function)dlsym(library, "cblas_sgemm");
  text_function core_name = (text_function)dlsym(library, "openblas_get_corename");
  text_function build = (text_function)dlsym(library, "openblas_get_config");
  if (!sgemm) {
    failure = "libopenblas.so.0 has no cblas_sgemm. Install a complete one: apt-get install libopenblas0";
    return;
  }
  if (core_name) kernels = core_name();
  if (build) configuration = build();
}

const char *copenblas_load(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return failure;
}

const char *copenblas_kernels(void) { return kernels; }
const char *copenblas_configuration(void) { return configuration; }

void copenblas_sgemm(
    int transpose_a, int transpose_b, long m, long n, long k,
    float alpha, const float *a, long lda, const float *b, long ldb,
    float beta, float *c, long ldc) {
  enum { row_major = 101, no_transpose = 111, transpose = 112 };
  sgemm(
      row_major, transpose_a ? transpose : no_transpose, transpose_b ? transpose : no_transpose,
      (int)m, (int)n, (int)k, alpha, a, (int)lda, b, (int)ldb, beta, c, (int)ldc);
}
