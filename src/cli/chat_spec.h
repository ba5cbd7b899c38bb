/* What is read of a chat request, and where its reader is. */
#ifndef VTOK_CLI_CHAT_SPEC_H
#define VTOK_CLI_CHAT_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pull.h"
#include "cli/chat_keys.h"
#include "cli/input.h"

enum {
	CHAT_NAME = 128,
	CHAT_SOURCE = 160,
	CHAT_WHY = 120,
	CHAT_UUIDS = 4096,
	CHAT_PICTURES_MOST = 65536, /* of one request: no vendor takes more than 3,600 */
};

/* What a part or a body asks of the picture's processing; 0 or "" = nothing. */
struct chat_asks {
	int64_t min_pixels, max_pixels;
	int32_t max_patch;          /* max_dynamic_patch */
	char detail[16], media[40]; /* as they are written */
};

struct chat_picture {
	int message, part; /* from 0; -1 = not in a list of them */
	char source[CHAT_SOURCE];
	char why[CHAT_WHY]; /* it has no size: why; "" = it has */
	struct input in;
	struct chat_asks asks; /* of its part */
	bool is_animated;      /* a GIF that moves, as far as its head says */
	bool is_encoded;       /* its bytes are in the request */
	bool is_remote;        /* who answers the request fetches it */
};

struct chat {
	char id[CHAT_NAME];    /* custom_id, key; "" = it has none */
	char model[CHAT_NAME]; /* "" = not said */
	struct chat_picture *pictures;
	size_t n, room;
	int64_t text_ascii, text_other; /* bytes of all texts */
	int64_t text_base64;            /* characters of those that are a picture in base64 */
	int64_t messages;               /* so many, or 0 */
	int64_t bytes;                  /* of the whole request as it stands */
	int64_t output;                 /* max_tokens and the like; -1 = not said */
	struct chat_asks asks;          /* of the body: mm_processor_kwargs, generationConfig */
	bool has_shape;                 /* there are messages, contents, an input or a prompt */
	struct chat_keys keys;
};

/* A picture that may come again. */
struct chat_uuid {
	uint64_t hash;
	struct input in;
};

struct chat_reader {
	struct pull pull;
	struct chat chat;
	int message, part, message_depth, part_depth;
	bool in_tools;
	struct chat_uuid *uuids; /* sizes of pictures that may come again */
	size_t uuids_n;
	unsigned char *bytes; /* of a picture's head */
	int64_t lines;        /* values so far */
};

#endif
