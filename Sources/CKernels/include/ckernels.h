#pragma once
#include <stddef.h>
#include <stdint.h>
float *mb_block_take(long count);
void mb_block_give(float *block);
