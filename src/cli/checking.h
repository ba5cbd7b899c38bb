/* What check judges by: the model, the engine or vendor with its version, the server's line and the
 * client's keys, as a case of core/limit.h to which each input adds its pictures. */
#ifndef VTOK_CLI_CHECKING_H
#define VTOK_CLI_CHECKING_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"
#include "cli/target.h"
#include "core/limit.h"
#include "import/server_line.h"
#include "registry/registry.h"

enum { CHECK_NAME = 64, CHECK_IMAGES_MOST = 4096 };

struct checking {
	const struct registry *registry;
	struct options options; /* as given, the engine without its version */
	char engine_name[CHECK_NAME];
	char version_text[CHECK_NAME]; /* as given; "" = none */
	struct targets targets;
	struct setup setup;
	struct model room;
	struct server_line line;
	struct processor server, request;
	struct limit_case judged; /* without pictures */
};

/* Reads everything but the inputs. Sets r's day of rules to that of the version where none was
 * asked for, so that variants are those of it. False: err says which part is wrong. Free with
 * checking_fini in both cases. */
bool checking_init(struct checking *c, const struct options *o, struct registry *r,
		   struct vtok_error *err);
void checking_fini(struct checking *c);

/* One input into pictures: WxH or a file, V=N,... or T=N,... (tokens in place of sizes). `n`: so
 * many of it; more than are listed go round. Returns how many different ones stand in images, at
 * most room, 0 with err set where the text is none. */
size_t checking_images(const struct checking *c, const char *text, size_t len, int64_t n,
		       struct limit_image *images, size_t room, struct vtok_error *err);

#endif
