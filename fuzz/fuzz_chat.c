/* Any bytes as chat requests: whatever they are, each value is read, or refused in words. The input
 * goes through a memory file, since the reader takes a descriptor. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/chat.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct vtok_error err = {0};
	struct chat_reader r;
	enum chat_read read;
	int fd = memfd_create("chat", 0);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size || lseek(fd, 0, SEEK_SET) != 0 ||
	    !chat_init(&r, fd, 65536))
		return 0;
	while ((read = chat_next(&r, &err)) != CHAT_END) {
		if (read == CHAT_BAD && !*err.text)
			__builtin_trap();
		for (size_t i = 0; read == CHAT_READ && i < r.chat.n; i++)
			if (!*r.chat.pictures[i].why &&
			    (r.chat.pictures[i].in.width < 1 || r.chat.pictures[i].in.height < 1))
				__builtin_trap();
		for (size_t i = 0; read == CHAT_READ && i < r.chat.keys.n; i++)
			if (!strchr(r.chat.keys.list[i].name, ':') &&
			    strcmp(r.chat.keys.list[i].name, "kwargs") != 0)
				__builtin_trap();
		if (read == CHAT_READ && (r.chat.bytes < 0 || r.chat.bytes > (int64_t)size ||
					  r.chat.text_base64 < 0 || r.chat.text_ascii < 0))
			__builtin_trap();
		err = (struct vtok_error){0};
	}
	chat_fini(&r);
	close(fd);
	return 0;
}
