/* Letters and the marks over and under them. File names of some systems have the two apart (NFD of
 * Unicode); a cell holds one code point. */
#ifndef VTOK_DRAW_COMPOSE_H
#define VTOK_DRAW_COMPOSE_H

#include <stdint.h>

/* The code point for a letter from a to z or A to Z and a combining mark behind it; 0: there is
 * none. */
uint32_t compose(uint32_t letter, uint32_t mark);

#endif
