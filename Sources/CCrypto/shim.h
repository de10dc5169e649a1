#pragma once
// The functions on a context that can be copied: a digest is a value here. OpenSSL 3 would rather have
// contexts behind pointers.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
