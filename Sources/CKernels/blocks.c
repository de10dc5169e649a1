#include "ckernels.h"
#include <stdlib.h>
float *mb_block_take(long count) { return malloc(count * sizeof(float) + 64); }
void mb_block_give(float *block) { free(block); }
