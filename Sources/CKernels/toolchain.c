#include "tile.h"

#include <gnu/libc-version.h>

const char *mb_instruction_set(void) {
  switch (this_cpu()) {
    case avx512: return "x86-64-v4 (AVX-512)";
    case avx2: return "x86-64-v3 (AVX2)";
    default: return "baseline";
  }
}

const char *mb_compiler(void) { return __VERSION__; }
const char *mb_c_library(void) { return gnu_get_libc_version(); }
