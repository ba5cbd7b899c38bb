/* Any bytes, in any pieces, through the decoder of keys. The first byte of the input chooses the
 * size of the pieces. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "tui/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in;
	struct event ev;

	if (size < 1)
		return 0;
	size_t step = data[0] % 64 + 1u;
	input_init(&in);
	input_learn(&in, "\013", VKEY_UP);
	input_learn(&in, "\033q1", VKEY_F1);
	for (size_t i = 1; i < size;) {
		size_t room;
		unsigned char *at = input_space(&in, &room);
		size_t n = size - i < step ? size - i : step;

		if (n > room)
			n = room;
		if (n == 0)
			__builtin_trap(); /* stuck: the buffer is full and nothing was taken */
		memcpy(at, data + i, n);
		input_added(&in, n);
		i += n;
		while (input_next(&in, false, &ev))
			;
	}
	while (input_next(&in, true, &ev))
		;
	if (input_pending(&in))
		__builtin_trap();
	input_fini(&in);
	return 0;
}
