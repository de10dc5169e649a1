#include "copenblas.h"
