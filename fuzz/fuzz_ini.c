/* Any bytes as an INI file over the shipped tables. A refusal names a reason and changes nothing;
 * what is accepted keeps the registry's rules, and counting and estimating with it ends in numbers
 * or reasons. Seeds: tests/registry, the shipped files; words: fuzz/ini.dict. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "core/count.h"
#include "core/estimate.h"
#include "registry/derive.h"
#include "registry/kinds.h"
#include "registry/merge.h"
#include "registry/registry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const int64_t sizes[][2] = {
	{1, 1}, {336, 336}, {1000, 750}, {1, 100000}, {SIDE_MAX, SIDE_MAX}, {SIDE_MAX, 1},
};

static void count(const struct processor *p)
{
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct count c;
		char why[REFUSAL_TEXT];
		count_image(p, LENS_EXACT, NULL, sizes[i][0], sizes[i][1], &c, NULL);
		if (c.refused ? count_reason(&c, why)[0] == '\0' : c.visual < 0)
			abort();
	}
}

static void check_quantity(const struct quantity *q)
{
	if (!q->reason && !isfinite(q->value))
		abort();
}

static void run(const struct model *m, const struct hardware *h, const struct engine *e)
{
	struct setup s = {
		.model = m,
		.hardware = h,
		.engine = e,
		.width = 1000,
		.height = 750,
		.images = 1,
		.text_tokens = 512,
		.reserve_tokens = 1024,
		.tensor_parallel = 1,
		.weights = DTYPE_BF16,
		.kv = DTYPE_BF16,
	};
	struct estimate out;

	if (!m || !h || !e || !m->processor)
		return;
	estimate(&s, &out);
	check_quantity(&out.kv.bytes_per_token);
	check_quantity(&out.kv.bytes_per_request);
	check_quantity(&out.memory.kv_pool_bytes);
	check_quantity(&out.capacity.concurrency);
	if (!out.prefill.reason && !isfinite(out.prefill.ttft_s))
		abort();
}

static void use(const struct registry *r, enum registry_kind kind, const void *entry)
{
	const struct model *m = registry_model(r, "qwen2.5-vl-7b");
	const struct hardware *h = registry_hardware(r, "h100-sxm");
	const struct engine *e = registry_engine(r, "vllm");
	struct vtok_error err = {0};
	const char *key = NULL;

	if (!registry_check(kind, entry, &key, &err))
		abort();
	switch (kind) {
	case KIND_PROCESSOR:
	case KIND_HOSTED:
		count(entry);
		break;
	case KIND_MODEL:
		run(entry, h, e);
		break;
	case KIND_HARDWARE:
		run(m, entry, e);
		break;
	case KIND_ENGINE:
		run(m, h, entry);
		break;
	case KIND_TOWER:
	case KIND_GENERATION:
	case KIND_PROFILE:
	case KIND_PACE:
	case KIND_DECODER:
	case KIND_PREPROCESS:
	case KIND_PRICE:
	case KIND_RENT:
		run(m, h, e);
		break;
	case KIND_CAP:
	case KIND_SETTING:
	case KIND_LIMIT:
	case KIND_TERM:
	case KIND_UNCOUNTED:
	case KIND_N:
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct registry r, shipped;
	struct vtok_error err = {0};

	if (!registry_init(&r, &err))
		abort();
	shipped = r;
	if (!registry_merge(&r, "fuzz.ini", (const char *)data, size, &err)) {
		if (err.code != VTOK_E_CONFIG || strncmp(err.text, "fuzz.ini:", 9) != 0 ||
		    memcmp(&r, &shipped, offsetof(struct registry, arena)) != 0)
			abort();
		registry_fini(&r);
		return 0;
	}
	for (int k = 0; k < KIND_N; k++) {
		size_t n, old_n;
		const void *const *list = registry_list(&r, (enum registry_kind)k, &n);
		const void *const *old = registry_list(&shipped, (enum registry_kind)k, &old_n);
		for (size_t i = 0; list != old && i < n; i++)
			if (i >= old_n || list[i] != old[i])
				use(&r, (enum registry_kind)k, list[i]);
	}
	registry_fini(&r);
	return 0;
}
