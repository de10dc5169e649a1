#include "ckernels.h"

#include <gnu/libc-version.h>

const char *mb_compiler(void) { return __VERSION__; }
const char *mb_c_library(void) { return gnu_get_libc_version(); }
