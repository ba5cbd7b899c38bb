/* Is it JSON, and what is in it? For shell tests.
 *   run-json [-l] [PATH]... <FILE
 * Exits 1 with a message when standard input is no JSON (with -l: when a line of it is none). Then
 * prints "TYPE VALUE" for each path like tokens.visual or 0.model, "missing" where there is
 * nothing. With -l the lines are a list. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *read_lines(json_error_t *e)
{
	json_t *all = json_array();
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, stdin) > 0) {
		json_t *one = json_loads(line, JSON_REJECT_DUPLICATES, e);
		if (!one) {
			json_decref(all);
			all = NULL;
			break;
		}
		json_array_append_new(all, one);
	}
	free(line);
	return all;
}

static const json_t *step(const json_t *v, const char *name)
{
	return json_is_array(v) ? json_array_get(v, (size_t)strtoul(name, NULL, 10))
				: json_object_get(v, name);
}

static void print(const json_t *v)
{
	static const char *const types[] = {"object", "array", "string", "number",
					    "number", "true",  "false",  "null"};

	printf("%s", v ? types[json_typeof(v)] : "missing");
	if (json_is_string(v))
		printf(" %s", json_string_value(v));
	else if (json_is_integer(v))
		printf(" %lld", (long long)json_integer_value(v));
	else if (json_is_real(v))
		printf(" %.15g", json_real_value(v));
	else if (json_is_array(v))
		printf(" %zu", json_array_size(v));
	putchar('\n');
}

int main(int argc, char **argv)
{
	int first = argc > 1 && strcmp(argv[1], "-l") == 0 ? 2 : 1;
	json_error_t e;
	json_t *root = first == 2 ? read_lines(&e) : json_loadf(stdin, JSON_REJECT_DUPLICATES, &e);

	if (!root) {
		fprintf(stderr, "no JSON: line %d: %s\n", e.line, e.text);
		return 1;
	}
	for (int i = first; i < argc; i++) {
		char path[256];
		const json_t *v = root;
		snprintf(path, sizeof(path), "%s", argv[i]);
		for (char *save, *name = strtok_r(path, ".", &save); name;
		     name = strtok_r(NULL, ".", &save))
			v = step(v, name);
		print(v);
	}
	json_decref(root);
	return 0;
}
