/* The vision tower: a shipped one of the same dimensions where there is one, otherwise a [tower] of
 * its own. */
#include <string.h>

#include "base/base.h"
#include "base/str.h"
#include "import/importer.h"

/* Pixels; the number of patches in a window of that side still fits. */
enum { SIDE_MOST = 16384 };

static const char *vision_type(const struct importer *im)
{
	const json_t *j = node_find(&im->tower, "model_type");

	return json_is_string(j) ? json_string_value(j) : im->type;
}

/* Three matrices in the feed-forward part. */
static bool is_gated(const struct importer *im)
{
	static const char *const gated[] = {"qwen2_5_vl", "pixtral", "glm4v",
					    "glm46v",     "aimv2",   "gemma4"};
	const char *type = vision_type(im);

	for (size_t i = 0; i < ARRAY_SIZE(gated); i++)
		if (str_starts(type, gated[i]))
			return true;
	return false;
}

/* Layers that run: a feature layer of -2 leaves the last one out. */
static void read_layers(struct importer *im, struct tower *t)
{
	int64_t feature, global;

	node_int32(&im->tower, "depth|num_hidden_layers|layers|vt_num_hidden_layers", 1, 1000,
		   &t->layers_stored);
	if (node_int(&im->tower, "num_global_layers", 0, 1000, &global))
		t->layers_stored += (int32_t)global;
	t->layers_run = t->layers_stored;
	if (!json_is_array(node_find(&im->config, "vision_feature_layer")) &&
	    node_int(&im->config, "vision_feature_layer", -1000, 1000, &feature) && feature < -1 &&
	    feature + 1 + t->layers_stored > 0)
		t->layers_run = t->layers_stored + 1 + (int32_t)feature;
}

/* Windows of Qwen2.5-VL: a side in pixels, and the layers that see everything. */
static void read_windows(struct importer *im, struct tower *t)
{
	int64_t px;
	const json_t *full = node_array(&im->tower, "fullatt_block_indexes");

	if (!full || !node_int(&im->tower, "window_size", 1, SIDE_MOST, &px) || t->patch < 1)
		return;
	int32_t side = (int32_t)px / t->patch;
	t->window_patches = side * side;
	t->full_layers = (int32_t)json_array_size(full);
	if (t->full_layers > t->layers_run)
		t->full_layers = t->layers_run;
}

/* Families that feed one size give their sequence; a class token is one position more. */
static void read_positions(struct importer *im, struct tower *t)
{
	int32_t side = 0;
	bool native = im->processor.merge > 1 && im->processor.tile == 0;

	if (native || im->processor.tile == 0 || t->patch < 1)
		return;
	if (!node_side(&im->tower, "image_size", &side))
		side = im->processor.tile;
	t->positions = side / t->patch * (side / t->patch);
	if (strstr(vision_type(im), "clip_vision") || strstr(vision_type(im), "intern"))
		t->positions++;
}

static bool same(const struct tower *a, const struct tower *b)
{
	return a->hidden == b->hidden && a->ffn == b->ffn && a->ffn_mats == b->ffn_mats &&
	       a->heads == b->heads && a->patch == b->patch && a->frames == b->frames &&
	       a->layers_run == b->layers_run && a->window_patches == b->window_patches;
}

/* A tower that is equal in all; where the sequence follows from the image, that says too little,
 * and it must be the family's own. Then the family's own if only the positions differ: they hold
 * padding and class tokens that no file tells. */
static const char *find_shipped(const struct importer *im, const struct tower *t)
{
	const struct model *m =
		im->family->model ? registry_model(&im->shipped, im->family->model) : NULL;

	for (size_t i = 0; i < im->shipped.towers_n; i++)
		if (same(t, im->shipped.towers[i]) &&
		    t->positions == im->shipped.towers[i]->positions &&
		    (t->positions || !m || m->tower == im->shipped.towers[i]))
			return im->shipped.towers[i]->id;
	return m && m->tower && same(t, m->tower) ? m->tower_id : NULL;
}

/* Weights of the layers, the patch embedding and the positions; biases and norms are below a
 * percent. */
static double count_params(const struct tower *t)
{
	double h = t->hidden;
	double layer = 4 * h * h + (double)t->ffn_mats * h * t->ffn;

	return t->layers_stored * layer + 3.0 * t->frames * t->patch * t->patch * h +
	       t->positions * h;
}

/* What the code of a family does and no file says: gated towers have RMS norms; those of the Qwen
 * family rotate, keep query, key and value in one matrix and attend sequence by sequence. */
static void read_habits(const struct importer *im, struct tower *t)
{
	static const char *const by_sequence[] = {"qwen2_vl", "qwen2_5_vl", "qwen3", "glm4"};

	t->norm = t->ffn_mats >= 3 ? NORM_RMS : NORM_LAYER;
	t->quick_gelu = str_starts(im->type, "qwen2_vl");
	for (size_t i = 0; i < ARRAY_SIZE(by_sequence); i++)
		if (str_starts(im->type, by_sequence[i])) {
			t->rotary = t->reads_lengths = true;
			t->split_qkv = false;
		}
}

void import_tower(struct importer *im)
{
	struct tower *t = &im->tower_entry;
	double ratio;

	*t = (struct tower){.frames = 1,
			    .ffn_mats = is_gated(im) ? 3 : 2,
			    .norms = 2,
			    .split_qkv = true,
			    .conv_share = 1};
	if (json_is_array(node_find(&im->tower, "num_heads|depths"))) {
		import_note(im, "vision_config has stages of several widths: no [tower]");
		return;
	}
	read_habits(im, t);
	node_int32(&im->tower, "embed_dim|width|hidden_size|vt_hidden_size", 1, 65536, &t->hidden);
	if (!node_int32(&im->tower, "intermediate_size|vt_intermediate_size", 1, 1048576,
			&t->ffn) &&
	    node_num(&im->tower, "mlp_ratio", 0.1, 100, &ratio))
		t->ffn = (int32_t)(ratio * t->hidden);
	if (str_starts(im->type, "glm4")) /* intermediate_size there is the projector's */
		node_int32(&im->tower, "out_hidden_size", 1, 1048576, &t->ffn);
	node_int32(&im->tower,
		   "num_heads|num_attention_heads|attention_heads|heads|vt_num_attention_heads", 1,
		   1024, &t->heads);
	node_side(&im->tower, "patch_size|spatial_patch_size", &t->patch);
	node_int32(&im->tower, "temporal_patch_size", 1, 64, &t->frames);
	read_layers(im, t);
	read_windows(im, t);
	read_positions(im, t);
	im->tower_id = t->hidden ? find_shipped(im, t) : NULL;
	if (im->tower_id)
		return;
	if (!t->hidden || !t->ffn || !t->heads || !t->patch || !t->layers_run ||
	    t->hidden % t->heads) {
		if (im->tower.obj)
			import_note(
				im,
				"vision_config lacks layers, widths, heads or patch: no [tower]");
		return;
	}
	t->id = t->name = im->id;
	t->source = "config.json, vision_config";
	t->unverified = "params";
	t->params = count_params(t);
	im->has_tower = true;
}
