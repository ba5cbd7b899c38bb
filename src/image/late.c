#include "config.h"

#include "image/late.h"

#ifdef HAVE_LATE

#include <dlfcn.h>
#include <string.h>

bool late_load(const char *library, const struct late *functions, size_t n)
{
	void *loaded = dlopen(library, RTLD_NOW | RTLD_LOCAL);

	for (size_t i = 0; loaded && i < n; i++) {
		void *at = dlsym(loaded, functions[i].name);

		if (!at)
			return false;
		/* POSIX lets a pointer from dlsym be one to a function; C knows no cast for it */
		memcpy(functions[i].pointer, &at, sizeof(at));
	}
	return loaded != NULL;
}

#else

bool late_load(const char *library, const struct late *functions, size_t n)
{
	(void)library;
	(void)functions;
	(void)n;
	return false;
}

#endif
