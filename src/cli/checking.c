/* See checking.h. */
#include "cli/checking.h"

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/input.h"
#include "cli/setup.h"
#include "core/count.h"
#include "core/limit_apply.h"
#include "core/version.h"
#include "image/animated.h"
#include "registry/near.h"
#include "registry/variant.h"

/* ------------------------------------------------------------ engine or vendor */

/* Vendors by the names that rules of theirs are known by. */
static const struct {
	const char *name, *vendor;
} vendor_names[] = {
	{"gemini", "Google"},          {"vertex", "Google"},    {"nova", "Amazon"},
	{"bedrock", "Amazon"},         {"claude", "Anthropic"}, {"grok", "xAI"},
	{"mistral-hosted", "Mistral"},
};

static const char *vendor_called(const struct registry *r, const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(vendor_names); i++)
		if (str_casecmp(vendor_names[i].name, name) == 0)
			return vendor_names[i].vendor;
	for (size_t i = 0; i < r->hosted_n; i++)
		if (str_casecmp(r->hosted[i]->hosted.vendor, name) == 0)
			return r->hosted[i]->hosted.vendor;
	return NULL;
}

/* "vllm@0.20": name and version; the options keep the name alone, or nothing for a vendor's. */
static bool split_engine(struct checking *c, const struct registry *r, const char **vendor,
			 struct vtok_error *err)
{
	const char *text = c->options.knobs[KNOB_ENGINE].text;
	const char *at = text ? strchr(text, '@') : NULL;

	*vendor = NULL;
	if (!text)
		return true;
	str_format(c->engine_name, sizeof(c->engine_name), "%.*s",
		   (int)(at ? at - text : (long)strlen(text)), text);
	str_format(c->version_text, sizeof(c->version_text), "%s", at ? at + 1 : "");
	c->options.knobs[KNOB_ENGINE].text = c->engine_name;
	if (!release_parse(c->version_text, &c->judged.version))
		return error_set(err, VTOK_E_USAGE,
				 "--engine: expected a version like 0.20, b6900 or 2026-05 behind "
				 "%s@, got \"%s\"",
				 c->engine_name, c->version_text);
	if (registry_engine(r, c->engine_name))
		return true;
	*vendor = vendor_called(r, c->engine_name);
	if (!*vendor)
		return near_unknown(r, KIND_ENGINE, c->engine_name, err);
	c->options.knobs[KNOB_ENGINE].text = NULL;
	return true;
}

/* Rules of a day, variants of a day: those of the version, where its day is known. */
static void set_day(const struct checking *c, struct registry *r, const struct engine *e)
{
	if (c->options.rules)
		return;
	int32_t day = release_day(&c->judged.version, e ? e->releases : NULL);

	if (day > 0)
		r->rules_date = day;
}

/* An open model is served by an engine, a closed one by its vendor. */
static bool match_engine(struct checking *c, const char *vendor, struct vtok_error *err)
{
	const char *of_model = target_vendor(&c->targets.list[0]);
	const char *name = c->targets.list[0].name;
	bool has_engine = c->options.knobs[KNOB_ENGINE].text != NULL;

	if (of_model && (has_engine || (vendor && str_casecmp(vendor, of_model) != 0)))
		return error_set(err, VTOK_E_USAGE,
				 "%s is served by %s alone: leave out --engine %s", name, of_model,
				 c->engine_name);
	if (!of_model && vendor)
		return error_set(err, VTOK_E_USAGE, "%s is no model of %s", name, vendor);
	if (!of_model && !has_engine)
		return error_set(err, VTOK_E_USAGE,
				 "check: which server? --engine NAME[@VERSION], like vllm@0.20");
	c->judged.vendor = of_model;
	c->judged.engine = of_model ? NULL : c->setup.engine;
	return true;
}

/* ------------------------------------------------------------ settings */

static bool read_settings(struct checking *c, const struct options *o, struct vtok_error *err)
{
	for (size_t i = 0; i < o->server_lines.n; i++) {
		if (!c->judged.engine)
			return error_set(err, VTOK_E_USAGE, "--server: %s starts no server",
					 c->judged.vendor);
		if (!server_line_read(&c->line, c->judged.engine, o->server_lines.items[i], err))
			return error_prefix(err, "--server");
	}
	for (size_t i = 0; i < o->client_keys.n; i++)
		if (!server_line_client(&c->line, o->client_keys.items[i], err))
			return error_prefix(err, "--client");
	c->judged.settings = c->line.settings;
	c->judged.settings_n = c->line.settings_n;
	return true;
}

/* A level by its name, case and _ for - ignored; -1: there is none. */
static int level_of(const char *const *names, const char *word)
{
	char plain[32];

	str_format(plain, sizeof(plain), "%s", word);
	for (char *c = plain; *c; c++)
		if (*c == '_')
			*c = '-';
	for (int i = 0; names[i]; i++)
		if (str_casecmp(names[i], plain) == 0)
			return i;
	return -1;
}

/* The last member of a key's name. */
static const char *member_of(const char *name)
{
	const char *member = name + strcspn(name, ":"), *dot = strrchr(member, '.');

	return dot ? dot + 1 : member + (*member != 0);
}

static bool read_detail(const char *word, struct knobs *k, struct vtok_error *err)
{
	int level = level_of(detail_names, word);

	if (level < 0)
		return error_set(err, VTOK_E_USAGE,
				 "detail: expected low, high, original or "
				 "auto, got \"%s\"",
				 word);
	k->detail = (enum detail)level;
	return true;
}

static bool read_media(const char *key, const char *word, struct knobs *k, struct vtok_error *err)
{
	int level = level_of(media_names, word + (str_starts(word, "MEDIA_RESOLUTION_") ? 17 : 0));

	if (level < 0)
		return error_set(err, VTOK_E_USAGE, "%s: not a level: \"%s\"", key, word);
	k->media = (enum media_resolution)level;
	return true;
}

bool checking_level(const struct limit_setting *settings, size_t n, struct knobs *k,
		    struct vtok_error *err)
{
	for (size_t i = 0; i < n; i++) {
		const struct limit_setting *s = &settings[i];
		const char *key = member_of(s->name);
		bool is_media =
			str_casecmp(key, "mediaResolution") == 0 ||
			str_casecmp(key, "media_resolution") == 0 ||
			(str_casecmp(key, "level") == 0 && strstr(s->name, "ediaResolution"));

		/* "body:metadata.detail" and the like are anybody's words */
		bool is_free = str_starts(s->name, "body:") && strchr(s->name, '.');

		if (str_casecmp(key, "detail") == 0 && !is_free && !read_detail(s->text, k, err))
			return false;
		if (is_media && !read_media(key, s->text, k, err))
			return false;
	}
	return true;
}

/* ------------------------------------------------------------ processors */

static struct limit_caps caps_of(const struct checking *c)
{
	return (struct limit_caps){
		.caps = c->registry->caps,
		.caps_n = c->registry->caps_n,
		.places = c->registry->settings,
		.places_n = c->registry->settings_n,
	};
}

/* As it counts with what was turned on this command line and what the server and the request say.
 */
static void set_processors(struct checking *c)
{
	const struct limit_caps known = caps_of(c);
	struct limit_case *j = &c->judged;
	struct rule turned;

	j->own = c->targets.list[0].processor;
	j->family = variant_reference(c->registry, j->own);
	count_prepare(&turned, j->own, LENS_EXACT, &c->setup.knobs);
	c->turned = c->server = c->request = *turned.processor;
	limit_apply(&known, j, false, &c->server);
	limit_apply(&known, j, true, &c->request);
	j->server = &c->server;
	j->request = &c->request;
	j->v_max = &c->v_max;
	j->server_max = &c->server_max;
	c->found = c->request;
}

/* The search is kept: requests of a batch mostly set the same. */
static struct limit_most *greatest(struct checking *c, const struct processor *p)
{
	if (memcmp(&c->request, p, sizeof(*p)) == 0)
		return &c->v_max;
	if (memcmp(&c->found, p, sizeof(*p)) != 0) {
		memcpy(&c->found, p, sizeof(*p));
		c->found_max.is_known = false;
	}
	return &c->found_max;
}

bool checking_request(struct checking *c, const struct limit_setting *settings, size_t n,
		      struct check_request *out, struct vtok_error *err)
{
	const struct limit_caps known = caps_of(c);

	out->setup = c->setup;
	out->judged = c->judged;
	out->judged.setup = &out->setup;
	out->judged.settings = settings;
	out->judged.settings_n = n;
	if (out->judged.vendor && !checking_level(settings, n, &out->setup.knobs, err))
		return false;
	memcpy(&out->request, &c->turned, sizeof(out->request));
	limit_apply(&known, &out->judged, true, &out->request);
	out->judged.request = &out->request;
	out->judged.v_max = greatest(c, &out->request);
	return true;
}

void checking_part(const struct checking *c, const struct check_request *q,
		   const struct limit_setting *all, size_t n, struct processor *out)
{
	const struct limit_caps known = caps_of(c);
	struct limit_case with = q->judged;

	with.settings = all;
	with.settings_n = n;
	*out = c->turned;
	limit_apply(&known, &with, true, out);
}

/* ------------------------------------------------------------ the case */

static bool set_target(struct checking *c, const struct registry *r, struct vtok_error *err)
{
	if (!targets_init(&c->targets, &c->options, r, err))
		return false;
	if (c->targets.n != 1)
		return error_set(err, VTOK_E_USAGE, "check: one model at a time");
	if (!setup_make(&c->options, r, &c->setup, err))
		return false;
	return setup_point(&c->setup, &c->targets.list[0], r, &c->room, err);
}

bool checking_init(struct checking *c, const struct options *o, struct registry *r,
		   struct vtok_error *err)
{
	const char *vendor;

	*c = (struct checking){.registry = r, .options = *o};
	server_line_init(&c->line);
	if (!split_engine(c, r, &vendor, err))
		return false;
	set_day(c, r, vendor ? NULL : registry_engine(r, c->engine_name));
	if (!set_target(c, r, err) || !match_engine(c, vendor, err) || !read_settings(c, o, err))
		return false;
	if (c->judged.vendor &&
	    !checking_level(c->line.settings, c->line.settings_n, &c->setup.knobs, err))
		return error_prefix(err, "--client");
	if (c->judged.vendor && c->judged.version.kind == RELEASE_NEWEST && r->rules_date > 0)
		c->judged.version = (struct release){.kind = RELEASE_DAY, .number = r->rules_date};
	version_number(c->version_text, &c->setup.engine_version);
	c->judged.setup = &c->setup;
	c->judged.names_device = o->knobs[KNOB_HARDWARE].text != NULL;
	c->judged.terms = r->terms;
	c->judged.terms_n = r->terms_n;
	set_processors(c);
	return true;
}

void checking_fini(struct checking *c)
{
	targets_fini(&c->targets);
	server_line_fini(&c->line);
}

/* ------------------------------------------------------------ what is said beside */

void checking_notes(const struct checking *c)
{
	const struct engine *e = c->judged.engine;
	char list[1024] = "";

	if (e && c->judged.version.kind == RELEASE_NEWEST)
		cli_note("no version of %s given: its newest", e->name);
	for (size_t i = 0; i < c->line.ignored_n; i++)
		str_append(list, sizeof(list), "%s%.60s", i ? ", " : "", c->line.ignored[i]);
	if (*list)
		cli_note("--server: no rule reads %s", list);
}

/* ------------------------------------------------------------ inputs */

static size_t read_size(const struct checking *c, const char *text, size_t len, int64_t n,
			struct limit_image *out, struct vtok_error *err)
{
	struct input in = {0};

	if (!input_read_sized(text, len, &in, err))
		return 0;
	struct input seen = input_seen(&in, c->targets.list[0].turning.turns);

	*out = (struct limit_image){
		.width = seen.width,
		.height = seen.height,
		.has_file = in.file_bytes > 0,
		.is_animated =
			in.file_bytes > 0 && in.format == IMAGE_GIF && image_is_animated(text),
		.format = in.format,
		.file_bytes = in.file_bytes,
		.many = n,
	};
	limit_image_count(&c->judged, c->judged.request, &c->setup.knobs, n, out);
	return 1;
}

/* Of T the specials are taken off where the family has always as many; -1: it does not say. */
static int64_t specials_of(const struct processor *p)
{
	return p->special_per_image > 0 ? p->special_per_image : 0;
}

/* V=N,N: N visual tokens each; T=N: with the specials. */
static size_t read_tokens(const struct checking *c, const char *text, int64_t n,
			  struct limit_image *images, size_t room, struct vtok_error *err)
{
	bool is_total = *text == 'T' || *text == 't';
	int64_t special = specials_of(c->judged.request), tokens;
	const char *s = text + 2;
	size_t found = 0;

	do {
		if (found == room) {
			error_set(err, VTOK_E_INPUT, "more than %d pictures", CHECK_IMAGES_MOST);
			return 0;
		}
		if (!str_scan_uint(&s, TOKENS_MOST, &tokens) || (*s && (*s != ',' || !s[1]))) {
			error_set(err, VTOK_E_INPUT,
				  "expected %.2sN or %.2sN,N,... with whole numbers of tokens",
				  text, text);
			return 0;
		}
		int64_t visual = is_total ? (tokens > special ? tokens - special : tokens) : tokens;

		images[found++] = (struct limit_image){
			.visual = visual,
			.special = is_total ? tokens - visual : special,
			.reference = visual,
			.many = 1,
		};
		s += *s == ',';
	} while (*s);
	for (size_t i = 0; i < found && n > (int64_t)found; i++)
		images[i].many = n / (int64_t)found + ((int64_t)i < n % (int64_t)found);
	return found;
}

size_t checking_images(const struct checking *c, const char *text, size_t len, int64_t n,
		       struct limit_image *images, size_t room, struct vtok_error *err)
{
	bool is_tokens = len > 2 && strlen(text) == len && text[1] == '=' && strchr("VvTt", *text);

	if (is_tokens)
		return read_tokens(c, text, n, images, room, err);
	return read_size(c, text, len, n, images, err);
}
