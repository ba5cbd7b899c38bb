/* Any text as a budget (fit --budget NAME=VALUE), and what is found for it: the size lies within
 * the original's and holds. The first two bytes of the input are the sides. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cli/budget.h"
#include "core/fit.h"
#include "registry/registry.h"

enum { TEXT = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void search(const struct fit_budget *list, int n, int64_t w, int64_t h)
{
	static struct registry r;
	struct vtok_error err = {0};
	struct fit f;

	if (!r.models_n && !registry_init(&r, &err))
		return;
	struct setup s = {
		.model = registry_model(&r, "llava-onevision-7b"),
		.hardware = registry_hardware(&r, USUAL_HARDWARE),
		.engine = registry_engine(&r, USUAL_ENGINE),
		.width = w,
		.height = h,
		.images = 1,
		.tensor_parallel = 1,
	};
	struct fit_ask ask = {.setup = &s, .budgets = list, .budgets_n = n};

	fit(&ask, &f);
	if (f.best.width > w || f.best.height > h)
		__builtin_trap();
	if (f.best.width > 0 && !fit_holds(&ask, f.best.width, f.best.height, NULL))
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fit_budget list[FIT_BUDGETS];
	struct options o = {0};
	struct vtok_error err = {0};
	char text[TEXT + 1];
	const char *items[] = {text};
	int n;

	if (size < 2 || size - 2 > TEXT)
		return 0;
	memcpy(text, data + 2, size - 2);
	text[size - 2] = '\0';
	o.budgets = (struct text_list){items, 1};
	if (budgets_given(&o, list, &n, &err))
		search(list, n, 1 + data[0], 1 + data[1]);
	else if (err.text[0] == '\0')
		__builtin_trap();
	return 0;
}
