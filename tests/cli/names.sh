#!/bin/sh
# What a name says and where names are asked about: weights, lists with a word, --check, engines.
. "$SRCDIR/tests/tap.sh"

# weights_of OPTION...: what the estimate's table says of the weights
weights_of() {
	"$VTOK" estimate -o table "$@" 640x480 | sed -n 's/.*weights [^(]*(\([^)]*\)).*/\1/p'
}
is "a quantisation in the name is the weights' type" q4_k_m "$(weights_of -m qwen3-vl:8b-instruct-q4_K_M)"
is "and in a repository's" fp8 "$(weights_of -m Qwen/Qwen3-VL-8B-Instruct-FP8)"
is "and in a file's" q8_0 "$(weights_of -m ./models/Qwen3VL-8B-Instruct-Q8_0.gguf)"
is "the option says otherwise" int8 "$(weights_of -m qwen3-vl:8b-instruct-q4_K_M --weights int8)"
is "of an encoder's file it is none" bf16 "$(weights_of -m mmproj-Qwen3-VL-8B-Instruct-F16.gguf)"
is "nor of a name without one" bf16 "$(weights_of -m qwen3-vl:8b)"
like "the dashboard has it too" 'Weights  *q4_k_m' "$("$VTOK" render -m Qwen3VL-8B-Instruct-Q4_K_M.gguf --size 80x24 640x480)"

exits "a model that is known and not counted" 1 "$VTOK" count -m x-ai/grok-4.7-fast 640x480
like "says why in one line" 'Grok 4 and later: known, not counted: ' "$err"
exits "an unknown model" 2 "$VTOK" count -m qwen3-vl-9b 640x480

ids() { "$VTOK" "$@" -o csv --no-header | cut -d, -f1; }
is "a word lists what has it" "$(ids models | grep -ci gemma-3-)" "$(ids models gemma-3- | grep -ci gemma-3)"
like "an exact id shows its section" '^\[model gemma-3-4b\]' "$("$VTOK" models gemma-3-4b -o table)"
like "so does another spelling that no row has" '^\[model gemma-3-4b\]' "$("$VTOK" models google/gemma-3-4b-it-GGUF -o table)"
like "and a name that is not counted" '^\[uncounted grok-4\]' "$("$VTOK" models grok-4 -o table)"
"$VTOK" models claude-high-res -o table >"$tmp/mine.ini"
exits "a section with many names is a file of one's own" 0 "$VTOK" count --no-config -f "$tmp/mine.ini" -m claude-opus-5 640x480

is "engines are listed" vllm "$(ids engines | head -n 1)"
like "and shown" '^\[engine sglang\]' "$("$VTOK" engines sglang -o table)"
like "with their profiles" '^\[profile ' "$("$VTOK" engines sglang -o table)"
is "an engine's columns" id,name,versions,fitted,source "$("$VTOK" engines -o csv | head -n 1)"
like "the versions of one" '^vllm,vLLM,(0\.[0-9.]+ )+0\.[0-9.]+,[a-z0-9]' "$("$VTOK" engines -o csv | grep ^vllm,)"
exits "an unknown engine" 2 "$VTOK" engines zzzzzz
like "says where they are" 'see vtok engines' "$err"

printf 'qwen3-vl:8b\r\n\n# a comment\nfoo/bar-9b\nqwen3-8b\ngrok-4\n  gpt-4o-2024-08-06\n' >"$tmp/list"
exits "a list with an unknown name" 1 "$VTOK" models --check "$tmp/list" -o csv --no-header
is "prints what each name means" "qwen3-vl:8b,qwen3-vl-8b,known
foo/bar-9b,,missing
qwen3-8b,qwen3-8b,id
grok-4,grok-4,new
gpt-4o-2024-08-06,gpt-4o,known" "$(printf '%s\n' "$out" | cut -d, -f1-3)"
like "what is near a missing one" '^foo/bar-9b,,missing,"?no model' "$(printf '%s\n' "$out" | sed -n 2p)"
like "why one cannot be counted" '^grok-4,grok-4,new,"?.*rule' "$(printf '%s\n' "$out" | sed -n 4p)"
is "as a program reads it" name,id,status,note "$("$VTOK" models --check "$tmp/list" -o csv | head -n 1)"
printf 'Qwen3-VL-8B-Instruct-FP8\nqwen2.5-vl-7b@ollama\nclaude-opus-5\n' >"$tmp/list"
is "a quantisation, a runtime, a rule's other name" "Qwen3-VL-8B-Instruct-FP8,qwen3-vl-8b,known,fp8
qwen2.5-vl-7b@ollama,qwen2.5-vl-7b@ollama,id,
claude-opus-5,claude-high-res,known," "$("$VTOK" models --check "$tmp/list" -o csv --no-header)"
printf 'qwen3-vl:8b\n' >"$tmp/list"
exits "a list of known names" 0 "$VTOK" models --check "$tmp/list" -o csv --no-header
is "with what they mean" qwen3-vl:8b,qwen3-vl-8b,known, "$out"
is "the list may be standard input" 1 "$(printf 'foo-9b\n' | "$VTOK" models --check - -o csv --no-header | wc -l | tr -d ' ')"
exits "a list that is not there" 1 "$VTOK" models --check "$tmp/none"
exits "a list and a name" 2 "$VTOK" models --check "$tmp/list" qwen
# ---------------------------------------------------------------- a family with one size
weights() { # the cell by the column's name
	"$VTOK" estimate --no-config -o csv "$@" 640x480 2>/dev/null |
		awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "memory_weights_bytes") at = i } NR == 2 && at { print $at }'
}
for pair in mistral-small3.2:mistral-small-3.2-24b granite3.2-vision:granite-vision-3.2-2b kimi-vl:kimi-vl-a3b lfm2-vl:lfm2-vl-1.6b; do
	like "${pair#*:} has weights" '^[1-9][0-9]*$' "$(weights -m "${pair#*:}")"
	is "${pair%%:*} is ${pair#*:} where costs are asked for" "$(weights -m "${pair#*:}")" "$(weights -m "${pair%%:*}")"
done
is "as another engine counts it too" "$(weights --engine llama.cpp -m kimi-vl-a3b)" "$(weights --engine llama.cpp -m kimi-vl)"
for name in granite-vision-3.3 qwen3-vl molmo-7b; do
	exits "$name may be another, or several" 2 "$VTOK" estimate -m $name 640x480
	like "$name: the checkpoints are named" 'name a checkpoint: ' "$err"
done

tap_end
