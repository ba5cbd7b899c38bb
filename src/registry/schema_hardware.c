/* [hardware ID]: an accelerator; [generation ID]: what its kind reaches of the peak in practice. */
#include <assert.h>
#include <stddef.h>

#include "base/base.h"
#include "core/model.h"
#include "registry/schema.h"

#define AT(m) FIELD_AT(struct hardware, m)
#define GEN_AT(m) FIELD_AT(struct generation, m)

// clang-format off
static const struct field hardware_fields[] = {
	/* key, type, unit, least, most, default, help, place */
	{"name",       FIELD_TEXT,  "",	     0,	  0,	NULL, "name for people", AT(name)},
	{"aliases",    FIELD_WORDS,  "",	     0,	  0,	"",   "other ids, blanks between; may be repeated", AT(aliases)},
	{"source",     FIELD_TEXT,  "",	     0,	  0,	"",   "where the values come from", AT(source)},
	{"note",       FIELD_TEXT,  "",	     0,	  0,	"",   "what people should know", AT(note)},
	{"unverified", FIELD_TEXT,  "",	     0,	  0,	"",   "keys whose values could not be confirmed", AT(unverified)},
	{"generation", FIELD_TEXT,  "",	     0,	  0,	"",   "the [generation] it belongs to", AT(generation_id)},
	{"mem",	       FIELD_BYTES, "bytes", 1,	  1e15, NULL, "memory of one device, as its driver reports it", AT(mem_bytes)},
	{"driver-mem", FIELD_BYTES, "bytes", 0,	  1e15, "0",  "total that a process sees; 0 = not seen, mem", AT(driver_mem_bytes)},
	{"unified",    FIELD_BOOL,  "",	     0,	  0,	"no", "the processor's memory too", AT(unified)},
	{"bandwidth",  FIELD_RATE,  "",	     1,	  1e15, NULL, "peak memory bandwidth", AT(bw_bytes_per_s)},
	{"fp32",       FIELD_FLOPS, "",	     0,	  1e18, "0",  "dense peak in fp32", AT(fp32)},
	{"tf32",       FIELD_FLOPS, "",	     0,	  1e18, "0",  "dense peak in tf32; 0 = no such rate", AT(tf32)},
	{"fp16",       FIELD_FLOPS, "",	     0,	  1e18, "0",  "dense peak in fp16 summed in fp32; 0 = no such rate", AT(fp16)},
	{"fp16-acc16", FIELD_FLOPS, "",	     0,	  1e18, "0",  "dense peak in fp16 summed in fp16, where it differs", AT(fp16_acc16)},
	{"bf16",       FIELD_FLOPS, "",	     0,	  1e18, "0",  "dense peak in bf16; 0 = no such rate", AT(bf16)},
	{"fp8",	       FIELD_FLOPS, "",	     0,	  1e18, "0",  "dense peak in fp8; 0 = no such rate", AT(fp8)},
	{"int8",       FIELD_FLOPS, "OP/s",     0,	  1e18, "0",  "dense peak in int8; 0 = no such rate", AT(int8)},
	{"fp4",	       FIELD_FLOPS, "",	     0,	  1e18, "0",  "dense peak in fp4; 0 = no such rate", AT(fp4)},
	{"link",       FIELD_RATE,  "",	     0,	  1e15, "0",  "to its neighbours, per direction; 0 = none", AT(link_bytes_per_s)},
	{"power",      FIELD_NUM,   "W",     0,	  1e5,	"0",  "board power; 0 = not known", AT(watt)},
	{"sms",	       FIELD_INT,   "",	     0,	  1e5,	"0",  "multiprocessors or GPU cores; 0 = not known", AT(sms)},
};

static const struct field generation_fields[] = {
	{"name",	  FIELD_TEXT,	 "", 0,	   0,	NULL, "name for people", GEN_AT(name)},
	{"source",	  FIELD_TEXT,	 "", 0,	   0,	"",   "where the values come from", GEN_AT(source)},
	{"fitted",	  FIELD_BOOL,	 "", 0,	   0,	"no", "fitted to measured kernels, not set by analogy", GEN_AT(fitted)},
	{"e-f16",	  FIELD_NUM,	 "", 0,	   1,	NULL, "share of the peak a large fp16 or bf16 product reaches", GEN_AT(e_f16)},
	{"e-fp8",	  FIELD_NUM,	 "", 0,	   1,	"0",  "the same in fp8; 0 = no such path", GEN_AT(e_fp8)},
	{"e-fp4",	  FIELD_NUM,	 "", 0,	   1,	"0",  "the same in fp4; 0 = no such path", GEN_AT(e_fp4)},
	{"e-bandwidth",	  FIELD_NUM,	 "", 0.01, 1,	NULL, "share of the peak bandwidth that is reached", GEN_AT(e_bw)},
	{"launch",	  FIELD_SECONDS, "", 0,	   1,	NULL, "time to start one kernel", GEN_AT(t0_s)},
	{"graph-launch",  FIELD_SECONDS, "", 0,	   1,	"0",  "the same within a recorded graph, as decoding runs; 0 = launch", GEN_AT(graph_s)},
	{"smooth",	  FIELD_NUM,	 "", 1,	   100, NULL, "exponent that joins compute and memory time", GEN_AT(p)},
	{"attention-64",  FIELD_NUM,	 "", 0.01, 1,	NULL, "share of the peak attention reaches, heads of 64", GEN_AT(a64)},
	{"attention-128", FIELD_NUM,	 "", 0.01, 1,	NULL, "the same, heads of 128", GEN_AT(a128)},
	{"attention-unaligned", FIELD_NUM, "", 0, 1,	"0",  "the same, heads below 128 that are no multiple of 16, at any length; 0 = as the others", GEN_AT(a_unaligned)},
	{"waves-half",	  FIELD_NUM,	 "", 0,	   100, NULL, "waves of blocks at which half of it is reached", GEN_AT(w0)},
	{"attention-launch", FIELD_SECONDS, "", 0, 1,	NULL, "time to start one attention kernel", GEN_AT(ta_s)},
	{"half-causal",	  FIELD_NUM, "positions", 0, 1e6, NULL, "sequence at which causal attention reaches half of it", GEN_AT(t_half_causal)},
	{"half-bidir",	  FIELD_NUM, "positions", 0, 1e6, NULL, "the same for bidirectional attention", GEN_AT(t_half_bidir)},
};
// clang-format on
static_assert(ARRAY_SIZE(hardware_fields) <= SCHEMA_FIELDS_MAX, "key_line has room for every key");
static_assert(ARRAY_SIZE(generation_fields) <= SCHEMA_FIELDS_MAX,
	      "key_line has room for every key");

const struct schema schema_hardware = {
	.kind = "hardware",
	.summary = "an accelerator",
	SCHEMA_OF(hardware),
	.fields = hardware_fields,
	.n = ARRAY_SIZE(hardware_fields),
};

const struct schema schema_generation = {
	.kind = "generation",
	.summary = "the constants of a generation of accelerators",
	SCHEMA_OF(generation),
	.fields = generation_fields,
	.n = ARRAY_SIZE(generation_fields),
};
