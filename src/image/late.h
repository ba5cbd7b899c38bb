/* Libraries that are loaded late (dlopen): by a confined child alone, for the file at hand, before
 * the confinement, because loading opens files. Neither program nor library is linked with them,
 * and no start pays for them. */
#ifndef VTOK_IMAGE_LATE_H
#define VTOK_IMAGE_LATE_H

#include <stdbool.h>
#include <stddef.h>

/* A function, and the variable that is to point to it. */
struct late {
	const char *name;
	void *pointer; /* of the address of a function */
};

/* Of a function that its library's header declares: the variable call_NAME, of its type, and the
 * row for it. Both are for lists of the kind F(name) F(name). */
#define LATE_POINTER(name) static __typeof__(&name) call_##name;
#define LATE_ROW(name) {#name, &call_##name},

/* Loads the library of that name, resolves everything in it at once, because later nothing can be,
 * and fills the pointers. False where the library or one of the functions is not there. */
bool late_load(const char *library, const struct late *functions, size_t n);

#endif
