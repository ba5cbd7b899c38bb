/* What typed words leave of a list. */
#ifndef VTOK_VIEW_FILTER_H
#define VTOK_VIEW_FILTER_H

#include <stdbool.h>
#include <stddef.h>

/* Every word of the filter, blanks between, must stand in one of the texts, whatever the case; NULL
 * texts hold nothing. is_loose: its letters in their order are enough ("qw3v8" for qwen3-vl-8b):
 * for a second look where the first found nothing. */
bool filter_passes(const char *filter, const char *const *texts, size_t n, bool is_loose);

#endif
