/* Sizes as people name them. */
#ifndef VTOK_STATE_SIZE_NAME_H
#define VTOK_STATE_SIZE_NAME_H

#include <stdbool.h>
#include <stdint.h>

/* "1080p", "vga", "A4@300" (paper at dots per inch, upright), "4032x3024". Pixels. False leaves the
 * sides alone. */
bool size_name_parse(const char *text, int64_t *width, int64_t *height);

#endif
