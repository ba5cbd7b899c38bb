/* What costs are computed from: a checkpoint, an accelerator, a serving engine, a request. Plain
 * structs; every quantity names its unit; filled by the registry. "-" in a comment: does not apply
 * when 0. */
#ifndef VTOK_CORE_MODEL_H
#define VTOK_CORE_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/preprocess.h"
#include "core/price.h"
#include "core/processor.h"
#include "core/reason.h"
#include "core/rent.h"

/* The number formats, in the order of their menus: constant and name, as on the command line and in
 * the files. Those of ggml stand for the file types of llama.cpp, which mix several of its blocks
 * (core/weights.c). */
// clang-format off
#define DTYPE_LIST(X)                                                                              \
	X(FP32, "fp32") X(FP16, "fp16") X(BF16, "bf16") X(FP8, "fp8") X(INT8, "int8")              \
	X(INT4, "int4") X(FP4, "fp4") X(Q8_0, "q8_0") X(Q4_0, "q4_0") X(Q4_K_M, "q4_k_m")          \
	X(AWQ, "awq") X(MXFP4, "mxfp4") X(Q6_K, "q6_k") X(Q5_K_M, "q5_k_m") X(Q5_K_S, "q5_k_s")    \
	X(Q5_0, "q5_0") X(Q4_K_S, "q4_k_s") X(IQ4_NL, "iq4_nl") X(IQ4_XS, "iq4_xs")                \
	X(Q3_K_L, "q3_k_l") X(Q3_K_M, "q3_k_m") X(Q3_K_S, "q3_k_s") X(IQ3_M, "iq3_m")              \
	X(IQ3_XXS, "iq3_xxs") X(Q2_K, "q2_k") X(IQ2_M, "iq2_m") X(IQ2_XS, "iq2_xs")                \
	X(IQ2_XXS, "iq2_xxs") X(IQ1_M, "iq1_m") X(IQ1_S, "iq1_s") X(FP4_FP8, "nvfp4-fp8")

enum dtype {
#define DTYPE_ENUM(id, name) DTYPE_##id,
	DTYPE_LIST(DTYPE_ENUM)
#undef DTYPE_ENUM
	DTYPE_N,
	DTYPE_STORED = DTYPE_N, /* of weights: what the checkpoint is stored in */
};
// clang-format on

enum kv_kind {
	KV_FULL,   /* every layer grows */
	KV_WINDOW, /* some layers stop at the window */
	KV_CHUNK,  /* attention in chunks (Llama 4): those layers stop at the chunk */
	KV_MLA,    /* one latent and one rotary part per layer, shared by all heads */
	KV_HYBRID, /* some layers keep a fixed state instead */
	KV_CROSS,  /* cross-attention layers hold vision positions, not text */
	KV_N
};

/* How the norms of a network are written; an eager engine launches each step of them. */
enum norm_kind {
	NORM_LAYER,      /* with mean and bias: one kernel */
	NORM_RMS,        /* root mean square, in 32 bit */
	NORM_RMS_OFFSET, /* the same, its weight stored less one */
	NORM_N
};

/* What a quantised checkpoint's files hold in their format. */
enum stored_part {
	STORED_MATRICES, /* every matrix but embeddings, output matrix and routers */
	STORED_EXPERTS,  /* the routed experts alone */
	STORED_N
};

/* A vision tower. Section 10e of the facts. */
struct tower {
	const char *id, *aliases, *name, *source, *unverified;
	bool is_conv;                         /* no transformer: flops_per_mpx counts */
	int32_t layers_run, layers_stored;    /* of the (last) transformer stage */
	int32_t hidden, ffn, ffn_mats, heads; /* ffn_mats 3 = gated */
	int32_t patch, frames;                /* pixels; temporal patch */
	int32_t positions;      /* sequence per tile, class token included; 0 = from the image */
	int32_t window_patches; /* patches per attention window; 0 = none */
	int32_t full_layers;    /* layers without window; layers_run where there is none */
	/* a first stage before it (DeepEncoder's SAM): 0 = none */
	int32_t stage1_layers, stage1_hidden, stage1_ffn, stage1_heads, stage1_window,
		stage1_full_layers;
	/* what an eager engine launches kernel by kernel */
	enum norm_kind norm;
	int32_t norms;      /* of one layer */
	bool qk_norm;       /* and of queries and keys */
	bool split_qkv;     /* query, key and value are three products */
	bool rotary;        /* rotates queries and keys, in 32 bit */
	bool quick_gelu;    /* x sigmoid(1.702 x) */
	bool layer_scale;   /* a product behind each half of a layer */
	bool reads_lengths; /* attention is called sequence by sequence, window by window */

	double flops_per_mpx; /* convolutional towers: FLOP per 10^6 pixels */
	double conv_share;    /* what it reaches of what convolutional towers reach */
	double params;        /* number of parameters */
};

struct model {
	const char *id, *aliases, *name, *hf_repo, *source, *note, *unverified;
	const char *processor_id, *tower_id;
	const struct processor *processor; /* NULL: text alone */
	const struct tower *tower;         /* NULL: not known */
	const struct price *price;         /* of a hosted model; NULL: not known */
	const char *unknown;               /* why its dimensions are not known; NULL: they are */
	bool is_stand_in; /* made for a processor by itself: nothing below is known */

	/* language model */
	int32_t layers, hidden, ffn, q_heads, kv_heads, head_dim;
	int32_t vocab, in_rows; /* in_rows: input embedding rows beyond vocab */
	bool tied;              /* input embedding and output matrix are one */
	bool gated;             /* FFN has three matrices */
	bool output_gate;       /* of attention, though no layer has a recurrent state */
	enum norm_kind norm;
	int32_t norms;                /* of one layer */
	bool qk_norm;                 /* and of queries and keys */
	int64_t context;              /* positions an engine reads from the configuration */
	enum dtype stored;            /* number format of the files */
	enum stored_part stored_part; /* what of the files is in it; the rest is in 16 bit */
	double stored_bytes;          /* per parameter in it; 0 = as the format has */

	/* cache: elements are K and V together, per layer and token */
	enum kv_kind kv_kind;
	int32_t grow_layers, grow_elems, win_layers, win_elems, window;
	int32_t mla_kv_rank, mla_rope, mla_nope, mla_v, mla_q_rank;
	int32_t linear_layers, linear_key_heads, linear_value_heads, linear_head, linear_state,
		conv_kernel;
	int32_t bare_layers; /* a feed-forward part alone; 0 = every layer has one (Nemotron-H) */
	int32_t conv_layers; /* short convolutions (LFM2); conv_kernel positions of hidden each */
	int32_t cross_layers, cross_elems, cross_positions; /* positions per tile */
	int32_t global_layers, global_head_dim, global_kv_heads, shared_layers, shared_ffn_width;

	/* mixture of experts; experts 0 = dense */
	int32_t moe_layers, experts, top_k, expert_ffn, shared_ffn, dense_layers, dense_ffn;

	/* projector and sums, numbers of parameters */
	int32_t projector_in;      /* width of its input row (pooled or merged) */
	int32_t projector_mergers; /* Qwen3-VL runs 4 (DeepStack); others 1 */
	double projector_params, llm_params, active_params, extra_params, total_params;
	double lookup_params; /* per-layer embedding tables: in llm_params, never multiplied */
};

/* Width of the keys of a recurrent layer: a state is heads x head x this. */
static inline double model_linear_state(const struct model *m)
{
	return m->linear_state > 0 ? m->linear_state : m->linear_head;
}

/* Layers that have a feed-forward part. */
static inline int32_t model_ffn_layers(const struct model *m)
{
	return m->bare_layers > 0 ? m->bare_layers : m->layers;
}

/* The delta-net hybrids (Qwen3.5) gate the output of their full layers; those with a state of its
 * own width (Mamba-2) do not. */
static inline bool model_gates_output(const struct model *m)
{
	return m->output_gate || (m->linear_layers > 0 && m->linear_state == 0);
}

/* Constants of a device generation: table 2.8 of the prefill model. */
struct generation {
	const char *id, *name, *source;
	double e_f16, e_fp8, e_fp4; /* share of the peak a large GEMM reaches; 0 = path absent */
	double e_bw;                /* share of the bandwidth */
	double t0_s;                /* launch of one kernel */
	double graph_s;     /* the same within a recorded graph, as decoding runs; 0 = t0_s */
	double p;           /* exponent of the smooth maximum */
	double a64, a128;   /* attention efficiency at head size 64 and 128 */
	double a_unaligned; /* heads below 128 that are no multiple of 16; 0 = as others */
	double w0;
	double ta_s;
	double t_half_causal, t_half_bidir;
	bool fitted; /* to measured kernels; else set by analogy: the wide band */
};

struct hardware {
	const char *id, *aliases, *name, *source, *note, *unverified;
	const char *generation_id;
	const struct generation *generation; /* NULL: no constants; prefill says why */
	const struct rent *rents;            /* what an hour of it costs: core/rent.h; NULL =
						not known */
	double mem_bytes;                    /* as the driver reports where known */
	double driver_mem_bytes; /* the total that a process sees: less; 0 = not seen, mem_bytes */
	double bw_bytes_per_s;   /* peak */
	double fp32, tf32, fp16, fp16_acc16, bf16, fp8, int8,
		fp4;             /* dense peaks, FLOP/s (OP/s); 0 = no such rate */
	double link_bytes_per_s; /* per direction */
	double watt;
	int32_t sms;  /* multiprocessors or GPU cores */
	bool unified; /* the CPU's memory too */
};

/* Which peak of the device an engine's matrix products run against. */
enum engine_path {
	PATH_BY_PRECISION, /* fp4, fp8 where weights and chip have it, else 16 bit */
	PATH_F16,          /* 16 bit in, fp32 accumulate */
	PATH_F16_ACC16,    /* 16 bit accumulate: double rate on GeForce, the same elsewhere */
	PATH_INT8,
	PATH_FP8,
	PATH_FP4,
	PATH_FIXED, /* profile.peak, whatever the device (Neural Engine) */
	PATH_N
};

/* Conditions of a profile that are neither a device nor a dtype. */
enum profile_part { PART_ANY, PART_LLM, PART_VISION, PART_N };
enum profile_when { WHEN_ANY, WHEN_YES, WHEN_NO, WHEN_N };

/* How an engine drives one kind of device: section 2.9 of the prefill model. An engine owns a chain
 * of them in file order; the first one whose conditions hold is taken, so the special ones stand
 * before the general ones. */
struct profile {
	const char *id, *engine_id, *source, *note;
	const struct profile *next; /* of the same engine */

	/* conditions; NULL = any. Words are separated by blanks */
	const char *generations, *hardware,
		*weights; /* ids of generations, of devices, names of dtypes */
	enum profile_part part;
	enum profile_when moe;    /* the checkpoint has experts */
	enum profile_when images; /* the request has images */

	/* what then holds */
	enum engine_path path;
	double peak; /* FLOP/s, PATH_FIXED only */
	double e;    /* share of the peak a large product reaches; > 0 replaces the generation's */
	double e_factor;         /* multiplies the generation's e where e is 0 */
	int32_t chunk;           /* tokens per pass; 0 = all at once */
	bool unfused;            /* the score matrix goes through memory */
	double score_bytes;      /* per score, unfused only */
	double traffic;          /* element-wise traffic relative to one pass */
	double fixed_s;          /* once per request */
	double copy_bytes_per_s; /* of prepared pictures to the device; 0 = not charged */
	double cpu_s_per_layer;  /* dispatch by the CPU; the GPU waits when it is slower */
	/* the same of an eager engine, kernel by kernel; dispatch_s 0 = not eager */
	double dispatch_s, dispatch_product_s, dispatch_attention_s;
	double dispatch_lengths_s; /* per layer of a tower that reads lengths */
	double conv_e;             /* share of the peak a convolutional tower reaches */
	bool no_launch;  /* a compiled accelerator: no kernel launches, no element-wise passes */
	bool calibrated; /* fitted to measurements: the narrow band */
};

/* How an engine spends one step of decoding on one kind of device: section 1 of the decode model.
 * An engine owns a chain of them in file order; the first one whose conditions hold is taken. */
struct pace {
	const char *id, *engine_id, *source, *note;
	const struct pace *next; /* of the same engine */

	/* conditions, as those of a profile; NULL = any */
	const char *generations, *hardware, *weights;
	enum profile_when moe;

	/* what then holds */
	double e, e_kv; /* share of the bandwidth that weights reach; that the cache does */
	double kernels; /* launches of one layer */
	double kernels_unpacked; /* the same with 4 and 8 bit integer weights; 0 = kernels */
	double fixed_s;          /* once per step */
	double cpu_s_per_layer;  /* dispatch by the CPU; the GPU waits when it is slower */
	enum engine_path path;   /* of the products, against the peak as in a profile */
	double compute_e;        /* share of that peak; 0 = the generation's */
	/* bytes per weight of experts, of the rest, of the output matrix; 0 = as the format has */
	double expert_bytes, dense_bytes, head_bytes;
	bool splits_layers; /* several GPUs hold layers, not heads */
	bool splits_data;   /* attention of several GPUs: whole requests, not heads */
	bool fitted;        /* to measurements: the narrow band */
};

/* How an engine decides what is left for the cache: core/memory_*.c. */
enum memory_rule {
	MEMORY_WHOLE,    /* no server: the device, less weights and one request */
	MEMORY_PROFILE,  /* a run at start-up tells the reserve (vLLM) */
	MEMORY_FRACTION, /* a share worked out from the device and the tower (SGLang) */
	MEMORY_BUFFERS,  /* buffers that are allocated at the start (llama.cpp, ollama) */
	MEMORY_N
};

/* Counts are known of every engine; of some nobody has measured more. */
enum engine_costs { ENGINE_COSTS_KNOWN, ENGINE_COSTS_NONE };

struct engine {
	const char *id, *aliases, *name, *source, *note, *unverified;
	const char *profiles_of; /* id of an engine whose profiles it shares; NULL = its own */
	/* EXIF: whether it turns pictures; of an older version, or before a day, it did not */
	enum orientation orientation;
	const char *orientation_since, *orientation_source;
	int32_t orientation_from; /* yyyymmdd; 0 = always */
	enum engine_costs costs;
	const char *counts_as; /* id of an engine whose variants count where it has none; NULL */
	const struct profile *profiles; /* first of the chain; the registry links it */
	const struct pace *paces;       /* of the steps of decoding, likewise */
	int32_t block_tokens;           /* paged cache block; 1 = not paged */

	/* memory. A version before `since` (core/version.h) has the older value; NULL = always */
	enum memory_rule memory;
	double utilisation,
		utilisation_before; /* share of the memory the engine takes; 0 = by rule */
	const char *utilisation_since;
	/* on every GPU, outside the allocator of the profile run: usual, least and most;
	 * framework_group comes on top where there are several, framework_switch where their
	 * links are as fast */
	double framework_bytes, framework_low, framework_high, framework_group, framework_switch;
	double switch_bytes_per_s; /* a link of such machines, per direction */
	double graphs_bytes, graphs_low,
		graphs_high; /* CUDA graphs, as the engine subtracts them */
	const char *graphs_since;
	double graphs_state_bytes; /* most that hybrids add, per token of a step */
	const char *graphs_state_since;
	double sampler_bytes, sampler_high; /* per row and word of the vocabulary at profiling */
	int32_t max_batched_tokens; /* per step: sizes activations, window need, encoder profiling;
				       0 = one request */
	int32_t small_batched_tokens;  /* the same on small devices; 0 = no difference */
	int32_t max_sequences;         /* rows of logits kept at profiling, or slots; 0 = one */
	int32_t small_sequences;       /* the same on small devices; 0 = no difference */
	double small_memory_bytes;     /* devices below it are small */
	const char *small_generations; /* and those of these generations, whatever their memory */
	int32_t state_blocks; /* pages a group of layers with a state takes; 0 = no shared pages */
	bool splits_layers;   /* several GPUs hold layers, not heads: one after the other works */
	bool reserves_output; /* a request has the cache of its whole answer from the start */
	int32_t micro_batch;  /* tokens of one pass: rows of logits in the compute buffer */
	bool unfused_tower;   /* the tower's scores go through memory */
	/* context by memory where none is given, positions; 0 = the model's own */
	int32_t context_small, context_middle, context_large;
	double middle_memory_bytes, large_memory_bytes; /* of all GPUs, for the last two */

	/* before the encoder */
	const char *decoder_id, *preprocess_id;
	const struct decoder *decoder;       /* NULL: not known */
	const struct preprocess *preprocess; /* its own code; NULL: the processor's */
	enum preprocess_way prepares;        /* what PREPROCESS_AUTO stands for */
	int32_t cpu_threads;                 /* of the processor */

	/* videos */
	enum video_sampler video;
	int32_t video_frames;        /* that SAMPLER_EVEN takes */
	bool video_outer;            /* keeps the pair around a video whose groups have their own */
	const char *video_cap_since; /* first version that caps frames beside their total */

	/* how it is started, for rules about it: words between blanks */
	const char *flags;     /* settings with a value that some rule reads: "max-model-len" */
	const char *switches;  /* and those without one */
	const char *spellings; /* "c=ctx-size": other names of them */
	const char *releases;  /* "0.15=2026-02-04": days of its versions, rising */
};

/* Who decides whether a picture is turned by its EXIF orientation. */
enum orientation_ask {
	ORIENTATION_ASK_AUTO, /* what is known of whoever counts */
	ORIENTATION_ASK_APPLY,
	ORIENTATION_ASK_IGNORE,
	ORIENTATION_ASK_N
};

/* What one asks about: a request to a model on some hardware and engine. */
struct setup {
	const struct model *model;
	const struct hardware *hardware;
	const struct engine *engine;
	enum lens lens;
	struct knobs knobs;
	int64_t width, height; /* pixels of one image */
	int64_t images;        /* 0 = text alone */
	int64_t text_tokens, reserve_tokens;
	int64_t context_limit;          /* 0 = the model's own */
	int32_t tensor_parallel;        /* GPUs, 1 at least */
	enum dtype weights, kv;         /* of weights: DTYPE_STORED too */
	enum preprocess_way preprocess; /* who prepares the pictures */
	int32_t cpu_threads;            /* that prepare them; 0 = as the engine does */
	int64_t file_bytes;             /* of one picture's file; 0 = not known */
	int64_t file_pixels; /* in that file: another size counts as compressed as much; 0 = as many
				as asked for */
	enum image_format file_format; /* where file_bytes is known */
	double price_usd; /* of a million input tokens, in place of the model's; 0 = not given */
	int32_t day;      /* yyyymmdd: how old a price is; 0 = not known */

	/* traffic and money; 0 = not given */
	double rate_per_s; /* requests that come in */
	double ttft_s;     /* longest time to the first token that is accepted, at `quantile` */
	double quantile;   /* of those times: USUAL_QUANTILE where it is 0 */
	double itl_s;      /* longest time between tokens: USUAL_ITL_MS where it is 0 */
	double rent_usd;   /* of a device and hour, in place of what is known */

	enum orientation_ask orientation;
	bool by_engine; /* the engine was named: its variants count where there are some */

	/* what the server was told; 0 = what the engine does by itself */
	int32_t engine_version;     /* version_number() of it; 0 = the newest */
	double utilisation;         /* share of the memory the engine takes */
	int32_t max_batched_tokens; /* of one step */
	int32_t max_seqs;           /* requests in one step; slots of llama.cpp */
	int32_t limit_images;       /* of one prompt, plus 1; 0 = no limit */
};

/* Bytes per parameter as stored, scales included (section 2.9 of the prefill model); an average
 * over the layers where a format mixes several. Not of DTYPE_STORED. */
double dtype_bytes(enum dtype t);

/* Bytes per cache element: plain 8 and 4 bit count without scales, the block formats with them; 0:
 * no cache is kept in it. */
double dtype_kv_bytes(enum dtype t);

const char *dtype_name(enum dtype t); /* as on the command line: "bf16"; "stored" */
bool dtype_is_ggml(enum dtype t);     /* a file type of llama.cpp */

/* ASCII case ignored, names of other programs ("nvfp4", "f16") taken; false leaves *out alone. */
bool dtype_find(const char *name, enum dtype *out);

/* Whether a list of names between blanks has this format: by its name, or "ggml" for those of
 * llama.cpp. An empty list, or none, has all. */
bool dtype_listed(const char *words, enum dtype t);

/* The format the weights of a setup are loaded in: what was asked, or what the checkpoint is stored
 * in; files in 32 bit are loaded in 16, as the servers do (vLLM's dtype auto). */
enum dtype setup_weights(const struct setup *s);

/* True if a vendor serves the model: there is no device behind it. */
bool setup_is_hosted(const struct setup *s);

/* Why a model has no costs at all; REASON_NONE where its dimensions are there. */
enum reason model_no_costs(const struct model *m);

#endif
