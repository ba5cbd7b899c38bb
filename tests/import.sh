#!/bin/sh
# vtok import: folders and files, families that are not known, and JSON that nobody wrote in good faith.
. "$SRCDIR/tests/tap.sh"
data=$SRCDIR/tests/data/import

exits "a folder becomes sections" 0 "$VTOK" import "$data/qwen3-vl-8b-copy"
like "a processor" "^\[processor qwen3-vl-8b-copy\]" "$out"
like "a model" "^\[model qwen3-vl-8b-copy\]" "$out"
is "nothing on standard error" "" "$err"
printf '%s\n' "$out" >"$tmp/mine.ini"
exits "which -f takes" 0 "$VTOK" count -f "$tmp/mine.ini" -m qwen3-vl-8b-copy -o csv --no-header 1024x1024
is "and counts by" "qwen3-vl-8b-copy,1024,1024,ok,1024,2,1026,1024,1024,1,,1024x1024" "$out"
exits "and estimates by" 0 "$VTOK" estimate -f "$tmp/mine.ini" -m qwen3-vl-8b-copy -o json 1024x1024
like "which is marked: no configuration has the projector's size" '"marks": "unverified"' "$out"
like "by its key" '"model": "projector-params"' "$out"
like "and the sections say so" '^# .*weights and memory set aside are lower bounds' "$(cat "$tmp/mine.ini")"

exits "one file alone will do" 0 "$VTOK" import "$data/qwen3-vl-8b-copy/config.json"
like "and names what is missing" "no preprocessor_config.json" "$out"
exits "a trailing slash changes nothing" 0 "$VTOK" import "$data/qwen3-vl-8b-copy/"
like "the name is the folder's" "^\[model qwen3-vl-8b-copy\]" "$out"

mkdir "$tmp/Odd name [x]"
echo '{"model_type": "qwen2_5_vl"}' >"$tmp/Odd name [x]/config.json"
exits "a folder's odd name" 0 "$VTOK" import "$tmp/Odd name [x]"
like "becomes an id" "^\[processor odd-name--x-\]" "$out"

mkdir "$tmp/unknown"
printf '{"model_type": "from_outer_\\u001bspace", "hidden_size": 4096, "num_hidden_layers": 32}\n' \
	>"$tmp/unknown/config.json"
exits "an unknown family is an error" 1 "$VTOK" import "$tmp/unknown"
like "it is named, with what was understood" \
	'^vtok: config.json: family "from_outer_.space" is not known .understood: layers 32, hidden 4096.$' "$err"
is "without control characters" "0" "$(printf '%s' "$err" | tr -d '\n' | tr -dc '\000-\037' | wc -c | tr -d ' ')"
is "and without sections" "" "$out"
mkdir "$tmp/familyless"
echo '{}' >"$tmp/familyless/config.json"
exits "the second of two folders" 1 "$VTOK" import "$data/qwen3-vl-8b-copy" "$tmp/familyless"
like "is named as it was given" "^vtok: $tmp/familyless: config.json: no model_type" "$err"
exits "no family at all" 1 "$VTOK" import "$tmp/familyless"
like "says so" 'no model_type and no processor_class' "$err"

# ---------------------------------------------------------------- ids
hash=cc594898137f460bfe9f0759e9844b3ce807cfb5
cache=$tmp/hub/models--Qwen--Qwen3-VL-Tiny
mkdir -p "$cache/snapshots/$hash" "$cache/refs"
cp "$data/qwen3-vl-8b-copy/config.json" "$cache/snapshots/$hash"
exits "a snapshot of the hub's cache" 0 "$VTOK" import "$cache/snapshots/$hash"
like "is named after the model" '^\[model qwen3-vl-tiny\]' "$out"
exits "the cache's folder: its only snapshot" 0 "$VTOK" import "$cache"
like "named after the model too" '^\[model qwen3-vl-tiny\]' "$out"
mkdir "$cache/snapshots/other"
exits "two snapshots" 1 "$VTOK" import "$cache"
like "one has to be named" '2 snapshots and no refs/main' "$err"
printf '%s' $hash >"$cache/refs/main"
exits "or refs/main names it" 0 "$VTOK" import "$cache/"
like "which is read" '^\[model qwen3-vl-tiny\]' "$out"
is "the folder one stands in has a name" "[model qwen3-vl-tiny]" "$(cd "$cache/snapshots/$hash" && "$VTOK" import . | grep '^.model')"
exits "--name gives another" 0 "$VTOK" import --name Mine-7b "$cache"
like "--name: in every section" '^\[processor mine-7b\]' "$out"
like "--name: the model too" '^processor = mine-7b' "$out"
exits "--name: what is no id" 2 "$VTOK" import --name 'a b' "$cache"
exits "--name: too long" 2 "$VTOK" import --name "$(printf 'a%.0s' $(seq 39))" "$cache"
exits "--name of two folders" 2 "$VTOK" import --name x "$cache" "$cache"
long=$tmp/llama-4-maverick-17b-128e-instruct-with-a-long-tail
mkdir "$long"
cp "$data/qwen3-vl-8b-copy/config.json" "$long"
exits "a long name is cut" 0 "$VTOK" import "$long"
like "to what a section's name may be" '^\[processor llama-4-maverick-17b-128e-instruct-wit\]' "$out"
mkdir -p "$tmp/taken/qwen3-vl-8b"
cp "$data/qwen3-vl-8b-copy/config.json" "$tmp/taken/qwen3-vl-8b"
exits "a name that is taken" 0 "$VTOK" import "$tmp/taken/qwen3-vl-8b"
like "gets a tail" '^\[processor qwen3-vl-8b-local\]' "$out"

# ---------------------------------------------------------------- adapters, processors of the newer kind
mkdir "$tmp/lora"
echo '{"base_model_name_or_path": "Qwen/Qwen3-VL-8B-Instruct", "peft_type": "LORA"}' >"$tmp/lora/adapter_config.json"
exits "an adapter alone" 1 "$VTOK" import "$tmp/lora"
like "names its base" 'an adapter of Qwen/Qwen3-VL-8B-Instruct: -m qwen3-vl-8b counts for both' "$err"
cat >"$tmp/lora/processor_config.json" <<'END'
{"image_processor": {"image_processor_type": "Qwen2VLImageProcessorFast", "patch_size": 16, "merge_size": 2,
  "size": {"shortest_edge": 65536, "longest_edge": 16777216}}, "processor_class": "Qwen3VLProcessor"}
END
exits "an adapter with a processor" 0 "$VTOK" import "$tmp/lora"
like "names its base in a comment" '^# an adapter of Qwen/Qwen3-VL-8B-Instruct' "$out"
printf '%s\n' "$out" >"$tmp/lora.ini"
is "its class goes before the image part's: videos are those of Qwen3-VL" \
	"$("$VTOK" count -m qwen3-vl --video 60 -o csv --no-header 1280x720 | cut -d, -f2-10)" \
	"$("$VTOK" count -f "$tmp/lora.ini" -m lora --video 60 -o csv --no-header 1280x720 | cut -d, -f2-10)"
printf '{"size": {"longest_edge": 469762048, "shortest_edge": 4096}, "max_frames": 64}' >"$tmp/lora/video_preprocessor_config.json"
"$VTOK" import "$tmp/lora" >"$tmp/lora.ini"
is "the video processor's own limits: 64 frames at full size" "$("$VTOK" count -m qwen3-vl --frames 64 --max-pixels 469762048 -o csv --no-header 1280x720 | cut -d, -f5)" \
	"$("$VTOK" count -f "$tmp/lora.ini" -m lora --video 60 -o csv --no-header 1280x720 | cut -d, -f5)"
exits "a name of the hub" 1 "$VTOK" import Qwen/Qwen3-VL-8B-Instruct
like "that is known" 'No such file or directory; -m qwen3-vl-8b knows that model already' "$err"

# ---------------------------------------------------------------- what Python writes, what git-lfs leaves
mkdir "$tmp/python"
printf '\357\273\277{"model_type": "qwen2_5_vl", "a": NaN, "b": [Infinity, -Infinity], "NaN \\" Infinity": 1, "c": "NaN"}' \
	>"$tmp/python/config.json"
exits "NaN, Infinity and a byte order mark" 0 "$VTOK" import "$tmp/python"
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n' >"$tmp/python/config.json"
exits "a pointer of Git LFS" 1 "$VTOK" import "$tmp/python"
like "a pointer of Git LFS: is named" 'config.json: a pointer of Git LFS, not the file: git lfs pull fetches it' "$err"

# ---------------------------------------------------------------- quantised files: STORED KEYS
quantised() {
	sed '1s/{/{ '"$2"',/' "$data/qwen3-vl-8b-copy/config.json" >"$tmp/python/config.json"
	is "stored: $2" "stored = $1" "$("$VTOK" import "$tmp/python" | grep '^stored')"
}
quantised awq '"quantization_config": {"quant_method": "awq", "bits": 4}'
quantised int4 '"quantization_config": {"quant_method": "gptq", "bits": 4}'
quantised int8 '"quantization_config": {"quant_method": "gptq", "bits": 8}'
quantised int4 '"quantization_config": {"quant_method": "bitsandbytes", "load_in_4bit": true}'
quantised int8 '"quantization_config": {"quant_method": "bitsandbytes", "load_in_8bit": true}'
quantised fp8 '"quantization_config": {"quant_method": "fp8", "weight_block_size": [128, 128]}'
quantised fp4 '"quantization_config": {"quant_method": "modelopt", "quant_algo": "NVFP4"}'
quantised fp8 '"quantization_config": {"quant_method": "compressed-tensors", "config_groups": {"group_0": {"weights": {"num_bits": 8, "type": "float"}}}}'
quantised int4 '"quantization_config": {"quant_method": "compressed-tensors", "config_groups": {"group_0": {"weights": {"num_bits": 4, "type": "int"}}}}'
quantised 'int4
stored-bytes = 0.5625' '"quantization": {"group_size": 64, "bits": 4}'
sed '1s/{/{ "quantization_config": {"quant_method": "nobody"},/' "$data/qwen3-vl-8b-copy/config.json" >"$tmp/python/config.json"
like "a method that is not known is named" '^# quantised by "nobody", which is not known: weights are those of bf16' \
	"$("$VTOK" import "$tmp/python")"

# ---------------------------------------------------------------- GGUF (tests/data/gguf/make.py)
gguf=$SRCDIR/tests/data/gguf
exits "a folder of llama.cpp" 0 "$VTOK" import "$gguf/qwen2.5-vl"
like "the projector tells the family" '^# family qwen2_5_vl: rule and special tokens as .processor qwen2.5-vl@llama.cpp' "$out"
printf '%s\n' "$out" >"$tmp/gguf.ini"
like "the file's type is that of the weights" '^stored = q4_k_m$' "$out"
like "dimensions" '^layers = 28$' "$out"
like "the tower is known" '^tower = qwen2.5-vl-vit-3420$' "$out"
is "it counts as llama.cpp does" "$("$VTOK" count -m qwen2.5-vl@llama.cpp -o csv --no-header 1920x1080 333x777 | cut -d, -f2-10)" \
	"$("$VTOK" count -f "$tmp/gguf.ini" -m qwen2.5-vl -o csv --no-header 1920x1080 333x777 | cut -d, -f2-10)"
exits "one file, its projector beside it" 0 "$VTOK" import "$gguf/qwen2.5-vl/Qwen2.5-VL-7B-Instruct-Q4_K_M.gguf"
like "is named after the file" '^\[model qwen2.5-vl-7b-instruct-q4_k_m\]' "$out"
exits "a language model alone: its architecture tells" 0 "$VTOK" import "$gguf/alone"
like "another file type" '^stored = q8_0$' "$out"
is "heads and layers are the shipped ones" "$("$VTOK" estimate -m qwen3-vl-8b -o json 640x480 | grep kv_request_bytes)" \
	"$("$VTOK" import --name alone "$gguf/alone" >"$tmp/alone.ini"; "$VTOK" estimate -f "$tmp/alone.ini" -m alone -o json 640x480 | grep kv_request_bytes)"
exits "a projector alone" 0 "$VTOK" import "$gguf/projector"
like "a projector alone: a processor" '^\[processor projector\]' "$out"
exits "layers of different widths" 0 "$VTOK" import "$gguf/layers/gemma-3n.gguf"
exits "an architecture that says nothing" 1 "$VTOK" import "$gguf/unknown"
like "is named" 'somebody-Q4_0.gguf: architecture "llama" is not known .understood: layers 32, hidden 4096' "$err"
exits "two models in a folder" 1 "$VTOK" import "$gguf/two"
like "one has to be named: GGUF" '2 GGUF files: name one of them' "$err"
head -c 200 "$gguf/alone/Qwen3-VL-8B-Instruct-Q8_0.gguf" >"$tmp/cut.gguf"
exits "a cut file" 3 "$VTOK" import "$tmp/cut.gguf"
like "a cut file: says so" 'cut.gguf: the file ends inside its keys' "$err"
printf 'GGUF\004\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000' >"$tmp/new.gguf"
exits "a version of the future" 3 "$VTOK" import "$tmp/new.gguf"
like "a version of the future: says so" 'expected version 2 or 3 of GGUF, found 4' "$err"

# NAME CODE PATTERN: $json must give that code and one line that fits the pattern
mkdir "$tmp/h"
json=$tmp/h/config.json
hostile() {
	exits "$1" "$2" "$VTOK" import "$tmp/h"
	like "$1: the message" "$3" "$err"
	is "$1: one line" "1" "$(printf '%s\n' "$err" | wc -l | tr -d ' ')"
	is "$1: nothing on standard output" "" "$out"
}
q='"model_type": "qwen2_5_vl"'

printf '' >"$json"
hostile "an empty file" 3 "config\.json:1: expected JSON"
printf '\n\n{"a": 1,\n "b": }\n' >"$json"
hostile "a syntax error" 3 "config\.json:4: expected JSON"
printf '[1, 2]' >"$json"
hostile "no object" 3 "expected an object"
printf '{"a": "x\000y"}' >"$json"
hostile "a NUL byte" 3 "config\.json:1: .*NUL"
printf '{"a": "x\\u0000y"}' >"$json"
hostile "a NUL in disguise" 3 "config\.json:1: expected JSON"
printf '{"a": 1, "a": 2}' >"$json"
hostile "a key twice" 3 "duplicate"
printf '{"a": "\377\376"}' >"$json"
hostile "no UTF-8" 3 "config\.json:1: expected JSON"
printf '{"a": 123456789012345678901234567890}' >"$json"
hostile "a huge number" 3 "config\.json:1: expected JSON"
printf '{"a": 1e999}' >"$json"
hostile "a number beyond doubles" 3 "config\.json:1: expected JSON"
head -c 100000 /dev/zero | tr '\000' '[' >"$json"
hostile "deep nesting" 3 "config\.json:1: expected JSON"
head -c 4194305 /dev/zero | tr '\000' ' ' >"$json"
hostile "a large file" 3 "at most 4 MiB of JSON, found 4194305 bytes"
printf '{%s, "vision_config": {"patch_size": "fourteen"}}' "$q" >"$json"
hostile "text for a number" 3 'config\.json: vision_config\.patch_size: expected .*, found the text "fourteen"'
printf '{%s, "vision_config": {"patch_size": -14}}' "$q" >"$json"
hostile "a negative side" 3 "found -14"
printf '{%s, "vision_config": {"patch_size": 14.5}}' "$q" >"$json"
hostile "half a pixel" 3 "found 14\.5"
printf '{%s, "vision_config": []}' "$q" >"$json"
hostile "an array for an object" 3 "vision_config: expected an object, found an array of 0"
printf '{%s, "text_config": {"num_hidden_layers": 9223372036854775807}}' "$q" >"$json"
hostile "too many layers" 3 "text_config\.num_hidden_layers: expected a whole number from 1 to 10000"
printf '{%s, "text_config": {"layer_types": ["full_attention"]}}' "$q" >"$json"
hostile "too few layer types" 3 "layer_types: expected one entry for each layer"
printf '{"model_type": 5}' >"$json"
hostile "a number for a family" 3 "model_type: expected text, found 5"
printf '{"model_type": "llava_next", "image_grid_pinpoints": [[336, "x"]]}' >"$json"
hostile "a canvas that is none" 3 "image_grid_pinpoints: expected pairs"
printf '{"model_type": "qwen2_5_vl", "text_config": {"hidden_size": 3584, "num_attention_heads": "\033[31m"}}' >"$json"
hostile "escape sequences" 3 "config\.json:1: expected JSON"

printf '{%s, "text_config": {"num_hidden_layers": 2, "hidden_size": 70, "num_attention_heads": 7, "num_key_value_heads": 3,
 "intermediate_size": 9, "vocab_size": 9}}' "$q" >"$json"
hostile "values that do not fit together" 3 "kv-heads: 3 does not divide the 7 query heads"

mkdir "$tmp/qwen3-vl-8b"
echo "{$q}" >"$tmp/qwen3-vl-8b/config.json"
exits "a name that is taken" 0 "$VTOK" import "$tmp/qwen3-vl-8b"
like "gets another" "^\[model qwen3-vl-8b-local\]" "$out"
exits "no such folder" 1 "$VTOK" import "$tmp/none"
like "says so" "none: No such file" "$err"
mkdir "$tmp/empty"
exits "an empty folder" 1 "$VTOK" import "$tmp/empty"
like "says what it looked for" "config\.json or preprocessor_config\.json" "$err"
mkdir -p "$tmp/dir/config.json"
exits "a folder for a file" 3 "$VTOK" import "$tmp/dir"
mkfifo "$tmp/pipe"
exits "a pipe is not waited for" 3 "$VTOK" import "$tmp/pipe"
exits "no argument" 2 "$VTOK" import
if [ -w /dev/full ]; then
	"$VTOK" import "$data/qwen3-vl-8b-copy" >/dev/full 2>"$tmp/err"
	is "a full disk is told" 1 $?
else
	skip "a full disk is told" "no /dev/full"
fi
tap_end
