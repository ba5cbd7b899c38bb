/* libvtok: versions, faults, the registry and the import. Public structs are copied by their size
 * and everything else is opaque, so that the inner ones may change without breaking a program that
 * was linked before. */
#include "config.h"

#include "lib/lib.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/str.h"
#include "import/import.h"
#include "registry/registry_load.h"

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)
#define HEADER_VERSION                                                                             \
	TEXT(VTOK_VERSION_MAJOR) "." TEXT(VTOK_VERSION_MINOR) "." TEXT(VTOK_VERSION_PATCH)

/* ------------------------------------------------------------ version */

const char *vtok_version(void)
{
	return HEADER_VERSION;
}

bool vtok_version_fits(int major, int minor, int patch)
{
	if (major != VTOK_VERSION_MAJOR)
		return false;
	if (minor != VTOK_VERSION_MINOR)
		return major > 0 && minor < VTOK_VERSION_MINOR;
	return patch <= VTOK_VERSION_PATCH;
}

/* ------------------------------------------------------------ faults */

bool lib_fail(struct vtok_fault *fault, const struct vtok_error *err)
{
	if (!fault)
		return false;
	fault->kind = err->is_memory              ? VTOK_FAULT_MEMORY
		      : err->code == VTOK_E_USAGE ? VTOK_FAULT_ARGUMENT
						  : VTOK_FAULT_FILE;
	str_format(fault->text, sizeof(fault->text), "%s", err->text);
	return false;
}

bool lib_fail_argument(struct vtok_fault *fault, const char *fmt, ...)
{
	va_list args;

	if (!fault)
		return false;
	fault->kind = VTOK_FAULT_ARGUMENT;
	va_start(args, fmt);
	str_vformat(fault->text, sizeof(fault->text), fmt, args);
	va_end(args);
	str_clean(fault->text);
	return false;
}

bool lib_fail_memory(struct vtok_fault *fault)
{
	struct vtok_error err = {0};

	error_memory(&err);
	return lib_fail(fault, &err);
}

void lib_no_fault(struct vtok_fault *fault)
{
	if (!fault)
		return;
	fault->kind = VTOK_FAULT_NONE;
	fault->text[0] = '\0';
}

/* ------------------------------------------------------------ structs that grow */

static bool size_of(const void *theirs, size_t least, const char *what, size_t *size,
		    struct vtok_fault *fault)
{
	memcpy(size, theirs, sizeof(*size));
	if (*size >= least)
		return true;
	return lib_fail_argument(fault, "%s: size: expected at least %zu (its _INIT), got %zu",
				 what, least, *size);
}

bool lib_take(void *ours, size_t room, const void *theirs, size_t least, const char *what,
	      struct vtok_fault *fault)
{
	size_t size;

	if (!size_of(theirs, least, what, &size, fault))
		return false;
	memset(ours, 0, room);
	memcpy(ours, theirs, size < room ? size : room);
	return true;
}

bool lib_give(void *theirs, const void *ours, size_t room, size_t least, const char *what,
	      struct vtok_fault *fault)
{
	size_t size;

	if (!size_of(theirs, least, what, &size, fault))
		return false;
	memcpy(theirs, ours, size < room ? size : room);
	memcpy(theirs, &size, sizeof(size));
	return true;
}

/* ------------------------------------------------------------ registry */

struct vtok *vtok_open(const char *file, struct vtok_fault *fault)
{
	struct vtok_error err = {0};
	struct vtok *v = calloc(1, sizeof(*v));

	lib_no_fault(fault);
	if (!v) {
		lib_fail_memory(fault);
		return NULL;
	}
	if (registry_init(&v->registry, &err)) {
		v->registry.today = day_today();
		if (!file || registry_load_file(&v->registry, file, &err))
			return v;
		registry_fini(&v->registry);
	}
	free(v);
	lib_fail(fault, &err);
	return NULL;
}

void vtok_close(struct vtok *v)
{
	if (!v)
		return;
	registry_fini(&v->registry);
	free(v);
}

static const char *id_at(const struct registry *r, enum vtok_kind kind, size_t i)
{
	switch (kind) {
	case VTOK_CHECKPOINT:
		return r->models[i]->id;
	case VTOK_PROCESSOR:
		return r->processors[i]->id;
	case VTOK_HOSTED:
		return r->hosted[i]->id;
	case VTOK_HARDWARE:
		return r->hardware[i]->id;
	case VTOK_ENGINE:
		return r->engines[i]->id;
	case VTOK_KINDS:
		break;
	}
	return NULL;
}

size_t vtok_list(const struct vtok *v, enum vtok_kind kind, const char **ids, size_t max)
{
	const struct registry *r = &v->registry;
	const size_t n[VTOK_KINDS] = {
		[VTOK_CHECKPOINT] = r->models_n, [VTOK_PROCESSOR] = r->processors_n,
		[VTOK_HOSTED] = r->hosted_n,     [VTOK_HARDWARE] = r->hardware_n,
		[VTOK_ENGINE] = r->engines_n,
	};

	if ((unsigned)kind >= VTOK_KINDS)
		return 0;
	for (size_t i = 0; i < n[kind] && i < max; i++)
		ids[i] = id_at(r, kind, i);
	return n[kind];
}

/* ------------------------------------------------------------ import */

char *vtok_import(const char *path, struct vtok_fault *fault)
{
	struct vtok_error err = {0};
	struct strbuf text;

	lib_no_fault(fault);
	strbuf_init(&text);
	if (!import_path(path, NULL, &text, &err)) {
		strbuf_fini(&text);
		lib_fail(fault, &err);
		return NULL;
	}
	return strbuf_steal(&text);
}

void vtok_free(char *text)
{
	free(text);
}
