/* What an engine's times were fitted to. */
#ifndef VTOK_REGISTRY_FITTED_H
#define VTOK_REGISTRY_FITTED_H

#include <stddef.h>

#include "core/model.h"

/* The devices, or generations of them, on which it was measured, blanks between; "" = nowhere. Cut
 * at size bytes. Returns out. */
char *engine_fitted(const struct engine *e, char *out, size_t size);

#endif
