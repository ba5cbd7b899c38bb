/* What every file may use: counting array elements, what compilers are told. */
#ifndef VTOK_BASE_BASE_H
#define VTOK_BASE_BASE_H

#include <stddef.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#if defined(__GNUC__)
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define COLD                                                                                       \
	__attribute__((cold, noinline)) /* kept out of a caller that is called by the million */
#define APART __attribute__((noinline)) /* the same for what is not rare, only less usual */
#define USUAL(condition) __builtin_expect(condition, 1) /* the straight way is for this */
#else
#define PRINTF_LIKE(fmt, args)
#define COLD
#define APART
#define USUAL(condition) (condition)
#endif

#endif
