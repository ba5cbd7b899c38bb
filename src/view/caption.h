/* The caption of a talk's step, with numbers of the screen in it. */
#ifndef VTOK_VIEW_CAPTION_H
#define VTOK_VIEW_CAPTION_H

#include <stddef.h>

#include "view/frame.h"

/* "{ttft} to the first word" becomes "163 ms to the first word": a word between braces is a
 * quantity by its metric or its name for programs (script_read refuses others), its value that of
 * the frame. So a caption cannot disagree with the screen. A sentence one of whose values is not
 * there is left out. Returns why the first of them was, NULL: none was. out is cut to size. */
const char *caption_known(const struct frame *f, const char *note, char *out, size_t size);

/* The same; the reason itself where nothing else is left to say. Returns out. */
char *caption_text(const struct frame *f, const char *note, char *out, size_t size);

#endif
