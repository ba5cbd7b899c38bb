#include "base/charset.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* Where the locale is not installed but asks for UTF-8, one that is there: C.UTF-8 on nearly every
 * system, en_US.UTF-8 on older ones of Apple and BSD. */
bool charset_is_utf8(void)
{
	if (!setlocale(LC_CTYPE, "")) {
		const char *name = getenv("LC_ALL");

		if (!name || !*name)
			name = getenv("LC_CTYPE");
		if (!name || !*name)
			name = getenv("LANG");
		if (name && (strstr(name, "UTF-8") || strstr(name, "utf8")))
			(void)(setlocale(LC_CTYPE, "C.UTF-8") ||
			       setlocale(LC_CTYPE, "en_US.UTF-8"));
	}
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
