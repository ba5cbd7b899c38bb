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
exits "an unknown family is no failure" 0 "$VTOK" import "$tmp/unknown"
like "it is named" '^# family "from_outer_.space" is not known' "$out"
like "with what was understood" "layers 32" "$out"
is "without control characters" "0" "$(printf '%s' "$out" | tr -d '\n' | tr -dc '\000-\037' | wc -c | tr -d ' ')"
is "and without sections" "" "$(printf '%s\n' "$out" | grep '^\[')"

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
fi
tap_end
