/* Every rule between the keys of a section, broken in a file of a user's over the shipped tables,
 * and every kind of value that is none: the message names line, section and key and says what to
 * change, and nothing of the file is taken. */
#include "tests/unit.h"

#include "base/base.h"
#include "base/str.h"
#include "registry/merge.h"
#include "registry/registry.h"

/* clang-format off */
static const struct {
	const char *text, *message; /* behind "r.ini:" */
} rows[] = {
	{"[model qwen3-vl-8b]\nglobal-layers = 4\n",
	 "2: [model qwen3-vl-8b] global-layers: needs global-head-dim and global-kv-heads"},
	{"[model qwen3-vl-8b]\nglobal-layers = 4\nglobal-head-dim = 64\n",
	 "2: [model qwen3-vl-8b] global-layers: needs global-head-dim and global-kv-heads"},
	{"[model qwen3-vl-8b]\n"
	 "global-layers = 4\n"
	 "global-head-dim = 64\n"
	 "global-kv-heads = 5\n",
	 "4: [model qwen3-vl-8b] global-kv-heads: 5 does not divide the 32 query heads"},
	{"[model qwen3-vl-8b]\nwindow-layers = 4\n",
	 "2: [model qwen3-vl-8b] window-layers: needs kv = window or kv = chunk"},
	{"[model qwen3-vl-8b]\nkv = window\nwindow-layers = 4\n",
	 "3: [model qwen3-vl-8b] window-layers: needs window, the positions they keep"},
	{"[model qwen3-vl-8b]\nkv = chunk\nwindow-layers = 0\n",
	 "2: [model qwen3-vl-8b] kv: needs window-layers"},
	{"[model qwen3-vl-8b]\nwindow = 512\n",
	 "2: [model qwen3-vl-8b] window: needs window-layers"},
	{"[model qwen3-vl-8b]\nkv = mla\n",
	 "1: [model qwen3-vl-8b] mla-kv-rank: goes with kv = mla, and only with it"},
	{"[model qwen3-vl-8b]\nmla-kv-rank = 512\n",
	 "2: [model qwen3-vl-8b] mla-kv-rank: goes with kv = mla, and only with it"},
	{"[model qwen3-vl-8b]\nkv = mla\nmla-kv-rank = 512\n",
	 "3: [model qwen3-vl-8b] mla-kv-rank: needs mla-nope and mla-v"},
	{"[model qwen3-vl-8b]\nkv = mla\nmla-kv-rank = 512\nmla-rope = 64\n",
	 "3: [model qwen3-vl-8b] mla-kv-rank: needs mla-nope and mla-v"},
	{"[model qwen3-vl-8b]\n"
	 "kv = mla\n"
	 "mla-kv-rank = 512\n"
	 "mla-rope = 64\n"
	 "mla-nope = 128\n",
	 "3: [model qwen3-vl-8b] mla-kv-rank: needs mla-nope and mla-v"},
	{"[model qwen3-vl-8b]\nkv = hybrid\n",
	 "2: [model qwen3-vl-8b] kv: hybrid goes with linear-layers or conv-layers"},
	{"[model qwen3-vl-8b]\nlinear-layers = 4\n",
	 "1: [model qwen3-vl-8b] kv: linear-layers and conv-layers need kv = hybrid or kv = mla"},
	{"[model qwen3-vl-8b]\nconv-layers = 4\n",
	 "1: [model qwen3-vl-8b] kv: linear-layers and conv-layers need kv = hybrid or kv = mla"},
	{"[model qwen3-vl-8b]\nkv = hybrid\nlinear-layers = 4\n",
	 "3: [model qwen3-vl-8b] linear-layers: needs linear-key-heads, linear-value-heads and linear-head"},
	{"[model qwen3-vl-8b]\n"
	 "kv = hybrid\n"
	 "linear-layers = 4\n"
	 "linear-key-heads = 8\n",
	 "3: [model qwen3-vl-8b] linear-layers: needs linear-key-heads, linear-value-heads and linear-head"},
	{"[model qwen3-vl-8b]\n"
	 "kv = hybrid\n"
	 "linear-layers = 4\n"
	 "linear-key-heads = 8\n"
	 "linear-value-heads = 8\n",
	 "3: [model qwen3-vl-8b] linear-layers: needs linear-key-heads, linear-value-heads and linear-head"},
	{"[model qwen3-vl-8b]\n"
	 "kv = hybrid\n"
	 "linear-layers = 4\n"
	 "linear-key-heads = 8\n"
	 "linear-value-heads = 8\n"
	 "linear-head = 128\n",
	 "1: [model qwen3-vl-8b] conv-kernel: linear and convolution layers need it"},
	{"[model qwen3-vl-8b]\nkv = hybrid\nconv-layers = 4\n",
	 "1: [model qwen3-vl-8b] conv-kernel: linear and convolution layers need it"},
	{"[model qwen3-vl-8b]\nkv = cross\n",
	 "1: [model qwen3-vl-8b] cross-layers: goes with kv = cross, and only with it"},
	{"[model qwen3-vl-8b]\ncross-layers = 4\n",
	 "2: [model qwen3-vl-8b] cross-layers: goes with kv = cross, and only with it"},
	{"[model qwen3-vl-8b]\nkv = cross\ncross-layers = 4\n",
	 "3: [model qwen3-vl-8b] cross-layers: needs cross-positions"},
	{"[model qwen3-vl-8b]\nkv = window\nwindow = 512\nwindow-layers = 37\n",
	 "1: [model qwen3-vl-8b] layers: 36 is fewer than all special layers together"},
	{"[model qwen3-vl-8b]\nexperts = 8\n",
	 "2: [model qwen3-vl-8b] experts: goes with moe-layers, and only with them"},
	{"[model qwen3-vl-8b]\nmoe-layers = 8\n",
	 "1: [model qwen3-vl-8b] experts: goes with moe-layers, and only with them"},
	{"[model qwen3-vl-8b]\nexperts = 8\nmoe-layers = 36\n",
	 "2: [model qwen3-vl-8b] experts: needs expert-ffn"},
	{"[model qwen3-vl-8b]\nexperts = 8\nmoe-layers = 36\nexpert-ffn = 64\n",
	 "1: [model qwen3-vl-8b] experts-per-token: expected from 1 to the 8 experts"},
	{"[model qwen3-vl-30b-a3b]\nexperts-per-token = 129\n",
	 "2: [model qwen3-vl-30b-a3b] experts-per-token: expected from 1 to the 128 experts"},
	{"[model qwen3-vl-30b-a3b]\nmoe-layers = 40\ndense-layers = 8\n",
	 "3: [model qwen3-vl-30b-a3b] dense-layers: needs dense-ffn"},
	{"[model qwen3-vl-8b]\nffn = 0\n",
	 "2: [model qwen3-vl-8b] ffn: missing, and there are no experts"},
	{"[model qwen3-vl-30b-a3b]\nactive-params = 40 B\n",
	 "2: [model qwen3-vl-30b-a3b] active-params: more than llm-params"},
	{"[model qwen3-vl-8b]\ntotal-params = 8 B\n",
	 "2: [model qwen3-vl-8b] total-params: less than llm-params"},
	{"[model qwen3-vl-8b]\nkv-heads = 5\n",
	 "2: [model qwen3-vl-8b] kv-heads: 5 does not divide the 32 query heads"},
	{"[tower clip-l-336]\nheads = 0\n",
	 "1: [tower clip-l-336] layers: layers need heads, ffn and patch"},
	{"[tower clip-l-336]\nffn = 0\n",
	 "1: [tower clip-l-336] layers: layers need heads, ffn and patch"},
	{"[tower clip-l-336]\npatch = 0\n",
	 "1: [tower clip-l-336] layers: layers need heads, ffn and patch"},
	{"[tower qwen2.5-vl-vit-3420]\nfull-layers = 99\n",
	 "2: [tower qwen2.5-vl-vit-3420] full-layers: more than the 32 layers"},
	{"[tower clip-l-336]\nstage1-layers = 4\n",
	 "2: [tower clip-l-336] stage1-layers: needs stage1-hidden, stage1-ffn and stage1-heads"},
	{"[tower clip-l-336]\nstage1-layers = 4\nstage1-hidden = 64\n",
	 "2: [tower clip-l-336] stage1-layers: needs stage1-hidden, stage1-ffn and stage1-heads"},
	{"[tower clip-l-336]\n"
	 "stage1-layers = 4\n"
	 "stage1-hidden = 64\n"
	 "stage1-ffn = 64\n",
	 "2: [tower clip-l-336] stage1-layers: needs stage1-hidden, stage1-ffn and stage1-heads"},
	{"[hosted gpt-4o@2023-11]\nauto = auto\n",
	 "2: [hosted gpt-4o@2023-11] auto: stands for low, high or original"},
	{"[hosted gpt-4o@2023-11]\nauto = original\n",
	 "2: [hosted gpt-4o@2023-11] auto: names a level without a side"},
	{"[hosted gpt-4o@2023-11]\nuntil = 2023-11\n",
	 "2: [hosted gpt-4o@2023-11] until: not after from"},
	{"[hosted gpt-4o@2023-11]\nuntil = 2023-10-31\n",
	 "2: [hosted gpt-4o@2023-11] until: not after from"},
	{"[hosted gpt-4o@2023-11]\nmany-images = 20\n",
	 "2: [hosted gpt-4o@2023-11] many-images: goes with many-side, and only with it"},
	{"[hosted gpt-4o@2023-11]\nmany-side = 2000\n",
	 "1: [hosted gpt-4o@2023-11] many-images: goes with many-side, and only with it"},
	{"[hosted gpt-4o@2023-11]\ntable = 100x100=10 200x200=40 300x100=50\n",
	 "2: [hosted gpt-4o@2023-11] table: row 3 is no larger than the one before"},
	{"[hosted gpt-4o@2023-11]\nuntil = tomorrow\n",
	 "2: [hosted gpt-4o@2023-11] until: expected a date like 2025-04-14 or 2025-04, got \"tomorrow\""},
	{"[hosted gpt-4o@2023-11]\nfrom = 2025-02-29\n",
	 "2: [hosted gpt-4o@2023-11] from: expected a date like 2025-04-14 or 2025-04, got \"2025-02-29\""},
	{"[hosted gpt-4o@2023-11]\ntable = 100x100\n",
	 "2: [hosted gpt-4o@2023-11] table: expected up to 12 sizes and their tokens like 900x450=800, got \"100x100\""},
	{"[hosted gpt-4o@2023-11]\ntable = 100=10\n",
	 "2: [hosted gpt-4o@2023-11] table: expected up to 12 sizes and their tokens like 900x450=800, got \"100=10\""},
	{"[hosted gpt-4o@2023-11]\ntable = 100x100=0\n",
	 "2: [hosted gpt-4o@2023-11] table: expected up to 12 sizes and their tokens like 900x450=800, got \"100x100=0\""},
	{"[hosted gpt-4o@2023-11]\ntable = 100x100=ten\n",
	 "2: [hosted gpt-4o@2023-11] table: expected up to 12 sizes and their tokens like 900x450=800, got \"100x100=ten\""},
	{"[hosted gpt-4o@2023-11]\ntable = 100x100=10000000\n",
	 "2: [hosted gpt-4o@2023-11] table: expected up to 12 sizes and their tokens like 900x450=800, got \"100x100=10000000\""},
	{"[hosted gpt-4o@2023-11]\n"
	 "table = 11111111111111111111111111111111111111111111111111x1=1\n",
	 "2: [hosted gpt-4o@2023-11] table: expected up to 12 sizes and their tokens like 900x450=800, got \"11111111111111111111111111111111111111111111111111x1=1\""},
	{"[hosted gpt-4o@2023-11]\n"
	 "table = 1x1=1 2x1=1 3x1=1 4x1=1 5x1=1 6x1=1 7x1=1 8x1=1 9x1=1 10x1=1 11x1=1 12x1=1 13x1=1\n",
	 "2: [hosted gpt-4o@2023-11] table: expected up to 12 sizes and their tokens like 900x450=800, got \"1x1=1 2x1=1 3x1=1 4x1=1 5x1=1 6x1=1 7x1=1 8x1=1 9x1=1 10x1=1\""},
	{"[processor llava-next-1.6]\n"
	 "pins = 1111111111111111111111111111111111111111x336\n",
	 "2: [processor llava-next-1.6] pins: expected up to 48 sizes like 384x768, got \"1111111111111111111111111111111111111111x336\""},
	{"[processor llava-next-1.6]\n"
	 "pins = 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336\n"
	 "pins = 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336\n"
	 "pins = 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336 336x336\n"
	 "pins = 336x336\n",
	 "5: [processor llava-next-1.6] pins: expected up to 48 sizes like 384x768, got \"336x336\""},
	{"[processor llava-next-1.6]\npins = 0x336\n",
	 "2: [processor llava-next-1.6] pins: expected up to 48 sizes like 384x768, got \"0x336\""},
	{"[hardware t4]\nfp16 = TFLOP/s\n",
	 "2: [hardware t4] fp16: expected a rate like 989 TFLOP/s, got \"TFLOP/s\""},
	{"[hardware t4]\nfp16 = 1111111111111111111111111111111 TFLOP/s\n",
	 "2: [hardware t4] fp16: expected a rate like 989 TFLOP/s, got \"1111111111111111111111111111111 TFLOP/s\""},
	{"[hardware t4]\nfp16 = 65 XFLOP/s\n",
	 "2: [hardware t4] fp16: expected a rate like 989 TFLOP/s, got \"65 XFLOP/s\""},
	{"[hardware t4]\nint8 = 130 TFLOPs\n",
	 "2: [hardware t4] int8: expected a rate like 1979 TOP/s, got \"130 TFLOPs\""},
	{"[hardware t4]\nbandwidth = 320 GB\n",
	 "2: [hardware t4] bandwidth: expected a rate like 3350 GB/s, got \"320 GB\""},
	{"[hardware t4]\nmem = -1 GiB\n",
	 "2: [hardware t4] mem: expected a size like 80 GiB from 1 to 1e+15, got \"-1 GiB\""},
	{"[model qwen3-vl-8b]\nllm-params = 8 X\n",
	 "2: [model qwen3-vl-8b] llm-params: expected a number like 8.19 B or 416 M, got \"8 X\""},
	{"[model qwen3-vl-8b]\nllm-params = many\n",
	 "2: [model qwen3-vl-8b] llm-params: expected a number like 8.19 B or 416 M, got \"many\""},
	{"[generation hopper]\nlaunch = 3.6\n",
	 "2: [generation hopper] launch: expected a time like 3.6 us from 0 to 1, got \"3.6\""},
	{"[generation hopper]\nlaunch = 3.6 parsecs\n",
	 "2: [generation hopper] launch: expected a time like 3.6 us, got \"3.6 parsecs\""},
	{"[generation hopper]\ne-f16 = 2\n",
	 "2: [generation hopper] e-f16: expected a number from 0 to 1, got \"2\""},
	{"[generation hopper]\ne-f16 = nan\n",
	 "2: [generation hopper] e-f16: expected a number from 0 to 1, got \"nan\""},
	{"[model qwen3-vl-8b]\nlayers = 36.5\n",
	 "2: [model qwen3-vl-8b] layers: expected a whole number from 1 to 10000, got \"36.5\""},
	{"[model qwen3-vl-8b]\nlayers = 99999999999999999999\n",
	 "2: [model qwen3-vl-8b] layers: expected a whole number from 1 to 10000, got \"99999999999999999999\""},
	{"[model qwen3-vl-8b]\nlayers = -1\n",
	 "2: [model qwen3-vl-8b] layers: expected a whole number from 1 to 10000, got \"-1\""},
	{"[processor qwen2.5-vl]\nmax-pixels = 1e9\n",
	 "2: [processor qwen2.5-vl] max-pixels: expected a whole number from 0 to 1e+12, in pixels, got \"1e9\""},
	{"[model qwen3-vl-8b]\ngated = maybe\n",
	 "2: [model qwen3-vl-8b] gated: expected yes or no, got \"maybe\""},
	{"[model qwen3-vl-8b]\nnorm = batch\n",
	 "2: [model qwen3-vl-8b] norm: expected one of layer, rms, rms-offset, got \"batch\""},
	{"[model qwen3-vl-8b]\nname =\n",
	 "2: [model qwen3-vl-8b] name: expected some text, got \"\""},
	{"[price mine@2026-01]\n"
	 "vendor = me\n"
	 "source = me\n"
	 "from = 2026-01\n"
	 "until = 2026-01\n"
	 "input = 1\n",
	 "5: [price mine@2026-01] until: not after from"},
	{"[price mine@2026-01]\n"
	 "vendor = me\n"
	 "source = me\n"
	 "from = 2026-01\n"
	 "input = 1\n"
	 "long-above = 1000\n",
	 "6: [price mine@2026-01] long-above: goes with long-input, and only with it"},
	{"[price mine@2026-01]\n"
	 "vendor = me\n"
	 "source = me\n"
	 "from = 2026-01\n"
	 "input = 1\n"
	 "long-input = 2\n",
	 "1: [price mine@2026-01] long-above: goes with long-input, and only with it"},
	{"[engine vllm]\nprepares = auto\n",
	 "2: [engine vllm] prepares: expected fast, gpu or slow"},
	{"[engine vllm]\nprepares = none\n",
	 "2: [engine vllm] prepares: expected fast, gpu or slow"},
	{"[processor mine]\n"
	 "name = Mine\n"
	 "source = me\n"
	 "strategy = views\n"
	 "patch = 14\n"
	 "tile = 384\n"
	 "variant = hd\n",
	 "4: [processor mine] strategy: strategy views needs max-tiles"},
	{"[processor mine]\n"
	 "name = Mine\n"
	 "source = me\n"
	 "strategy = pool\n"
	 "patch = 14\n"
	 "tile = 896\n"
	 "variant = pan-and-scan\n",
	 "4: [processor mine] strategy: strategy pool needs min-crop"},
	{"[processor mine]\n"
	 "name = Mine\n"
	 "source = me\n"
	 "strategy = merge\n"
	 "patch = 14\n"
	 "merge = 2\n"
	 "variant = sideways\n",
	 "7: [processor mine] variant: strategy merge has no variant \"sideways\""},
	{"[processor mine]\nname = Mine\nsource = me\nstrategy = fixed\npatch = 14\n",
	 "4: [processor mine] strategy: strategy fixed needs tokens-per-tile, or patch and tile"},
	{"[processor mine]\n"
	 "name = Mine\n"
	 "source = me\n"
	 "strategy = navit\n"
	 "patch = 14\n"
	 "max-patches = 4096\n"
	 "variant = side\n",
	 "4: [processor mine] strategy: strategy navit needs max-side-patches"},
	{"[processor mine]\n"
	 "name = Mine\n"
	 "source = me\n"
	 "strategy = merge\n"
	 "patch = 14\n"
	 "merge = 0\n",
	 "6: [processor mine] merge: expected a whole number from 1 to 64, in patches, got \"0\""},
};
/* clang-format on */

static bool same(const struct registry *a, const struct registry *b)
{
	for (int k = 0; k < KIND_N; k++) {
		size_t n, m;
		const void *const *left = registry_list(a, (enum registry_kind)k, &n);
		const void *const *right = registry_list(b, (enum registry_kind)k, &m);

		if (n != m || (n && memcmp(left, right, n * sizeof(left[0])) != 0))
			return false;
	}
	return true;
}

static void broken_rules_are_named(void **state)
{
	struct registry r, shipped;
	struct vtok_error err = {0};

	(void)state;
	assert_true(registry_init(&r, &err) && registry_init(&shipped, &err));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *text = rows[i].text;

		err = (struct vtok_error){0};
		if (registry_merge(&r, "r.ini", text, strlen(text), &err))
			fail_msg("taken, though wrong:\n%s", text);
		assert_int_equal(err.code, VTOK_E_CONFIG);
		assert_true(str_starts(err.text, "r.ini:"));
		assert_string_equal(err.text + strlen("r.ini:"), rows[i].message);
		assert_true(same(&r, &shipped));
	}
	registry_fini(&r);
	registry_fini(&shipped);
}

/* Without the wrong key each file is fine: it is that key that is refused. */
static void the_shipped_sections_hold(void **state)
{
	struct registry r;
	struct vtok_error err = {0};

	(void)state;
	assert_true(registry_init(&r, &err));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char head[64];
		size_t n = strcspn(rows[i].text, "\n") + 1;

		assert_true(n < sizeof head);
		memcpy(head, rows[i].text, n);
		head[n] = '\0';
		if (strstr(head, " mine"))
			continue; /* a new section needs more than its head */
		if (!registry_merge(&r, "r.ini", head, n, &err))
			fail_msg("%s", err.text);
	}
	registry_fini(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(broken_rules_are_named),
		cmocka_unit_test(the_shipped_sections_hold),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
