/* What is drawn for a symbol that a terminal's font lacks: always as wide, so that a layout never
 * depends on the character set. */
#ifndef VTOK_DRAW_STAND_IN_H
#define VTOK_DRAW_STAND_IN_H

#include <stdint.h>

/* ASCII for any code point. */
uint32_t stand_in_ascii(uint32_t cp);

/* What the fonts of the Linux console have: lines, a full block, shades, a few arrows and marks. */
uint32_t stand_in_console(uint32_t cp);

#endif
