#!/bin/sh
# The engine decides how a model counts: `--engine X -m M` is `-m M@X` where X has a rule of its own, and M elsewhere.
. "${SRCDIR:-.}/tests/tap.sh"

# MODEL ENGINE: what it is counted as
while read -r model engine counted; do
	got=$("$VTOK" count --no-header -o csv --engine "$engine" -m "$model" 425x550 3807x1894)
	want=$("$VTOK" count --no-header -o csv -m "$counted" 425x550 3807x1894)
	is "$model in $engine is $counted" "$want" "$got"
done <<'END'
qwen3-vl-8b ollama qwen3-vl-8b@ollama
qwen3.5-27b ollama qwen3.5-27b@ollama
qwen3.5-27b OLLAMA qwen3.5-27b@ollama
qwen3.5-27b ollama@0.30 qwen3.5-27b@ollama
qwen3-vl-8b llama.cpp qwen3-vl-8b@llama.cpp
qwen3-vl-8b llama.cpp-vulkan qwen3-vl-8b@llama.cpp
internvl3-8b ollama internvl3-8b@llama.cpp
internvl3-8b vllm internvl3-8b
qwen3-vl-8b vllm qwen3-vl-8b
qwen3-vl-8b sglang qwen3-vl-8b
ovis2.5 vllm ovis2.5@vllm
ovis2.5 sglang ovis2.5
qwen3-vl-8b@llama.cpp ollama qwen3-vl-8b@llama.cpp
gpt-4o ollama gpt-4o
qwen2.5-vl-7b tgi qwen2.5-vl-7b@tgi
qwen3-vl-8b tgi qwen3-vl-8b
qwen3-vl-8b mlx-vlm qwen3-vl-8b
END

# every command asks the same
tokens() { # COMMAND...: the tokens of the picture in its answer
	"$VTOK" "$@" | sed -n 's/.*"visual": *\([0-9]*\).*/\1/p; s/.*"step":"visual".*"count":\([0-9]*\).*/\1/p' | head -n 1
}
is "estimate counts as the engine does" 1073 "$(tokens estimate -o json --engine ollama 425x550)"
is "explain, too" 1073 "$(tokens explain -o jsonl --engine ollama 425x550)"
is "the chart" "qwen3-vl-8b@ollama" "$("$VTOK" chart --engine ollama -m qwen3-vl-8b -o csv 425x550 | sed -n 2p | cut -d, -f1)"
is "the dashboard" 1 "$("$VTOK" render --engine ollama --size 80x24 425x550 | grep -c '1,073 visual tokens')"
printf 'engine = ollama\nengine = vllm\nengine = ollama; model = qwen3-vl-4b\n' >"$tmp/talk"
step() { "$VTOK" render --script "$tmp/talk" --step "$1" --size 100x30 425x550; }
like "the dashboard once the engine is turned" '1,073 visual tokens' "$(step 1)"
like "it names the variant" 'qwen3-vl-8b@ollama' "$(step 1)"
like "and turned back" '221 visual tokens' "$(step 2)"
like "and another model after it" 'qwen3-vl-4b@ollama' "$(step 3)"
is "the comparison" 1 \
	"$("$VTOK" render --engine ollama --view compare --size 100x24 425x550 | grep -c 'qwen3-vl-2b  *1,073')"
is "--rules picks the day of an engine's rule" \
	"$("$VTOK" count --no-header -o csv --rules 2026-04-20 -m gemma-4-12b@llama.cpp 1920x1080)" \
	"$("$VTOK" count --no-header -o csv --rules 2026-04-20 --engine llama.cpp -m gemma-4-12b 1920x1080)"
like "costs that nobody measured" 'nobody measured what this engine costs' "$("$VTOK" estimate -o json --engine mlx-vlm 640x480)"
exits "an unknown engine" 2 "$VTOK" count --engine vlm 10x10
like "an unknown engine: the nearest" 'no engine "vlm"; did you mean .*vllm' "$err"

d=deepseek-v4-flash-vision-exp@deepseek-api
is "DeepSeek's own API: as the checkpoint until September" 346 "$("$VTOK" count -o csv --no-header --rules 2026-08-25 -m $d 4000x4000 | cut -d, -f7)"
is "since then V4.1 answers the name" 994 "$("$VTOK" count -o csv --no-header -m $d 2000x2000 | cut -d, -f7)"
exits "before there was a name: no rule" 2 "$VTOK" count --rules 2026-01-01 -m $d 2000x2000
like "before there was a name: says so" 'no rule of .*@deepseek-api" is known for 2026-01-01; the newest is of 2026-09-10' "$err"
exits "nobody of that name" 2 "$VTOK" count -m qwen3-vl-8b@nobody 10x10
like "nobody of that name: who there is" '"nobody" is not known to count qwen3-vl-8b otherwise; known are llama.cpp, ollama, alibaba' "$err"
exits "an engine without a rule of its own" 2 "$VTOK" count -m Gemma-3-4B@vllm 10x10
like "an engine without a rule of its own: says so" '"vllm" is not known to count Gemma-3-4B otherwise' "$err"
is "Groq counts as the checkpoint" "$("$VTOK" count -o csv --no-header -m llama-4-scout 1920x1080 | cut -d, -f2-11)" \
	"$("$VTOK" count -o csv --no-header -m llama-4-scout@groq 1920x1080 | cut -d, -f2-11)"
tap_end
