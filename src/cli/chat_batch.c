#include "cli/chat_batch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/out.h"

static void read_all(const struct options *o, int fd, const struct chat_work *w,
		     struct vtok_error *err)
{
	struct chat_reader reader;
	struct vtok_error fault = {0};
	enum chat_read read;
	char number[STR_NUMBER];

	if (!chat_init(&reader, fd, o->max_line)) {
		chat_fini(&reader);
		error_memory(err);
		return;
	}
	while (!w->flow->out->error && (read = chat_next(&reader, &fault)) != CHAT_END) {
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
}

/* What a body says itself, or what only inputs have: left out in silence it would be believed. */
static bool goes_with(const struct options *o, struct vtok_error *err)
{
	static const char *const names[] = {"all",     "all-runtimes", "sum", "images",
					    "frames",  "video",        "fps", "source-fps",
					    "sampler", "dpi"};

	if (o->inputs.n)
		return error_set(err, VTOK_E_USAGE,
				 "--request has the pictures: no inputs beside it");
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (options_given(o, names[i]))
			return error_set(err, VTOK_E_USAGE, "--request takes no --%s", names[i]);
	return o->models.n <= 1 ||
	       error_set(err, VTOK_E_USAGE,
			 "--request takes one -m, for bodies that name no model; got %zu",
			 o->models.n);
}

int chat_batch_open(const struct options *o, struct vtok_error *err)
{
	if (!goes_with(o, err))
		return -1;
	if (strcmp(o->request, "-") == 0)
		return STDIN_FILENO;
	int fd = open(o->request, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		error_path(err, VTOK_E_INPUT, o->request, "%s", strerror(errno));
	return fd;
}

int chat_batch(const struct options *o, int fd, const struct chat_work *w)
{
	struct vtok_error err = {0};
	struct out out;
	int code = VTOK_OK;

	if (out_init(&out, STDOUT_FILENO)) {
		out.is_ascii = cli_ascii(o);
		flow_begin(w->flow, &out, options_format(o), !o->no_header, w->columns,
			   w->columns_n);
		read_all(o, fd, w, &err);
		flow_end(w->flow);
		code = out_finish(&out, *w->has_failed ? VTOK_E_INPUT : VTOK_OK);
		out_fini(&out);
	} else {
		error_memory(&err);
	}
	if (fd != STDIN_FILENO)
		close(fd);
	return err.code ? cli_fail(&err) : code;
}
