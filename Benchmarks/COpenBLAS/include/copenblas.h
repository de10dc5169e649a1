#pragma once

/// Loads OpenBLAS with the best kernels that this CPU supports and one thread.
///
/// OpenBLAS chooses its kernels while it is being loaded, by the CPU's name; a CPU younger than the
/// library gets slow ones. So it is opened at run time, after OPENBLAS_CORETYPE has been set from
/// what the CPU can do. Called once by whoever comes first; later calls do nothing.
///
/// Returns NULL, or a sentence that says what is missing.
const char *copenblas_load(void);

/// The name of the kernels in use, such as "SkylakeX"; "none" before loading.
const char *copenblas_kernels(void);

/// The library's own description of how it was built; "none" before loading.
const char *copenblas_configuration(void);

/// c = alpha op(a) op(b) + beta c, row-major; op transposes where its flag is not 0.
/// op(a) is m x k, op(b) is k x n. `copenblas_load` must have succeeded.
void copenblas_sgemm(
    int transpose_a, int transpose_b, long m, long n, long k,
    float alpha, const float *a, long lda, const float *b, long ldb,
    float beta, float *c, long ldc);
