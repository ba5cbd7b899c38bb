#include "cli/chat_batch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

static bool read_all(const struct options *o, int fd, const struct chat_work *w,
		     struct vtok_error *err)
{
	struct chat_reader reader;
	struct vtok_error fault = {0};
	enum chat_read read;
	char number[STR_NUMBER];

	if (!chat_init(&reader, fd, o->max_line)) {
		chat_fini(&reader);
		return error_memory(err);
	}
	while (!w->is_over(w->arg) && (read = chat_next(&reader, &fault)) != CHAT_END) {
		const char *id = *reader.chat.id && read == CHAT_READ
					 ? reader.chat.id
					 : str_decimal(number, reader.lines);

		if (read == CHAT_READ)
			w->request(w->arg, id, &reader.chat);
		else
			w->broken(w->arg, id, fault.text);
		fault.code = VTOK_OK;
	}
	if (reader.pull.error)
		error_path(err, VTOK_E_INPUT, o->request, "%s", strerror(reader.pull.error));
	else if (!reader.lines)
		error_path(err, VTOK_E_INPUT, o->request, "no request: it is empty");
	chat_fini(&reader);
	return !err->code;
}

int chat_batch_open(const struct options *o, struct vtok_error *err)
{
	if (o->inputs.n) {
		error_set(err, VTOK_E_USAGE, "--request has the pictures: no inputs beside it");
		return -1;
	}
	if (strcmp(o->request, "-") == 0)
		return STDIN_FILENO;
	int fd = open(o->request, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		error_path(err, VTOK_E_INPUT, o->request, "%s", strerror(errno));
	return fd;
}

bool chat_batch(const struct options *o, int fd, const struct chat_work *w, struct vtok_error *err)
{
	bool fine = read_all(o, fd, w, err);

	if (fd != STDIN_FILENO)
		close(fd);
	return fine;
}
