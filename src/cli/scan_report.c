#include "cli/scan_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "base/unit.h"
#include "cli/cli.h"
#include "cli/partial.h"
#include "cli/sheet.h"

/* ------------------------------------------------------------ figures */

enum { FIGURES = 32, NAME = 80, REASONS_SHOWN = 64 };

/* One line of the report. */
struct figure {
	char name[NAME];
	char value[WIDE_TEXT]; /* as programs read it; "" = there is none */
	enum unit unit;
	double number;
	bool is_extra; /* json alone has it */
};

struct figures {
	struct figure list[FIGURES];
	size_t n;
	struct tally_bin *bins; /* sorted */
	size_t bins_n;
};

static struct figure *new_figure(struct figures *f, const char *name, enum unit unit, double number)
{
	struct figure *new = &f->list[f->n++];

	*new = (struct figure){.unit = unit, .number = number};
	str_format(new->name, NAME, "%s", name);
	return new;
}

static struct figure *add_wide(struct figures *f, const char *name, enum unit unit, struct wide v)
{
	struct figure *new = new_figure(f, name, unit, wide_number(v));

	wide_text(new->value, v);
	return new;
}

static struct figure *add_number(struct figures *f, const char *name, enum unit unit, double v)
{
	struct figure *new = new_figure(f, name, unit, v);

	str_number(new->value, unit_number(unit, v));
	return new;
}

/* a times b of a sum with 128 bits. */
static double product(struct wide a, double b)
{
	return wide_number(a) * b;
}

static void add_percentiles(struct figures *f)
{
	static const unsigned percents[] = {1, 5, 25, 50, 75, 95, 99};
	char name[8];

	for (size_t i = 0; i < ARRAY_SIZE(percents); i++) {
		int64_t t = tally_percentile(f->bins, f->bins_n, percents[i]);

		str_format(name, sizeof(name), "p%u", percents[i]);
		if (f->bins_n)
			add_number(f, name, UNIT_TOKENS, (double)t);
		else
			new_figure(f, name, UNIT_TOKENS, 0);
	}
	if (f->bins_n)
		add_number(f, "max", UNIT_TOKENS, (double)f->bins[f->bins_n - 1].tokens);
	else
		new_figure(f, "max", UNIT_TOKENS, 0);
}

/* More tokens than before where a cap enlarges, which is no saving. */
static void add_caps(struct figures *f, const struct partial *p)
{
	const struct dataset *d = &p->tally;
	struct wide before = d->sum.sums[TALLY_TOKENS];
	char name[NAME];

	for (size_t i = 0; i < d->shape.caps; i++) {
		struct wide after = d->capped[i];
		bool is_more = wide_compare(after, before) > 0;

		str_format(name, NAME, "saved_by_%s", p->caps[i]);
		add_wide(f, name, UNIT_TOKENS,
			 is_more ? (struct wide){0} : wide_less(before, after));
	}
}

static double usd_of(const struct scan_subject *s)
{
	return product(s->partial->tally.sum.sums[TALLY_TOKENS], s->usd_million / 1e6);
}

static void add_costs(struct figures *f, const struct dataset *d)
{
	double weight = wide_number(d->sum.sums[TALLY_WEIGHT]);

	if (!d->shape.has_costs)
		return;
	add_wide(f, "kv_bytes", UNIT_BYTES, d->sum.sums[TALLY_KV]);
	if (weight > 0)
		add_number(f, "ttft_ms_mean", UNIT_SECONDS,
			   product(d->sum.sums[TALLY_MICROS], 1e-6) / weight);
}

static bool make_figures(struct figures *f, const struct scan_subject *s)
{
	const struct dataset *d = &s->partial->tally;
	const struct tally *t = &d->sum;
	double weight = wide_number(t->sums[TALLY_WEIGHT]);

	*f = (struct figures){.bins = dataset_bins(d), .bins_n = d->hist.n};
	if (!f->bins)
		return false;
	add_wide(f, "files", UNIT_IMAGES, wide_of(t->rows));
	add_wide(f, "errors", UNIT_IMAGES, wide_of(t->refused + t->failed));
	add_wide(f, "refused", UNIT_IMAGES, wide_of(t->refused))->is_extra = true;
	add_wide(f, "failed", UNIT_IMAGES, wide_of(t->failed))->is_extra = true;
	add_wide(f, "weight", UNIT_IMAGES, t->sums[TALLY_WEIGHT])->is_extra = true;
	add_wide(f, "pixels", UNIT_PIXELS, t->sums[TALLY_PIXELS])->is_extra = true;
	add_wide(f, "tokens_total", UNIT_TOKENS, t->sums[TALLY_TOKENS]);
	if (weight > 0)
		add_number(f, "mean", UNIT_TOKENS, wide_number(t->sums[TALLY_TOKENS]) / weight);
	else
		new_figure(f, "mean", UNIT_TOKENS, 0);
	add_percentiles(f);
	if (s->limit >= 0)
		add_wide(f, "over_limit", UNIT_IMAGES, tally_above(f->bins, f->bins_n, s->limit));
	else
		new_figure(f, "over_limit", UNIT_IMAGES, 0);
	add_wide(f, "turned", UNIT_IMAGES, wide_of(t->turned));
	add_caps(f, s->partial);
	add_costs(f, d);
	if (s->usd_million >= 0)
		add_number(f, "usd", UNIT_USD, usd_of(s));
	else
		new_figure(f, "usd", UNIT_USD, 0);
	return true;
}

/* ------------------------------------------------------------ csv, md */

static const struct sheet_column columns[] = {
	{"model", "model", false}, {"quantity", "quantity", false}, {"value", "value", true}};

static bool report_rows(const struct scan_subject *subjects, size_t n, const struct options *o,
			struct out *out)
{
	struct sheet sheet;
	struct figures f;
	bool fine = true;

	sheet_init(&sheet, columns, ARRAY_SIZE(columns));
	for (size_t i = 0; fine && i < n; i++) {
		fine = make_figures(&f, &subjects[i]);
		for (size_t k = 0; fine && k < f.n; k++) {
			if (f.list[k].is_extra)
				continue;
			sheet_text(&sheet, subjects[i].partial->model);
			sheet_text(&sheet, f.list[k].name);
			if (*f.list[k].value)
				sheet_text(&sheet, f.list[k].value);
			else
				sheet_empty(&sheet);
		}
		free(f.bins);
	}
	fine = fine && sheet_write(&sheet, options_format(o), !o->no_header, cli_color(o), out);
	sheet_fini(&sheet);
	return fine;
}

/* ------------------------------------------------------------ json */

/* What is put between members and elements: over several lines, or in one. */
struct layout {
	const char *line, *deep, *blank;
};

static void json_text(struct out *o, const char *text)
{
	out_json(o, text, strlen(text));
}

static void json_lists(const struct scan_subject *s, const struct figures *f,
		       const struct layout *l, struct out *o)
{
	const struct dataset *d = &s->partial->tally;

	out_printf(o, ",%s\"histogram\":%s[", l->line, l->blank);
	for (size_t i = 0; i < f->bins_n; i++)
		out_printf(o, "%s[%lld,%llu]", i ? "," : "", (long long)f->bins[i].tokens,
			   (unsigned long long)f->bins[i].weight);
	out_printf(o, "],%s\"worst\":%s[", l->line, l->blank);
	for (size_t i = 0; i < d->worst_n; i++) {
		out_printf(o, "%s%s{\"tokens\":%s%lld,%s\"name\":%s", i ? "," : "", l->deep,
			   l->blank, (long long)d->worst[i].tokens, l->blank, l->blank);
		json_text(o, d->worst[i].name);
		out_putc(o, '}');
	}
	out_printf(o, "],%s\"reasons\":%s[", l->line, l->blank);
	for (size_t i = 0; i < d->reasons_n; i++) {
		out_printf(o, "%s%s{\"count\":%s%llu,%s\"reason\":%s", i ? "," : "", l->deep,
			   l->blank, (unsigned long long)d->reasons[i].n, l->blank, l->blank);
		json_text(o, d->reasons[i].text);
		out_putc(o, '}');
	}
	out_puts(o, "]");
}

static void json_object_of(const struct scan_subject *s, const struct figures *f,
			   const struct layout *l, struct out *o)
{
	out_printf(o, "{%s\"model\":%s", l->line, l->blank);
	json_text(o, s->partial->model);
	for (size_t i = 0; i < f->n; i++)
		out_printf(o, ",%s\"%s\":%s%s", l->line, f->list[i].name, l->blank,
			   *f->list[i].value ? f->list[i].value : "null");
	json_lists(s, f, l, o);
	out_puts(o, *l->blank ? "\n  }" : "}");
}

static bool report_json(const struct scan_subject *subjects, size_t n, bool lines, struct out *out)
{
	static const struct layout wide = {"\n    ", "\n      ", " "}, narrow = {"", "", ""};
	struct figures f;

	out_puts(out, lines ? "" : "[");
	for (size_t i = 0; i < n; i++) {
		if (!make_figures(&f, &subjects[i]))
			return false;
		out_puts(out, lines ? "" : i ? ",\n  " : "\n  ");
		json_object_of(&subjects[i], &f, lines ? &narrow : &wide, out);
		out_puts(out, lines ? "\n" : "");
		free(f.bins);
	}
	out_puts(out, lines ? "" : n ? "\n]\n" : "]\n");
	return true;
}

/* ------------------------------------------------------------ for people */

enum { BAR = 40, BUCKETS = 64 };

/* The bucket of a number: one for each power of two. */
static unsigned bucket_of(int64_t tokens)
{
	unsigned n = 0;

	for (; tokens > 0; tokens >>= 1)
		n++;
	return n;
}

static void put_bar(struct out *o, double share, bool is_ascii)
{
	int n = (int)(share * BAR + 0.5);

	for (int i = 0; i < n; i++)
		out_puts(o, is_ascii ? "#" : "\xe2\x96\x88");
	if (n == 0 && share > 0)
		out_puts(o, is_ascii ? "." : "\xe2\x96\x8f");
}

static void put_histogram(const struct figures *f, double weight, bool is_ascii, struct out *o)
{
	double in[BUCKETS + 1] = {0}, most = 0;
	unsigned first = BUCKETS, last = 0;

	for (size_t i = 0; i < f->bins_n; i++) {
		unsigned b = bucket_of(f->bins[i].tokens);

		in[b] += (double)f->bins[i].weight;
		most = in[b] > most ? in[b] : most;
		first = b < first ? b : first;
		last = b > last ? b : last;
	}
	for (unsigned b = first; b <= last && most > 0; b++) {
		char from[UNIT_TEXT], to[UNIT_TEXT], share[UNIT_TEXT];
		int64_t least = b ? (int64_t)1 << (b - 1) : 0;

		unit_grouped(from, least);
		unit_grouped(to, b ? 2 * least - 1 : 0);
		out_printf(o, "  %11s to %-11s %8s  ", from, to,
			   in[b] > 0 ? unit_percent(share, in[b] / weight) : "");
		put_bar(o, in[b] / most, is_ascii);
		out_putc(o, '\n');
	}
}

static int by_count(const void *a, const void *b)
{
	const struct dataset_reason *x = *(const struct dataset_reason *const *)a,
				    *y = *(const struct dataset_reason *const *)b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return strcmp(x->text, y->text);
}

/* The most frequent ones; the rest together. */
static bool put_reasons(const struct dataset *d, struct out *o)
{
	const struct dataset_reason **list = calloc(d->reasons_n + 1, sizeof(*list));
	uint64_t rest = 0;
	char n[UNIT_TEXT];

	if (!list)
		return false;
	for (size_t i = 0; i < d->reasons_n; i++)
		list[i] = &d->reasons[i];
	qsort(list, d->reasons_n, sizeof(*list), by_count);
	for (size_t i = 0; i < d->reasons_n; i++) {
		if (i >= REASONS_SHOWN) {
			rest += list[i]->n;
			continue;
		}
		out_printf(o, "  %11s  ", unit_grouped(n, (int64_t)list[i]->n));
		out_text(o, list[i]->text, strlen(list[i]->text));
		out_putc(o, '\n');
	}
	if (rest)
		out_printf(o, "  %11s  other\n", unit_grouped(n, (int64_t)rest));
	free(list);
	return true;
}

/* A tally keeps U+FFFD for bytes that are not UTF-8, as its partials are JSON; in a table they are
 * what they are in every other. */
static void put_name(const char *name, struct out *o)
{
	static const char bad[] = "\xef\xbf\xbd";
	const char *at;

	for (; (at = strstr(name, bad)) != NULL; name = at + strlen(bad)) {
		out_text(o, name, (size_t)(at - name));
		out_putc(o, '?');
	}
	out_text(o, name, strlen(name));
}

static void put_worst(const struct dataset *d, struct out *o)
{
	char tokens[UNIT_TEXT];

	for (size_t i = 0; i < d->worst_n; i++) {
		out_printf(o, "  %11s  ", unit_grouped(tokens, d->worst[i].tokens));
		put_name(d->worst[i].name, o);
		out_putc(o, '\n');
	}
}

static bool put_people(const struct scan_subject *s, const struct figures *f, bool is_ascii,
		       struct out *o)
{
	const struct dataset *d = &s->partial->tally;
	char text[UNIT_TEXT];

	out_text(o, s->partial->model, strlen(s->partial->model));
	out_putc(o, '\n');
	for (size_t i = 0; i < f->n; i++)
		if (*f->list[i].value)
			out_printf(o, "  %-24s %16s\n", f->list[i].name,
				   unit_text(text, f->list[i].unit, f->list[i].number));
	out_puts(o, f->bins_n ? "tokens of an image\n" : "");
	put_histogram(f, wide_number(d->sum.sums[TALLY_WEIGHT]), is_ascii, o);
	out_puts(o, d->worst_n ? "the worst\n" : "");
	put_worst(d, o);
	out_puts(o, d->reasons_n ? "errors\n" : "");
	return put_reasons(d, o);
}

static bool report_people(const struct scan_subject *subjects, size_t n, const struct options *o,
			  struct out *out)
{
	struct figures f;
	bool fine = true;

	for (size_t i = 0; fine && i < n; i++) {
		out_puts(out, i ? "\n" : "");
		fine = make_figures(&f, &subjects[i]) &&
		       put_people(&subjects[i], &f, cli_ascii(o), out);
		free(f.bins);
	}
	return fine;
}

/* ------------------------------------------------------------ public */

bool scan_report(const struct scan_subject *subjects, size_t n, const struct options *o,
		 struct out *out)
{
	switch (options_format(o)) {
	case FORMAT_JSON:
		return report_json(subjects, n, false, out);
	case FORMAT_JSONL:
		return report_json(subjects, n, true, out);
	case FORMAT_TABLE:
		return report_people(subjects, n, o, out);
	default:
		return report_rows(subjects, n, o, out);
	}
}

const char *scan_gate(const struct scan_subject *s, const struct scan_gates *g)
{
	const struct dataset *d = &s->partial->tally;
	double weight = wide_number(d->sum.sums[TALLY_WEIGHT]);
	int64_t most = 0;

	for (size_t i = 0; i < d->hist.room; i++)
		if (d->hist.bins[i].weight)
			most = d->hist.bins[i].tokens > most ? d->hist.bins[i].tokens : most;
	if (!(weight > 0)) /* nothing was counted that could miss one */
		return NULL;
	if (g->tokens && most > g->tokens)
		return "an image takes more tokens than --max-tokens";
	if (g->share > 0 && s->share < 0)
		return "--max-share cannot be judged: no context is known; give one with -c";
	if (g->share > 0 && most > s->share)
		return "an image takes more of the context than --max-share";
	if (g->usd_1000 > 0 && s->usd_million < 0)
		return "--max-price cannot be judged: no price is known; give one with --price";
	if (g->usd_1000 > 0 && usd_of(s) / weight * 1000 > g->usd_1000)
		return "1,000 images cost more than --max-price";
	return NULL;
}
