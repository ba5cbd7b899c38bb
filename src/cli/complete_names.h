/* Names that a shell offers while one types. */
#ifndef VTOK_CLI_COMPLETE_NAMES_H
#define VTOK_CLI_COMPLETE_NAMES_H

#include <stdbool.h>

/* Prints, one a line, the names of "models", "hardware", "engines", "themes" or "strategies" that
 * begin like word, whatever the case: ids, and as soon as something is typed their other names and
 * repositories. The user's files count. False: there is no such list. */
bool complete_names(const char *list, const char *word);

#endif
