/* What every file may use: counting array elements and checking printf formats. */
#ifndef VTOK_BASE_BASE_H
#define VTOK_BASE_BASE_H

#include <stddef.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#if defined(__GNUC__)
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define PRINTF_LIKE(fmt, args)
#endif

#endif
