/* Rules between the keys of a section, and between a section and those it names. One function per
 * kind; every rule says which key is to blame, in words that tell what to change. */
#include "registry/derive.h"

#include <string.h>

#include "core/count.h"
#include "core/limit_names.h"
#include "core/setting.h"
#include "core/strategy.h"
#include "core/term.h"
#include "core/version.h"
#include "registry/variant.h"

#define RULE(cond, key_, ...)                                                                      \
	do {                                                                                       \
		if (!(cond)) {                                                                     \
			*key = key_;                                                               \
			return error_set(err, VTOK_E_CONFIG, key_ ": " __VA_ARGS__);               \
		}                                                                                  \
	} while (0)

static bool check_heads(const struct model *m, const char **key, struct vtok_error *err)
{
	RULE(m->q_heads % m->kv_heads == 0, "kv-heads", "%d does not divide the %d query heads",
	     (int)m->kv_heads, (int)m->q_heads);
	RULE(m->global_layers == 0 || (m->global_head_dim > 0 && m->global_kv_heads > 0),
	     "global-layers", "needs global-head-dim and global-kv-heads");
	RULE(m->global_kv_heads == 0 || m->q_heads % m->global_kv_heads == 0, "global-kv-heads",
	     "%d does not divide the %d query heads", (int)m->global_kv_heads, (int)m->q_heads);
	return true;
}

static bool check_cache(const struct model *m, const char **key, struct vtok_error *err)
{
	bool windowed = m->kv_kind == KV_WINDOW || m->kv_kind == KV_CHUNK;

	RULE(m->grow_layers >= 0, "layers", "%d is fewer than all special layers together",
	     (int)m->layers);
	RULE(m->win_layers == 0 || windowed, "window-layers", "needs kv = window or kv = chunk");
	RULE(!windowed || m->win_layers > 0, "kv", "needs window-layers");
	RULE(m->win_layers == 0 || m->window > 0, "window-layers",
	     "needs window, the positions they keep");
	RULE(m->window == 0 || m->win_layers > 0, "window", "needs window-layers");
	RULE((m->kv_kind == KV_MLA) == (m->mla_kv_rank > 0), "mla-kv-rank",
	     "goes with kv = mla, and only with it");
	RULE(m->mla_kv_rank == 0 || (m->mla_nope > 0 && m->mla_v > 0), "mla-kv-rank",
	     "needs mla-nope and mla-v");
	RULE(m->kv_kind != KV_HYBRID || m->linear_layers + m->conv_layers > 0, "kv",
	     "hybrid goes with linear-layers or conv-layers");
	RULE(m->linear_layers + m->conv_layers == 0 || m->kv_kind == KV_HYBRID ||
		     m->kv_kind == KV_MLA,
	     "kv", "linear-layers and conv-layers need kv = hybrid or kv = mla");
	RULE(m->linear_layers == 0 ||
		     (m->linear_key_heads > 0 && m->linear_value_heads > 0 && m->linear_head > 0),
	     "linear-layers", "needs linear-key-heads, linear-value-heads and linear-head");
	RULE(m->linear_layers + m->conv_layers == 0 || m->conv_kernel > 0, "conv-kernel",
	     "linear and convolution layers need it");
	RULE((m->kv_kind == KV_CROSS) == (m->cross_layers > 0), "cross-layers",
	     "goes with kv = cross, and only with it");
	RULE(m->cross_layers == 0 || m->cross_positions > 0, "cross-layers",
	     "needs cross-positions");
	return true;
}

static bool check_experts(const struct model *m, const char **key, struct vtok_error *err)
{
	RULE((m->experts > 0) == (m->moe_layers > 0), "experts",
	     "goes with moe-layers, and only with them");
	RULE(m->experts == 0 || m->expert_ffn > 0, "experts", "needs expert-ffn");
	RULE(m->experts == 0 || (m->top_k >= 1 && m->top_k <= m->experts), "experts-per-token",
	     "expected from 1 to the %d experts", (int)m->experts);
	RULE(m->experts == 0 || m->moe_layers + m->dense_layers == model_ffn_layers(m),
	     "moe-layers", "%d and %d dense-layers are not the %d layers", (int)m->moe_layers,
	     (int)m->dense_layers, (int)model_ffn_layers(m));
	RULE(m->dense_layers == 0 || m->dense_ffn > 0, "dense-layers", "needs dense-ffn");
	RULE(m->experts > 0 || m->ffn > 0, "ffn", "missing, and there are no experts");
	return true;
}

static bool check_model(const struct model *m, const char **key, struct vtok_error *err)
{
	RULE(m->active_params <= m->llm_params * 1.0001, "active-params", "more than llm-params");
	RULE(m->total_params >= m->llm_params * 0.9999, "total-params", "less than llm-params");
	RULE(m->unknown == NULL || m->layers == 0, "unknown", "the layers are given");
	if (m->unknown != NULL)
		return true;
	return check_heads(m, key, err) && check_cache(m, key, err) && check_experts(m, key, err);
}

static bool check_tower(const struct tower *t, const char **key, struct vtok_error *err)
{
	RULE(t->is_conv || t->layers_run == 0 || (t->heads > 0 && t->ffn > 0 && t->patch > 0),
	     "layers", "layers need heads, ffn and patch");
	RULE(t->heads == 0 || t->hidden % t->heads == 0, "heads", "%d does not divide hidden, %d",
	     (int)t->heads, (int)t->hidden);
	RULE(t->full_layers <= t->layers_run, "full-layers", "more than the %d layers",
	     (int)t->layers_run);
	RULE(t->stage1_layers == 0 ||
		     (t->stage1_hidden > 0 && t->stage1_ffn > 0 && t->stage1_heads > 0),
	     "stage1-layers", "needs stage1-hidden, stage1-ffn and stage1-heads");
	return true;
}

static bool check_strategy(const struct processor *p, const char **key, struct vtok_error *err)
{
	char text[STRATEGY_TEXT];

	RULE(strategy_check(p, text), "strategy", "%s", text);
	return true;
}

static bool check_dates(const struct hosted *h, const char **key, struct vtok_error *err)
{
	RULE(h->until == 0 || h->until > h->from, "until", "not after from");
	return true;
}

static bool check_squares(const struct processor *p, const char **key, struct vtok_error *err)
{
	struct refusal_facts facts;
	char text[REFUSAL_TEXT];
	enum refusal why = count_misfit(p, &facts);

	RULE(!why, "patch", "%s", refusal_text(why, &facts, text));
	return true;
}

static bool check_processor(const struct processor *p, const char **key, struct vtok_error *err)
{
	bool is_dated = p->id[variant_undated(p->id)] == '@';

	RULE(!is_dated || p->runtime, "runtime", "missing, and the section has a date");
	RULE(!is_dated || p->hosted.from, "from", "missing, and the section has a date");
	RULE(!p->host || p->runtime, "host", "needs runtime, its id");
	return check_dates(&p->hosted, key, err) && check_strategy(p, key, err) &&
	       check_squares(p, key, err);
}

static bool check_hosted(const struct processor *p, const char **key, struct vtok_error *err)
{
	const struct hosted *h = &p->hosted;
	bool levels = h->detail[DETAIL_LOW].side || h->detail[DETAIL_HIGH].side ||
		      h->detail[DETAIL_ORIGINAL].side;

	RULE(h->auto_detail != DETAIL_AUTO, "auto", "stands for low, high or original");
	RULE(!levels || h->detail[h->auto_detail].side > 0, "auto", "names a level without a side");
	RULE((h->many_images > 0) == (h->many_side > 0), "many-images",
	     "goes with many-side, and only with it");
	for (int32_t i = 1; i < h->table_n; i++)
		RULE((int64_t)h->table[i].width * h->table[i].height >
			     (int64_t)h->table[i - 1].width * h->table[i - 1].height,
		     "table", "row %d is no larger than the one before", (int)i + 1);
	return check_dates(h, key, err) && check_strategy(p, key, err);
}

static bool check_engine(const struct engine *e, const char **key, struct vtok_error *err)
{
	RULE(e->prepares != PREPROCESS_AUTO && e->prepares != PREPROCESS_NONE, "prepares",
	     "expected fast, gpu or slow");
	RULE(release_days_good(e->releases), "releases", "expected words like 0.15=2026-02-04");
	return true;
}

static bool check_preprocess(const struct preprocess *p, const char **key, struct vtok_error *err)
{
	RULE(p->slow_above_s == 0 || p->slow_knee_mpx > 0, "slow-above", "needs slow-knee");
	RULE(p->fast.fixed_s > 0 || p->fast.in_s > 0 || p->fast.out_s > 0, "fast-in",
	     "needs fast-fixed, fast-in or fast-out");
	return true;
}

static bool check_price(const struct price *p, const char **key, struct vtok_error *err)
{
	RULE(p->until == 0 || p->until > p->from, "until", "not after from");
	RULE((p->long_above > 0) == (p->long_input > 0), "long-above",
	     "goes with long-input, and only with it");
	return true;
}

static bool check_rent(const struct rent *r, const char **key, struct vtok_error *err)
{
	RULE(r->low <= r->median && r->median <= r->high, "median", "not between low and high");
	RULE(r->oldest <= r->from, "oldest", "later than from");
	return true;
}

static bool is_set(const char *text)
{
	return text && *text;
}

static bool check_cap(const struct cap *c, const char **key, struct vtok_error *err)
{
	RULE(is_set(c->processors) || is_set(c->strategies), "processors",
	     "needs processors or strategies");
	RULE(!c->whole || !*c->whole || (c->keys && strstr(c->keys, c->whole)), "whole",
	     "does not stand in keys");
	return true;
}

static bool check_setting(const struct cap_place *s, const char **key, struct vtok_error *err)
{
	int32_t version;

	RULE(is_set(s->engine_id) || is_set(s->vendor), "engine", "needs engine or vendor");
	RULE(!is_set(s->since) || version_number(s->since, &version), "since",
	     "expected a version like 0.20");
	RULE(!is_set(s->until) || version_number(s->until, &version), "until",
	     "expected a version like 0.20");
	return true;
}

static bool good_term(const char *text, char reason[TERM_REASON])
{
	return !is_set(text) || term_good(text, reason);
}

static bool good_release(const char *text)
{
	struct release v;

	return !is_set(text) || (release_parse(text, &v) && v.kind != RELEASE_NEWEST);
}

static bool check_scope(const struct limit_scope *s, const char **key, struct vtok_error *err)
{
	RULE(is_set(s->engines) || is_set(s->vendor), "engine", "needs engine or vendor");
	RULE(good_release(s->since), "since", "expected a version, a build or a day");
	RULE(good_release(s->until), "until", "expected a version, a build or a day");
	return true;
}

static bool check_limit(const struct limit *l, const char **key, struct vtok_error *err)
{
	char reason[TERM_REASON] = "";

	RULE(good_term(l->when, reason), "when", "%s", reason);
	RULE(good_term(l->value, reason), "value", "%s", reason);
	RULE(good_term(l->bound, reason), "bound", "%s", reason);
	RULE(is_set(l->value) == is_set(l->bound), "bound", "goes with value, and only with it");
	RULE(l->verdict != VERDICT_OK || !is_set(l->value), "verdict", "ok goes without value");
	return check_scope(&l->scope, key, err);
}

static bool check_term(const struct limit_term *t, const char **key, struct vtok_error *err)
{
	char reason[TERM_REASON] = "";

	RULE(term_good(t->is, reason), "is", "%s", reason);
	RULE(!limit_knows(t->name), "name", "every rule knows it already");
	return check_scope(&t->scope, key, err);
}

bool registry_check(enum registry_kind kind, const void *entry, const char **key,
		    struct vtok_error *err)
{
	switch (kind) {
	case KIND_TOWER:
		return check_tower(entry, key, err);
	case KIND_MODEL:
		return check_model(entry, key, err);
	case KIND_PROCESSOR:
		return check_processor(entry, key, err);
	case KIND_HOSTED:
		return check_hosted(entry, key, err);
	case KIND_ENGINE:
		return check_engine(entry, key, err);
	case KIND_PREPROCESS:
		return check_preprocess(entry, key, err);
	case KIND_PRICE:
		return check_price(entry, key, err);
	case KIND_RENT:
		return check_rent(entry, key, err);
	case KIND_CAP:
		return check_cap(entry, key, err);
	case KIND_SETTING:
		return check_setting(entry, key, err);
	case KIND_LIMIT:
		return check_limit(entry, key, err);
	case KIND_TERM:
		return check_term(entry, key, err);

	case KIND_GENERATION:
	case KIND_HARDWARE:
	case KIND_DECODER:
	case KIND_PROFILE:
	case KIND_PACE:
	case KIND_UNCOUNTED:
	case KIND_N:
		break;
	}
	return true;
}
