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
	struct processor turned, server, request; /* turned: before what server and client say */
	struct limit_case judged;                 /* without pictures */
	struct limit_most v_max, server_max;
	struct processor found; /* of the last request: its greatest is found_max */
	struct limit_most found_max;
};

/* The case of one request that says more than the command line: must not be copied. */
struct check_request {
	struct setup setup;
	struct processor request;
	struct limit_case judged;
};

/* Reads everything but the inputs. Sets r's day of rules to that of the version where none was
 * asked for, so that variants are those of it. False: err says which part is wrong. Free with
 * checking_fini in both cases. */
bool checking_init(struct checking *c, const struct options *o, struct registry *r,
		   struct vtok_error *err);
void checking_fini(struct checking *c);

/* What is said beside the rows: which version was taken, which flags no rule reads. */
void checking_notes(const struct checking *c);

/* The case with another list of settings: the server's, --client's and the request's own, which
 * lives as long as out. The caller sets what else differs in out->setup. False: a level of detail
 * that no API knows. */
bool checking_request(struct checking *c, const struct limit_setting *settings, size_t n,
		      struct check_request *out, struct vtok_error *err);

/* How a picture of it counts whose part says something: all: the settings of q, then its own. */
void checking_part(const struct checking *c, const struct check_request *q,
		   const struct limit_setting *all, size_t n, struct processor *out);

/* The levels that settings name, wherever an API wants them. False: one that there is not. */
bool checking_level(const struct limit_setting *settings, size_t n, struct knobs *k,
		    struct vtok_error *err);

/* One input into pictures: WxH or a file, V=N,... or T=N,... (tokens in place of sizes). `n`: so
 * many of it; more than are listed go round. Returns how many different ones stand in images, at
 * most room, 0 with err set where the text is none. */
size_t checking_images(const struct checking *c, const char *text, size_t len, int64_t n,
		       struct limit_image *images, size_t room, struct vtok_error *err);

#endif
