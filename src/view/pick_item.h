/* One row of a list. */
#ifndef VTOK_VIEW_PICK_ITEM_H
#define VTOK_VIEW_PICK_ITEM_H

struct pick_item {
	char id[64];
	const char *text; /* a few words beside the id; may be "" */
	char note[64];    /* columns at the right: "80 GiB  3.35 TB/s" */
};

#endif
