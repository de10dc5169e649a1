#pragma once
#include <stddef.h>

/// A file of the source tree as it was when the program was built.
struct mb_embedded_file {
  /// Its path from the root of the tree on.
  const char *path;
  const char *bytes;
  size_t count;
};

/// All of them, and how many there are.
const struct mb_embedded_file *mb_embedded_files(size_t *count);
