/* What costs are computed from: a checkpoint, an accelerator, a serving engine. Plain structs; every quantity names its
 * unit; filled by the registry. "-" in a comment: does not apply when 0. */
#ifndef VTOK_CORE_MODEL_H
#define VTOK_CORE_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/processor.h"

enum dtype {
	DTYPE_FP32, DTYPE_FP16, DTYPE_BF16, DTYPE_FP8, DTYPE_INT8, DTYPE_INT4, DTYPE_FP4,
	DTYPE_Q8_0, DTYPE_Q4_0, DTYPE_Q4_K_M, DTYPE_AWQ,
	DTYPE_N
};

enum kv_kind {
	KV_FULL,   /* every layer grows */
	KV_WINDOW, /* some layers stop at the window */
	KV_CHUNK,  /* attention in chunks (Llama 4): those layers stop at the chunk */
	KV_MLA,	   /* one latent and one rotary part per layer, shared by all heads */
	KV_HYBRID, /* some layers keep a fixed state instead */
	KV_CROSS,  /* cross-attention layers hold vision positions, not text */
	KV_N
};

/* A vision tower. Section 10e of the facts. */
struct tower {
	const char *id, *name, *source, *unverified;
	bool is_conv;			    /* no transformer: flops_per_mpx counts */
	int32_t layers_run, layers_stored;  /* of the (last) transformer stage */
	int32_t hidden, ffn, ffn_mats, heads; /* ffn_mats 3 = gated */
	int32_t patch, frames;		    /* pixels; temporal patch */
	int32_t positions;		    /* sequence per tile, class token included; 0 = from the image */
	int32_t window_patches;		    /* patches per attention window; 0 = none */
	int32_t full_layers;		    /* layers without window; layers_run where there is none */
	/* a first stage before it (DeepEncoder's SAM): 0 = none */
	int32_t stage1_layers, stage1_hidden, stage1_ffn, stage1_heads, stage1_window, stage1_full_layers;
	double flops_per_mpx; /* convolutional towers: FLOP per 10^6 pixels */
	double params;	      /* number of parameters */
};

struct model {
	const char *id, *aliases, *name, *hf_repo, *source, *note, *unverified;
	const char *processor_id, *tower_id;
	const struct processor *processor; /* never NULL in a loaded registry */
	const struct tower *tower;	   /* NULL: not known */

	/* language model */
	int32_t layers, hidden, ffn, q_heads, kv_heads, head_dim;
	int32_t vocab, in_rows;	  /* in_rows: input embedding rows beyond vocab */
	bool tied;		  /* input embedding and output matrix are one */
	bool gated;		  /* FFN has three matrices */
	int64_t context;	  /* positions an engine reads from the configuration */
	enum dtype stored;

	/* cache: elements are K and V together, per layer and token */
	enum kv_kind kv_kind;
	int32_t grow_layers, grow_elems, win_layers, win_elems, window;
	int32_t mla_kv_rank, mla_rope, mla_nope, mla_v, mla_q_rank;
	int32_t linear_layers, linear_key_heads, linear_value_heads, linear_head, conv_kernel;
	int32_t conv_layers;	  /* short convolutions (LFM2); conv_kernel positions of hidden each */
	int32_t cross_layers, cross_elems, cross_positions; /* positions per tile */
	int32_t global_layers, global_head_dim, global_kv_heads, shared_layers, shared_ffn_width;

	/* mixture of experts; experts 0 = dense */
	int32_t moe_layers, experts, top_k, expert_ffn, shared_ffn, dense_layers, dense_ffn;

	/* projector and sums, numbers of parameters */
	int32_t projector_in; /* width of its input row (pooled or merged) */
	int32_t projector_mergers; /* Qwen3-VL runs 4 (DeepStack); others 1 */
	double projector_params, llm_params, active_params, extra_params, total_params;
	double lookup_params; /* per-layer embedding tables: in llm_params, never multiplied */
};

/* Constants of a device generation: table 2.8 of the prefill model. */
struct generation {
	const char *id, *name, *source;
	double e_f16, e_fp8, e_fp4; /* share of the peak a large GEMM reaches; 0 = path absent */
	double e_bw;		    /* share of the bandwidth */
	double t0_s;		    /* launch of one kernel */
	double p;		    /* exponent of the smooth maximum */
	double a64, a128;	    /* attention efficiency at head size 64 and 128 */
	double w0;
	double ta_s;
	double t_half_causal, t_half_bidir;
	bool fitted; /* to measured kernels; else set by analogy: the wide band */
};

struct hardware {
	const char *id, *aliases, *name, *source, *note, *unverified;
	const char *generation_id;
	const struct generation *generation; /* NULL: no constants; prefill says why */
	double mem_bytes;      /* as the driver reports where known */
	double bw_bytes_per_s; /* peak */
	double fp32, tf32, fp16, fp16_acc16, bf16, fp8, int8, fp4; /* dense peaks, FLOP/s (OP/s); 0 = no such rate */
	double link_bytes_per_s; /* per direction */
	double watt;
	int32_t sms; /* multiprocessors or GPU cores */
	double gemm_factor; /* derating of e for this chip, 1 = none (GB10: 0.7 on llama.cpp) */
	bool unified; /* the CPU's memory too */
};

struct engine_profile;

struct engine {
	const char *id, *aliases, *name, *source, *note, *unverified;
	int32_t block_tokens;	     /* paged cache block */
	double utilisation;	     /* share of memory the engine takes */
	double framework_bytes;	     /* reserve per GPU */
	/* profile of 2.9; which_* choose by precision and generation in registry data */
	int32_t path;	   /* enum engine_path */
	double e;	   /* replaces the generation's e when > 0 */
	double e_factor;   /* multiplies it otherwise */
	int32_t chunk;	   /* tokens per pass; 0 = all at once */
	bool unfused;	   /* score matrix goes through memory */
	double score_bytes; /* mb */
	double traffic;	   /* x */
	double fixed_s;
	double cpu_s_per_layer;
	double preprocess_s_per_mpx; /* 0: none charged */
	int32_t max_batched_tokens; /* sizes the window need and the encoder profiling; 0 = not an issue */
	bool calibrated;
};

enum engine_path {
	PATH_BY_PRECISION, PATH_F16, PATH_F16_ACC16, PATH_INT8, PATH_FP8, PATH_FP4,
	PATH_N
};

/* Bytes per parameter (2.9: Q8_0 1.0625, Q4_K_M 0.606, ...), name as on the command line, NULL-safe lookup. */
double dtype_bytes(enum dtype t);
const char *dtype_name(enum dtype t);
bool dtype_find(const char *name, enum dtype *out);

#endif
