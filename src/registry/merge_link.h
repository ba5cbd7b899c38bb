/* The second step of a merge. Nobody but merge.c includes this. */
#ifndef VTOK_REGISTRY_MERGE_LINK_H
#define VTOK_REGISTRY_MERGE_LINK_H

#include "registry/staging.h"

/* Turns names of other entries into pointers, in the copies; an entry that points to a changed one
 * is copied too. False: m->err says which name means nothing. */
bool merge_connect(struct staging *m);

#endif
