/* See checking.h. */
#include "cli/checking.h"

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "cli/input.h"
#include "cli/setup.h"
#include "core/count.h"
#include "core/limit_apply.h"
#include "core/version.h"
#include "image/animated.h"
#include "registry/near.h"

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
			return error_prefix(err, "--server: ");
	}
	for (size_t i = 0; i < o->client_keys.n; i++)
		if (!server_line_client(&c->line, o->client_keys.items[i], err))
			return error_prefix(err, "--client: ");
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

/* What the client asks of a closed model, wherever its API wants it. */
static bool set_level(struct checking *c, struct vtok_error *err)
{
	for (size_t i = 0; i < c->line.settings_n; i++) {
		const struct limit_setting *s = &c->line.settings[i];
		const char *member = s->name + strcspn(s->name, ":");
		const char *dot = strrchr(member, '.'),
			   *key = dot ? dot + 1 : member + (*member != 0);
		const char *word = s->text;
		int level;

		if (str_casecmp(key, "detail") == 0) {
			level = level_of(detail_names, word);
			if (level < 0)
				return error_set(
					err, VTOK_E_USAGE,
					"--client: detail: expected low, high, original or "
					"auto, got \"%s\"",
					word);
			c->setup.knobs.detail = (enum detail)level;
		} else if (str_casecmp(key, "mediaResolution") == 0 ||
			   str_casecmp(key, "media_resolution") == 0 ||
			   (str_casecmp(key, "level") == 0 && strstr(s->name, "ediaResolution"))) {
			word += str_starts(word, "MEDIA_RESOLUTION_") ? 17 : 0;
			level = level_of(media_names, word);
			if (level < 0)
				return error_set(err, VTOK_E_USAGE,
						 "--client: %s: not a level: \"%s\"", key, s->text);
			c->setup.knobs.media = (enum media_resolution)level;
		}
	}
	return true;
}

/* ------------------------------------------------------------ processors */

/* The checkpoint's own, of which the engine's may be a variant. */
static const struct processor *family_of(const struct registry *r, const struct processor *p)
{
	char bare[TARGET_NAME];

	if (p->hosted.vendor)
		return p;
	str_format(bare, sizeof(bare), "%.*s", (int)strcspn(p->id, "@"), p->id);
	const struct processor *own = registry_processor(r, bare);

	return own ? own : p;
}

/* As it counts with what was turned on this command line and what the server and the request say.
 */
static void set_processors(struct checking *c)
{
	const struct limit_caps known = {
		.caps = c->registry->caps,
		.caps_n = c->registry->caps_n,
		.places = c->registry->settings,
		.places_n = c->registry->settings_n,
	};
	struct limit_case *j = &c->judged;
	struct rule turned;

	j->own = c->targets.list[0].processor;
	j->family = family_of(c->registry, j->own);
	count_prepare(&turned, j->own, LENS_EXACT, &c->setup.knobs);
	c->server = *turned.processor;
	c->request = *turned.processor;
	limit_apply(&known, j, false, &c->server);
	limit_apply(&known, j, true, &c->request);
	j->server = &c->server;
	j->request = &c->request;
	j->v_max = limit_greatest(&c->request);
	j->server_max = limit_greatest(&c->server);
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
	setup_point(&c->setup, &c->targets.list[0], r, &c->room);
	return true;
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
	if (!set_target(c, r, err) || !match_engine(c, vendor, err) || !read_settings(c, o, err) ||
	    (c->judged.vendor && !set_level(c, err)))
		return false;
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

/* ------------------------------------------------------------ inputs */

static void count_into(const struct checking *c, int64_t n, struct limit_image *out)
{
	struct count own, reference;
	struct knobs knobs = {.detail = c->setup.knobs.detail,
			      .media = c->setup.knobs.media,
			      .images = (int32_t)n};

	count_image(c->judged.request, LENS_EXACT, &knobs, out->width, out->height, &own, NULL);
	count_image(c->judged.family, LENS_EXACT, &knobs, out->width, out->height, &reference,
		    NULL);
	out->is_refused = own.refused;
	out->visual = own.refused ? -1 : own.visual;
	out->special = !own.refused && own.has_special ? own.special : 0;
	out->resized_w = own.refused ? 0 : own.resized_w;
	out->resized_h = own.refused ? 0 : own.resized_h;
	out->reference = reference.refused ? -1 : reference.visual;
}

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
	count_into(c, n, out);
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
