#include "draw/stand_in.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/base.h"

/* Every symbol the screens use has one, of the same width: a layout never depends on the character
 * set. */
/* clang-format off */
static const struct {
	uint32_t cp;
	char ascii;
} stand_ins[] = {
	{0x00a0, ' '}, {0x00b1, '~'}, {0x00b2, '2'}, {0x00b7, '.'}, {0x00d7, 'x'}, {0x00f7, '/'},
	{0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''}, {0x2019, '\''}, {0x2022, '*'}, {0x2026, '~'},
	{0x2190, '<'}, {0x2191, '^'}, {0x2192, '>'}, {0x2193, 'v'}, {0x2194, '-'}, {0x2212, '-'},
	{0x2248, '~'}, {0x2264, '<'}, {0x2265, '>'}, {0x221e, '8'}, {0x2502, '|'}, {0x2503, '|'},
	{0x2506, ':'}, {0x250a, ':'}, {0x2551, '|'}, {0x2500, '-'}, {0x2501, '-'}, {0x2504, '-'},
	{0x2508, '.'}, {0x2550, '='}, {0x25b2, '^'}, {0x25b6, '>'}, {0x25b8, '>'}, {0x25bc, 'v'},
	{0x25be, 'v'}, {0x25c0, '<'}, {0x25c2, '<'}, {0x25c6, '*'}, {0x25c7, 'o'}, {0x25cb, 'o'},
	{0x25cf, '@'}, {0x25a0, '#'}, {0x25a1, '.'}, {0x2713, '+'}, {0x2717, 'x'}, {0x00b5, 'u'},
	{0x2715, 'x'}, {0x00e4, 'a'}, {0x00f6, 'o'}, {0x00fc, 'u'}, {0x00e9, 'e'}, {0x00e8, 'e'},
	{0x00df, 's'},
};
/* clang-format on */

uint32_t stand_in_ascii(uint32_t cp)
{
	if (cp < 0x7f)
		return cp;
	for (size_t i = 0; i < ARRAY_SIZE(stand_ins); i++)
		if (stand_ins[i].cp == cp)
			return (uint32_t)stand_ins[i].ascii;
	if (cp >= 0x2500 && cp < 0x2580)
		return '+'; /* corners and joints */
	if (cp >= 0x2581 && cp <= 0x2588)
		return cp >= 0x2584 ? '#' : '_';
	if (cp >= 0x2589 && cp <= 0x258f)
		return cp <= 0x258c ? '#' : ' '; /* left half and more counts as full */
	if (cp == 0x2580)
		return '#';
	if (cp >= 0x2591 && cp <= 0x2593)
		return cp == 0x2591 ? '.' : cp == 0x2592 ? ':' : '#';
	if (cp >= 0x2596 && cp <= 0x259f)
		return '#';
	if (cp >= 0x2800 && cp < 0x2900)
		return cp == 0x2800 ? ' ' : '*';
	return '.';
}

/* What all Lat15 and Uni2 fonts of console-setup 1.221 have beside ASCII, of what the screens use:
 * they are what Debian's consoles show. Of the blocks they have the whole one and two shades. */
static bool is_on_console(uint32_t cp)
{
	/* clang-format off */
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{0x00a0, 0x00ff}, {0x2013, 0x2014}, {0x2018, 0x2019}, {0x2022, 0x2022}, {0x2190, 0x2193},
		{0x2212, 0x2212}, {0x2248, 0x2248}, {0x2264, 0x2265}, {0x2500, 0x257f}, {0x2588, 0x2588},
		{0x2591, 0x2592}, {0x25a0, 0x25a0}, {0x25b2, 0x25b2}, {0x25b6, 0x25b6}, {0x25b8, 0x25b8},
		{0x25bc, 0x25bc}, {0x25be, 0x25be}, {0x25c0, 0x25c0}, {0x25c2, 0x25c2}, {0x25cf, 0x25cf},
		{0x2717, 0x2717},
	};
	/* clang-format on */

	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
		if (cp >= ranges[i].first && cp <= ranges[i].last)
			return true;
	return false;
}

uint32_t stand_in_console(uint32_t cp)
{
	if (cp < 0x7f || is_on_console(cp))
		return cp;
	if (cp >= 0x2580 && cp <= 0x2587)
		return cp == 0x2580 || cp >= 0x2584 ? 0x2588 : '_';
	if (cp >= 0x2589 && cp <= 0x258f)
		return cp <= 0x258c ? 0x2588 : 0x2592;
	if (cp == 0x2593)
		return 0x2592;
	return stand_in_ascii(cp);
}
