/* The strategies side by side: what each does with this picture, how it grows, and who uses it. The
 * overlay and `vtok strategies` show the same rows. */
#ifndef VTOK_VIEW_STRATEGY_TABLE_H
#define VTOK_VIEW_STRATEGY_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "base/unit.h"
#include "core/scaling.h"
#include "registry/subjects.h"

/* Models whose numbers stand in the rows of their strategies, in place of the usual ones. */
struct strategy_wish {
	const char *id; /* as -m takes it */
	const struct processor *processor;
	const struct knobs *knobs; /* turned for it alone; NULL = none */
};

struct strategy_row {
	struct strategy_words words;
	char id[96]; /* whose numbers stand here; "" = no model of the registry has it */
	const struct processor *processor; /* of that one; NULL = there is none */
	const struct knobs *knobs;         /* of that one; NULL = none */
	struct scaling at;                 /* holds where there is a processor */
	int models;                        /* how many have it */
};

enum { STRATEGY_ROWS = 64 };

struct strategy_table {
	struct strategy_row row[STRATEGY_ROWS];
	int n;
};

/* Every strategy in its fixed order, for one image of that size (sides 1..SIDE_MAX). The numbers
 * are those of the first wish that has the strategy, else of the usual model, else of the first one
 * in the order of all subjects. Texts live as long as the registry. */
void strategy_table(const struct registry *r, const struct strategy_wish *wishes, size_t wishes_n,
		    enum lens lens, const struct knobs *knobs, int64_t width, int64_t height,
		    struct strategy_table *out);

/* The ids of those that have it, the one of the numbers first, blanks between. Appends. */
void strategy_models(const struct registry *r, const struct strategy_row *row, struct strbuf *out);

/* "0.98"; "" where there is none. Returns out. */
char *strategy_growth(const struct strategy_row *row, char out[UNIT_TEXT]);

#endif
