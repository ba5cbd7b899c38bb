/* What is asked about, and what is said of it. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/count.h"
#include "lib/lib.h"
#include "registry/names.h"
#include "registry/subjects.h"
#include "registry/variant.h"

static_assert((int)VTOK_CONFIDENCE_LOW == (int)CONFIDENCE_LOW, "confidence is the library's own");

struct vtok_subject *vtok_find(const struct vtok *v, const char *id, const char *rules_date,
			       struct vtok_fault *fault)
{
	int32_t date = v->registry.rules_date;
	struct vtok_subject *s;
	struct vtok_error err = {0};

	lib_no_fault(fault);
	if (rules_date && !hosted_parse_date(rules_date, &date)) {
		lib_fail_argument(fault,
				  "rules_date: expected 2025-04-14 or 2025-04, got \"%.40s\"",
				  rules_date);
		return NULL;
	}
	s = malloc(sizeof(*s));
	if (!s) {
		lib_fail_memory(fault);
		return NULL;
	}
	if (!subject_resolve_on(&v->registry, id, date, &s->model, &s->processor, &err)) {
		s->model = subject_language(&v->registry, id);
		s->processor = NULL;
	}
	if (!s->model && !s->processor) {
		free(s);
		lib_fail(fault, &err);
		return NULL;
	}
	s->day = date ? date : registry_day(&v->registry);
	struct reading read;
	const char *name = names_read(&v->registry, id, &read) ? read.id : id;
	s->price = s->processor && s->processor->hosted.vendor
			   ? registry_price(&v->registry, name, s->day)
			   : NULL;
	s->weights = subject_weights(&v->registry, id);
	return s;
}

void vtok_subject_free(struct vtok_subject *s)
{
	free(s);
}

enum vtok_kind vtok_subject_kind(const struct vtok_subject *s)
{
	return s->model                      ? VTOK_CHECKPOINT
	       : s->processor->hosted.vendor ? VTOK_HOSTED
					     : VTOK_PROCESSOR;
}

const char *vtok_subject_id(const struct vtok_subject *s)
{
	return s->model ? s->model->id : s->processor->id;
}

const char *vtok_subject_name(const struct vtok_subject *s)
{
	const char *name = s->model ? s->model->name : s->processor->name;

	return name ? name : "";
}

const char *vtok_subject_source(const struct vtok_subject *s)
{
	const char *source = s->model ? s->model->source : s->processor->source;

	return source ? source : "";
}

const char *vtok_subject_note(const struct vtok_subject *s)
{
	return s->model ? s->model->note : s->processor->note;
}

const char *vtok_subject_unverified(const struct vtok_subject *s)
{
	return s->model ? s->model->unverified : s->processor->unverified;
}

enum vtok_confidence vtok_subject_confidence(const struct vtok_subject *s)
{
	return s->processor ? (enum vtok_confidence)s->processor->confidence : VTOK_CONFIDENCE_HIGH;
}

const char *vtok_subject_mark(const struct vtok_subject *s)
{
	return count_mark(s->processor, s->model);
}

int32_t vtok_subject_rule_from(const struct vtok_subject *s)
{
	return s->processor ? s->processor->hosted.from : 0;
}

int32_t vtok_subject_rule_until(const struct vtok_subject *s)
{
	return s->processor ? s->processor->hosted.until : 0;
}

size_t vtok_subject_runtimes(const struct vtok *v, const struct vtok_subject *s, const char **ids,
			     size_t max)
{
	const struct processor *p;
	size_t n = 0;

	for (size_t i = 0; s->processor && (p = variant_next(&v->registry, s->processor, &i)); n++)
		if (n < max)
			ids[n] = p->id;
	return n;
}
