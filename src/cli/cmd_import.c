#include "cli/cli.h"
#include "cli/commands.h"

#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/strbuf.h"
#include "cli/input.h"
#include "cli/out.h"
#include "import/import.h"

static bool import_one(const struct options *opt, const char *path, struct strbuf *text,
		       struct vtok_error *err)
{
	if (strcmp(path, "-") == 0)
		return error_set(err, VTOK_E_INPUT, "-: " INPUT_STDIN);
	return import_path(path, opt->name, text, err);
}

/* Of several folders each has a config.json: the one that is wrong is said as it was given. */
static void name_it(const struct options *opt, const char *path, struct vtok_error *err)
{
	if (opt->inputs.n > 1 && !err->is_memory && !str_starts(err->text, path))
		error_prefix(err, "%s", path);
}

static int run_import(const struct options *opt)
{
	struct vtok_error err = {0};
	struct strbuf text;

	if (opt->inputs.n == 0) {
		error_set(&err, VTOK_E_USAGE,
			  "import: expected a model folder or one of its JSON files");
		return cli_fail(&err);
	}
	if (opt->name && opt->inputs.n > 1) {
		error_set(&err, VTOK_E_USAGE, "import: --name is for one folder");
		return cli_fail(&err);
	}
	strbuf_init(&text);
	for (size_t i = 0; i < opt->inputs.n && !err.code; i++) {
		if (i)
			strbuf_putc(&text, '\n');
		if (!import_one(opt, opt->inputs.items[i], &text, &err))
			name_it(opt, opt->inputs.items[i], &err);
	}
	if (!err.code && !strbuf_ok(&text))
		error_memory(&err);
	int code = err.code ? cli_fail(&err)
			    : out_whole(STDOUT_FILENO, strbuf_text(&text), text.len, VTOK_OK);
	strbuf_fini(&text);
	return code;
}

const struct command cmd_import = {
	.name = "import",
	.usage = "[--name ID] DIR|FILE...",
	.summary = "Turn a Hugging Face model folder into INI sections",
	.details =
		"Reads config.json and preprocessor_config.json or processor_config.json, keys "
		"old and new, in a model's folder or in the hub's cache (models--OWNER--NAME), or "
		"GGUF files, and "
		"prints the [processor], [tower] and [model] sections for -f. A family that is not "
		"known is an error that says what was understood.",
	.options = OPT_IMPORT,
	.inputs = INPUTS_MANY,
	.run = run_import,
};
