#include "core/quantity_read.h"

#include "core/count.h"
#include "core/reason.h"
#include "core/strategy.h"

static const char *vendor_of(const struct setup *s)
{
	const struct processor *p = s->model ? s->model->processor : NULL;

	return p ? p->hosted.vendor : NULL;
}

struct value quantity_read_kv_dtype(const struct quantity_spec *q, const struct setup *s,
				    const struct estimate *e)
{
	(void)q, (void)e;
	return vendor_of(s) ? value_none(reason_text(REASON_HOSTED))
			    : value_word(dtype_name(s->kv), NULL);
}

struct value quantity_read_model(const struct quantity_spec *q, const struct setup *s,
				 const struct estimate *e)
{
	(void)q, (void)e;
	return value_word(s->model ? s->model->id : NULL, reason_text(REASON_NO_MODEL));
}

struct value quantity_read_name(const struct quantity_spec *q, const struct setup *s,
				const struct estimate *e)
{
	(void)q, (void)e;
	return value_word(s->model ? s->model->name : NULL, "it has no name");
}

struct value quantity_read_strategy(const struct quantity_spec *q, const struct setup *s,
				    const struct estimate *e)
{
	const struct processor *p = s->model ? s->model->processor : NULL;

	(void)q, (void)e;
	return value_word(p ? p->strategy->name : NULL, reason_text(REASON_NO_VISION));
}

struct value quantity_read_hardware(const struct quantity_spec *q, const struct setup *s,
				    const struct estimate *e)
{
	(void)q, (void)e;
	if (vendor_of(s))
		return value_none(reason_text(REASON_HOSTED));
	return value_word(s->hardware ? s->hardware->id : NULL, reason_text(REASON_NO_HARDWARE));
}

struct value quantity_read_lens(const struct quantity_spec *q, const struct setup *s,
				const struct estimate *e)
{
	(void)q, (void)e;
	return value_word(s->lens == LENS_EXACT ? "exact" : "formula", NULL);
}

static const char all_confirmed[] = "all confirmed";

struct value quantity_read_unverified_processor(const struct quantity_spec *q,
						const struct setup *s, const struct estimate *e)
{
	(void)q, (void)e;
	return value_word(s->model && s->model->processor ? s->model->processor->unverified : NULL,
			  all_confirmed);
}

struct value quantity_read_unverified_model(const struct quantity_spec *q, const struct setup *s,
					    const struct estimate *e)
{
	(void)q, (void)e;
	return value_word(s->model ? s->model->unverified : NULL, all_confirmed);
}

struct value quantity_read_unverified_tower(const struct quantity_spec *q, const struct setup *s,
					    const struct estimate *e)
{
	(void)q, (void)e;
	return value_word(s->model && s->model->tower ? s->model->tower->unverified : NULL,
			  all_confirmed);
}

/* What a vendor runs on is not what was chosen here. */
struct value quantity_read_unverified_hardware(const struct quantity_spec *q, const struct setup *s,
					       const struct estimate *e)
{
	(void)q, (void)e;
	return value_word(s->hardware && !vendor_of(s) ? s->hardware->unverified : NULL,
			  all_confirmed);
}

struct value quantity_read_unverified_engine(const struct quantity_spec *q, const struct setup *s,
					     const struct estimate *e)
{
	(void)q, (void)e;
	return value_word(s->engine && !vendor_of(s) ? s->engine->unverified : NULL, all_confirmed);
}

struct value quantity_read_marks(const struct quantity_spec *q, const struct setup *s,
				 const struct estimate *e)
{
	(void)q, (void)e;
	return value_word(s->model ? count_mark(s->model->processor, s->model) : NULL, "no marks");
}
