#include "ckernels.h"

static _Thread_local bool is_working;

bool mb_thread_is_working(void) { return is_working; }
void mb_thread_set_working(bool working) { is_working = working; }
