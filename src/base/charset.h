/* Which characters the user's terminal understands, by the locale. */
#ifndef VTOK_BASE_CHARSET_H
#define VTOK_BASE_CHARSET_H

#include <stdbool.h>

/* Takes the character set of the user's locale for the program (LC_CTYPE alone: numbers stay as
 * they are) and says whether it is UTF-8. Call from one thread. */
bool charset_is_utf8(void);

#endif
