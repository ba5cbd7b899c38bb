/* The caption of a talk's step, with numbers of the screen in it. */
#ifndef VTOK_VIEW_CAPTION_H
#define VTOK_VIEW_CAPTION_H

#include <stddef.h>

#include "view/frame.h"

/* "{ttft} to the first word" becomes "163 ms to the first word": a word between braces is a
 * quantity by its metric or its name for programs (script_read refuses others), its value that of
 * the frame, a dash where there is none. So a caption cannot disagree with the screen. Returns out,
 * cut to size. */
char *caption_text(const struct frame *f, const char *note, char *out, size_t size);

#endif
