#include "registry/spelling.h"

#include <string.h>

#include "base/base.h"
#include "base/str.h"

/* ------------------------------------------------------------------ tables
 *
 * In a pattern "-" stands for any mark between words, "#" for a digit. */

/* Rule 6. Weights of llama.cpp's mixes that vtok has no figure for are the next smaller that it
 * has: "-q4_k_xl" is a q4_k_m with some matrices larger. STORED: the words say nothing of it. */
static const struct {
	const char *pattern;
	enum dtype weights;
} quantisations[] = {
	{"q8-0", DTYPE_Q8_0},          {"q8-k-xl", DTYPE_Q8_0},
	{"q6-k", DTYPE_Q6_K},          {"q6-k-l", DTYPE_Q6_K},
	{"q6-k-xl", DTYPE_Q6_K},       {"q5-k-m", DTYPE_Q5_K_M},
	{"q5-k-l", DTYPE_Q5_K_M},      {"q5-k-xl", DTYPE_Q5_K_M},
	{"q5-k-s", DTYPE_Q5_K_S},      {"q5-0", DTYPE_Q5_0},
	{"q4-k-m", DTYPE_Q4_K_M},      {"q4-k-l", DTYPE_Q4_K_M},
	{"q4-k-xl", DTYPE_Q4_K_M},     {"q4-k", DTYPE_Q4_K_M},
	{"q4-k-s", DTYPE_Q4_K_S},      {"q4-0", DTYPE_Q4_0},
	{"iq4-xs", DTYPE_IQ4_XS},      {"iq4-nl", DTYPE_IQ4_NL},
	{"q3-k-l", DTYPE_Q3_K_L},      {"q3-k-xl", DTYPE_Q3_K_L},
	{"q3-k-m", DTYPE_Q3_K_M},      {"q3-k-s", DTYPE_Q3_K_S},
	{"iq3-m", DTYPE_IQ3_M},        {"iq3-xxs", DTYPE_IQ3_XXS},
	{"q2-k", DTYPE_Q2_K},          {"q2-k-l", DTYPE_Q2_K},
	{"q2-k-xl", DTYPE_Q2_K},       {"iq2-m", DTYPE_IQ2_M},
	{"iq2-xs", DTYPE_IQ2_XS},      {"iq2-xxs", DTYPE_IQ2_XXS},
	{"iq1-m", DTYPE_IQ1_M},        {"iq1-s", DTYPE_IQ1_S},
	{"bf16", DTYPE_BF16},          {"f16", DTYPE_FP16},
	{"fp16", DTYPE_FP16},          {"f32", DTYPE_FP32},
	{"fp32", DTYPE_FP32},          {"fp8", DTYPE_FP8},
	{"fp8-dynamic", DTYPE_FP8},    {"fp8-block", DTYPE_FP8},
	{"mxfp8", DTYPE_FP8},          {"nvfp4", DTYPE_FP4},
	{"nvfp4a16", DTYPE_FP4},       {"fp4", DTYPE_FP4},
	{"mxfp4", DTYPE_MXFP4},        {"awq", DTYPE_AWQ},
	{"awq-int4", DTYPE_AWQ},       {"awq-4bit", DTYPE_AWQ},
	{"gptq", DTYPE_INT4},          {"gptq-int4", DTYPE_INT4},
	{"gptq-int8", DTYPE_INT8},     {"int4", DTYPE_INT4},
	{"int8", DTYPE_INT8},          {"w4a16", DTYPE_INT4},
	{"w8a16", DTYPE_INT8},         {"w8a8", DTYPE_INT8},
	{"bnb-4bit", DTYPE_INT4},      {"bnb-8bit", DTYPE_INT8},
	{"4bit", DTYPE_INT4},          {"8bit", DTYPE_INT8},
	{"4-bit", DTYPE_INT4},         {"8-bit", DTYPE_INT8},
	{"nf4", DTYPE_INT4},           {"2bit", DTYPE_STORED},
	{"3bit", DTYPE_STORED},        {"5bit", DTYPE_STORED},
	{"6bit", DTYPE_STORED},        {"q4-1", DTYPE_STORED},
	{"q5-1", DTYPE_STORED},        {"iq3-s", DTYPE_STORED},
	{"iq3-xs", DTYPE_STORED},      {"iq2-s", DTYPE_STORED},
	{"tq1-0", DTYPE_STORED},       {"tq2-0", DTYPE_STORED},
	{"#bpw", DTYPE_STORED},        {"#-#bpw", DTYPE_STORED},
	{"#-##bpw", DTYPE_STORED},     {"gguf", DTYPE_STORED},
	{"ggml", DTYPE_STORED},        {"mlx", DTYPE_STORED},
	{"exl2", DTYPE_STORED},        {"exl3", DTYPE_STORED},
	{"qat", DTYPE_STORED},         {"qad", DTYPE_STORED},
	{"dwq", DTYPE_STORED},         {"ud", DTYPE_STORED},
	{"i1", DTYPE_STORED},          {"imatrix", DTYPE_STORED},
	{"imat", DTYPE_STORED},        {"unsloth", DTYPE_STORED},
	{"dynamic", DTYPE_STORED},     {"autoround", DTYPE_STORED},
	{"hqq", DTYPE_STORED},         {"quantized", DTYPE_STORED},
	{"onnx", DTYPE_STORED},        {"openvino", DTYPE_STORED},
	{"safetensors", DTYPE_STORED}, {"g32", DTYPE_STORED},
	{"g128", DTYPE_STORED},
};

/* Rule 7, and the words of tags of hosts (rule 5) that say how a request is served. */
/* clang-format off */
static const char *const roles[] = {
	"instruct", "it", "chat", "hf", "thinking", "base", "pt", "sft", "dpo", "mpo", "grpo", "rl",
	"preview", "latest", "exp", "experimental", "fast", "basic", "beta", "default",
	"reasoning", "non-reasoning", "instruct-turbo", "abliterated", "uncensored", "heretic",
	"ov", "si", /* stages of LLaVA-OneVision */
	"think", "nothink", "nothinking", "thinking-low", "thinking-medium", "thinking-high",
	"thinking-max", "thinking-####", "thinking-#####", "preview-low", "preview-high", "xhigh",
	"instant", "flex", "lightning", "original", "customtools", "fw",
	"chatty", "sym", "inc", "litert-lm",
	"maas", "tee", "cloud", "free", "nitro", "extended", "batch", "online", "floor", "exacto",
	"##k", "###k", "v1", "v#-0", "0",
};
/* clang-format on */

/* Rule 8. */
static const char *const dates[] = {
	"####-##-##", "##-####", "##-##", "########", "######", "####", "00#",
};

/* Rule 4: in this order. */
static const char *const cloud_regions[] = {
	"us", "eu", "jp", "au", "apac", "global", "ca", "us-gov",
};
static const char *const cloud_vendors[] = {
	"anthropic", "amazon", "meta",   "mistral", "qwen",   "moonshotai", "moonshot", "nvidia",
	"google",    "xai",    "openai", "zai",     "cohere", "minimax",    "deepseek", "writer",
};

/* Words before a name that say whose it is or where it runs, with a mark behind. */
static const char *const owners[] = {
	"anthropic", "openai",     "google",   "meta",        "mistralai",  "nvidia", "microsoft",
	"amazon",    "moonshotai", "cohere",   "ibm",         "alibaba",    "x-ai",   "xai",
	"z-ai",      "zai",        "zai-org",  "deepseek-ai", "databricks", "azure",  "bedrock",
	"vertex",    "groq",       "liquidai", "allenai",     "opengvlab",  "labs",   "ibm-granite",
	"bytedance", "stepfun",    "huihui",   "huihui-ai",   "xiaomi",     "doubao", "duo-chat",
};

/* Families whose dates are versions: mistral-small-2503 is another model than mistral-small-2506.
 */
static const char *const dated_families[] = {
	"mistral", "ministral", "magistral", "devstral", "pixtral", "codestral", "voxtral",
};

static const char *const endings[] = {".gguf", ".ggml", ".safetensors", ".llamafile", ".bin"};

/* ---------------------------------------------------------------- matching */

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_mark(char c)
{
	return c == '-' || c == '_' || c == '.' || c == ':' || c == ' ';
}

static bool matches(const char *text, const char *pattern, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool same = pattern[i] == '#'   ? str_is_digit(text[i])
			    : pattern[i] == '-' ? is_mark(text[i])
						: text[i] == pattern[i];
		if (!same)
			return false;
	}
	return true;
}

/* Where the pattern stands at the end of text, of len bytes, behind a mark: the place of that mark.
 * 0 = not. Names of the registry are tried by the thousand. */
static size_t tail_of(const char *text, size_t len, const char *pattern)
{
	size_t n = strlen(pattern);

	if (len < n + 2 || !is_mark(text[len - n - 1]) || !matches(text + len - n, pattern, n))
		return 0;
	return len - n - 1;
}

static size_t tail(const char *text, const char *pattern)
{
	return tail_of(text, strlen(text), pattern);
}

static void drop_front(char *text, size_t n)
{
	memmove(text, text + n, strlen(text + n) + 1);
}

/* Drops one of the words and the mark behind it before a name. */
static bool drop_word(char *text, const char *const *words, size_t n, const char *marks)
{
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(words[i]);
		if (!str_starts(text, words[i]) || !text[len] || !strchr(marks, text[len]))
			continue;
		while (text[len] && strchr(marks, text[len]))
			len++;
		if (!text[len])
			return false;
		drop_front(text, len);
		return true;
	}
	return false;
}

static bool is_version_dated(const char *text)
{
	for (size_t i = 0; i < ARRAY_SIZE(dated_families); i++)
		if (strstr(text, dated_families[i]))
			return true;
	return false;
}

/* ------------------------------------------------------------- rules 1 to 5 */

static void drop_case(char *text)
{
	for (char *p = text; *p; p++)
		*p = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
	if (*text == '~' || *text == '@')
		drop_front(text, 1);
	size_t len = strlen(text);
	if (len > 4 && strcmp(text + len - 4, "[1m]") == 0)
		text[len - 4] = '\0';
}

/* The folder of a file, its ending, and the number of its part. What an encoder's file is quantised
 * to says nothing of the weights: *is_projector. */
static void drop_file(char *text, bool *is_projector)
{
	static const char part[] = "-#####-of-#####";

	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		size_t len = strlen(text), n = strlen(endings[i]);
		if (len <= n || strcmp(text + len - n, endings[i]) != 0)
			continue;
		text[len - n] = '\0';
		char *slash = strrchr(text, '/'), *back = strrchr(text, '\\');
		char *last = back > slash ? back : slash;
		if (last)
			drop_front(text, (size_t)(last + 1 - text));
	}
	size_t at = tail(text, part + 1);
	if (at)
		text[at] = '\0';
	if (str_starts(text, "mmproj-")) {
		drop_front(text, strlen("mmproj-"));
		*is_projector = true;
	}
	char *inside = strstr(text, "-mmproj");
	if (inside) {
		drop_front(inside, strlen("-mmproj"));
		*is_projector = true;
	}
}

static void drop_owner(char *text)
{
	size_t len = strlen(text);

	if (len > 1 && text[len - 1] == '/')
		text[len - 1] = '\0';
	char *slash = strrchr(text, '/');
	if (slash)
		drop_front(text, (size_t)(slash + 1 - text));
	if (str_starts(text, "models--")) { /* a folder of the hub's cache: models--owner--name */
		char *last = strstr(text + strlen("models--"), "--");
		if (last)
			drop_front(text, (size_t)(last + 2 - text));
	}
}

/* Regions and vendors before a name, with a dot. */
static void drop_cloud(char *text)
{
	drop_word(text, cloud_regions, ARRAY_SIZE(cloud_regions), ".");
	drop_word(text, cloud_vendors, ARRAY_SIZE(cloud_vendors), ".");
}

/* A tag is a part of the name like any other; words that say nothing go by rules 6 to 8. */
static void join_tag(char *text)
{
	for (char *p = text; *p; p++)
		if (*p == ':')
			*p = '-';
}

static void push(struct spellings *all, const struct spelling *s)
{
	if (all->n < SPELLINGS_MOST &&
	    (!all->n || strcmp(all->list[all->n - 1].text, s->text) != 0))
		all->list[all->n++] = *s;
}

/* --------------------------------------------------------------- rules 6 to 8 */

static bool drop_one_quantisation(struct spelling *s)
{
	size_t first = 0, best = 0, len = strlen(s->text);

	for (size_t i = 0; i < ARRAY_SIZE(quantisations); i++) {
		size_t at = tail_of(s->text, len, quantisations[i].pattern);
		if (at && (!first || at < first)) {
			first = at;
			best = i;
		}
	}
	if (!first)
		return false;
	s->text[first] = '\0';
	if (s->weights == DTYPE_STORED)
		s->weights = quantisations[best].weights;
	return true;
}

/* All of them at once: "-qat-q4_0-gguf" ends in no role "-0". */
static bool drop_quantisation(struct spelling *s)
{
	bool is_changed = false;

	while (drop_one_quantisation(s))
		is_changed = true;
	return is_changed;
}

static bool drop_role(struct spelling *s)
{
	size_t first = 0, len = strlen(s->text);

	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		size_t at = tail_of(s->text, len, roles[i]);
		if (!at || (first && at > first))
			continue;
		if (strcmp(roles[i], "latest") == 0 && is_version_dated(s->text))
			continue;
		first = at;
	}
	if (!first)
		return false;
	s->text[first] = '\0';
	return true;
}

static int two(const char *p)
{
	return (p[0] - '0') * 10 + (p[1] - '0');
}

static bool is_month(int m)
{
	return m >= 1 && m <= 12;
}

static bool is_year(int y)
{
	return y >= 23 && y <= 39;
}

static bool is_day(int d)
{
	return d >= 1 && d <= 31;
}

/* The digits of what matched a pattern of dates. */
static bool is_date(const char *text, const char *pattern)
{
	char d[9] = "";
	size_t n = 0;

	for (size_t i = 0; pattern[i] && n < 8; i++)
		if (pattern[i] != '-')
			d[n++] = text[i];
	if (strcmp(pattern, "##-####") == 0)
		return is_month(two(d)) && two(d + 2) == 20 && is_year(two(d + 4));
	if (n == 8)
		return two(d) == 20 && is_year(two(d + 2)) && is_month(two(d + 4)) &&
		       is_day(two(d + 6));
	if (n == 6)
		return is_year(two(d)) && is_month(two(d + 2)) && is_day(two(d + 4));
	if (n == 3)
		return true;
	if (is_month(two(d)) && is_day(two(d + 2)))
		return true;
	return pattern[2] != '-' && ((is_year(two(d)) && is_month(two(d + 2))) ||
				     (is_month(two(d)) && is_year(two(d + 2))));
}

static bool drop_date(struct spelling *s)
{
	size_t len = strlen(s->text);

	if (is_version_dated(s->text))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(dates); i++) {
		size_t at = tail_of(s->text, len, dates[i]);
		if (!at || !is_date(s->text + at + 1, dates[i]))
			continue;
		s->text[at] = '\0';
		s->is_dated = true;
		return true;
	}
	return false;
}

typedef bool drop(struct spelling *s);
static drop *const drops[] = {drop_quantisation, drop_role, drop_date};

/* Until nothing changes; what each step leaves is pushed where all is not NULL. */
static void drop_suffixes(struct spellings *all, struct spelling *s)
{
	for (bool is_changed = true; is_changed;) {
		is_changed = false;
		for (size_t i = 0; i < ARRAY_SIZE(drops); i++) {
			is_changed = drops[i](s) || is_changed;
			if (all)
				push(all, s);
		}
	}
}

void spelling_strip(struct spelling *s)
{
	drop_suffixes(NULL, s);
}

/* ------------------------------------------------------ other ways to write it */

static bool drop_owners_word(char *text)
{
	return drop_word(text, owners, ARRAY_SIZE(owners), "-_ .");
}

/* "Qwen_Qwen2.5-VL-7B-Instruct-GGUF": packers who keep the owner before an underscore. */
static bool drop_owner_before_underscore(char *text)
{
	char *mark = strchr(text, '_');

	if (!mark || mark == text || !is_letter(mark[1]))
		return false;
	for (const char *p = text; p < mark; p++)
		if (str_is_digit(*p))
			return false;
	drop_front(text, (size_t)(mark + 1 - text));
	return true;
}

/* "qwen2p5-vl": a host that has no dots in its names. */
static bool write_points(char *text)
{
	bool is_changed = false;

	for (char *p = text; *p; p++) {
		if (*p != 'p' || p == text || !str_is_digit(p[-1]) || !str_is_digit(p[1]))
			continue;
		*p = '.';
		is_changed = true;
	}
	return is_changed;
}

/* "llava-v1.6" */
static bool drop_v(char *text)
{
	bool is_changed = false;

	for (char *p = text + 1; *text && *p; p++) {
		if (*p != 'v' || is_letter(p[-1]) || str_is_digit(p[-1]) || !str_is_digit(p[1]))
			continue;
		drop_front(p, 1);
		is_changed = true;
	}
	return is_changed;
}

/* "qwen36-27b": two digits behind a letter or a mark that are no size. */
static bool split_version(char *text)
{
	size_t len = strlen(text);

	for (size_t i = 1; i + 1 < len && len + 1 < SPELLING_SIZE; i++) {
		if (!str_is_digit(text[i]) || !str_is_digit(text[i + 1]) ||
		    str_is_digit(text[i - 1]) || (text[i + 2] && !is_mark(text[i + 2])) ||
		    text[i + 2] == '.')
			continue;
		memmove(text + i + 2, text + i + 1, len - i);
		text[i + 1] = '.';
		return true;
	}
	return false;
}

/* "opus-5": Claude's tiers go by themselves. */
static bool write_claude(char *text)
{
	static const char *const tiers[] = {"opus", "sonnet", "haiku", "fable", "mythos"};
	static const char claude[] = "claude-";
	size_t len = strlen(text), n = strlen(claude);

	for (size_t i = 0; i < ARRAY_SIZE(tiers); i++) {
		char behind = text[strlen(tiers[i])];
		if (!str_starts(text, tiers[i]) || (behind && !is_mark(behind)) ||
		    len + n >= SPELLING_SIZE)
			continue;
		memmove(text + n, text, len + 1);
		memcpy(text, claude, n);
		return true;
	}
	return false;
}

/* Words of roles inside: "ministral-3-8b-reasoning-2512". */
static bool drop_inner_role(char *text)
{
	bool is_changed = false;

	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		size_t n = strlen(roles[i]);
		if (roles[i][strcspn(roles[i], "#0123456789")])
			continue;
		for (char *p = text; *p; p++) {
			if (!is_mark(*p) || strncmp(p + 1, roles[i], n) != 0 || !is_mark(p[n + 1]))
				continue;
			drop_front(p, n + 1);
			is_changed = true;
		}
	}
	return is_changed;
}

typedef bool respell(char *text);
static respell *const respells[] = {
	drop_owner_before_underscore,
	drop_owners_word,
	write_points,
	drop_inner_role,
	write_claude,
	drop_v,
	split_version,
};

/* --------------------------------------------------------------- all of them */

bool spelling_is_revision(const char *at)
{
	return strcmp(at, "@default") == 0 || strcmp(at, "@latest") == 0 ||
	       strcmp(at, "@main") == 0;
}

/* Cuts "@runtime" off. What Vertex has behind its @, a date or "default", and a hub's revision are
 * no runtimes. */
static void cut_runtime(struct spellings *out, char *text)
{
	char *at = strrchr(text, '@');

	if (!at || at == text || strchr(at, '/'))
		return;
	if (!str_is_digit(at[1]) && !spelling_is_revision(at))
		str_format(out->runtime, sizeof(out->runtime), "%s", at);
	*at = '\0';
}

/* Rules 1 to 5 one after the other; each result is handed to push. *is_projector: the name is of an
 * encoder's file. */
static void drop_front_words(struct spellings *out, struct spelling *s, bool *is_projector)
{
	drop_case(s->text);
	cut_runtime(out, s->text);
	push(out, s);
	drop_file(s->text, is_projector);
	push(out, s);
	drop_owner(s->text);
	push(out, s);
	drop_cloud(s->text);
	push(out, s);
	join_tag(s->text);
	push(out, s);
}

/* Each way to write it starts from what the one before it made. */
static void respell_all(struct spellings *out)
{
	for (size_t k = 0, from = 0; k < ARRAY_SIZE(respells); k++) {
		size_t to = out->n;
		bool is_any = false;
		for (size_t i = from; i < to; i++) {
			struct spelling next = out->list[i];
			is_any = respells[k](next.text) || is_any;
			push(out, &next);
		}
		if (is_any)
			from = to;
		else
			out->n = to;
	}
}

bool spellings_of(const char *typed, struct spellings *out)
{
	struct spelling s = {.weights = DTYPE_STORED};
	bool is_projector = false;
	size_t len = strnlen(typed, SPELLING_SIZE);

	out->n = 0;
	out->runtime[0] = '\0';
	if (len == 0 || len >= SPELLING_SIZE)
		return false;
	memcpy(s.text, typed, len + 1);
	drop_front_words(out, &s, &is_projector);
	drop_suffixes(out, &s);
	respell_all(out);
	for (size_t i = 0; is_projector && i < out->n; i++)
		out->list[i].weights = DTYPE_STORED;
	return true;
}

bool spelling_bare(const char *typed, char out[SPELLING_SIZE])
{
	struct spellings all = {.n = 0};
	struct spelling s = {.weights = DTYPE_STORED};
	bool is_projector;
	size_t len = strnlen(typed, SPELLING_SIZE);

	if (len == 0 || len >= SPELLING_SIZE)
		return false;
	memcpy(s.text, typed, len + 1);
	drop_front_words(&all, &s, &is_projector);
	spelling_strip(&s);
	memcpy(out, s.text, sizeof(s.text));
	return *out;
}
