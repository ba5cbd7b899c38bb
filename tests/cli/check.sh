#!/bin/sh
# vtok check as a command: exit codes, formats, inputs, what is said beside the rows. What the rules say: tests/data_limits.
. "${SRCDIR:-.}/tests/tap.sh"
glm='check -m glm-4.1v --engine vllm@0.17'
qwen='check -m qwen2.5-vl-7b --engine vllm@0.20'

# CODE, then the rest of the command line
while read -r code rest; do
	# shellcheck disable=SC2086 # words, on purpose
	exits "$rest" "$code" "$VTOK" $rest
done <<'END'
1 check -m glm-4.1v --engine vllm@0.17 867x6771
0 check -m glm-4.1v --engine vllm@0.17 640x480
0 check -m glm-4.1v --engine vllm@0.17
1 check -m gemma-4-31b --engine vllm@0.20 -g l4
0 check -m qwen2.5-vl-7b --engine vllm@0.20 --client part:max_pixels=5000 640x480
1 check -m qwen2.5-vl-7b --engine vllm@0.20 --client part:max_pixels=5000 --strict 640x480
1 check -m qwen2.5-vl-7b --engine ollama@0.30 --strict 640x480
0 check -m qwen2.5-vl-7b --engine ollama@0.30 640x480
1 check -m claude-opus-4.6 9000x9000
0 check -m claude-opus-4.6 100x100
1 check -m claude-haiku-4-5 -c 200000 -n 101 100x100
1 check -m claude-haiku-4-5 -c 200k -n 101 100x100
0 check -m claude-haiku-4-5 -c 256k -n 101 100x100
0 check -m inkling --engine transformers 640x480
1 check -m glm-4.1v --engine vllm@0.17 no-such-file.png
1 check -m glm-4.1v --engine vllm@0.17 V=x
1 check -m glm-4.1v --engine vllm@0.17 V=1,
2 check -m qwen2.5-vl-7b 640x480
2 check -m qwen2.5-vl-7b --engine nobody 640x480
2 check -m qwen2.5-vl-7b --engine vllm@soon 640x480
2 check -m qwen2.5-vl-7b --engine openai 640x480
2 check -m gpt-4o --engine vllm 640x480
2 check -m gpt-4o --server --x 640x480
2 check -m qwen2.5-vl-7b -m glm-4.1v --engine vllm 640x480
2 check -m qwen2.5-vl-7b --engine vllm --client max_pixels 640x480
2 check -m qwen2.5-vl-7b --engine vllm --server --max-model-len 640x480
2 check -m gpt-4o --client detail=huge 640x480
3 check -f no-such.ini -m qwen2.5-vl-7b --engine vllm 640x480
END

# rows: the columns, worst first, one header
set -f
head='input,rule,verdict,value,limit,unit,since,until,remedy,source'
out=$("$VTOK" $qwen -o csv --server "--max-model-len 1000" --client url:max_pixels=5 1024x1024 2>/dev/null)
is "columns" "$head" "$(printf '%s\n' "$out" | head -1)"
is "worst first" "rejected unenforced ok ok" "$(printf '%s\n' "$out" | tail -n +2 | cut -d, -f3 | head -4 | tr '\n' ' ' | sed 's/ $//')"
is "its numbers" "1024x1024,vllm-context,rejected,1883,1000,tokens,0.10," \
	"$(printf '%s\n' "$out" | sed -n 2p | cut -d, -f1-8)"
is "a rule for everybody is named" "" "$(printf '%s\n' "$out" | grep '^1024x1024,,' )"
is "json is JSON with the same rows" "$(printf '%s\n' "$out" | tail -n +2 | cut -d, -f2)" \
	"$("$VTOK" $qwen -o json --server "--max-model-len 1000" --client url:max_pixels=5 1024x1024 2>/dev/null |
		grep -o '"rule": *"[^"]*"' | sed 's/.*: *"//; s/"$//')"
like "a number is one in json" '"value": *1883' \
	"$("$VTOK" $qwen -o json --server "--max-model-len 1000" 1024x1024 2>/dev/null)"
like "md" '^\| *1024x1024 *\| *vllm-context' "$("$VTOK" $qwen -o md --server "--max-model-len 1000" 1024x1024 2>/dev/null)"
like "table" '^1024x1024 +vllm-context +rejected +1,883 +1,000' \
	"$("$VTOK" $qwen -o table --server "--max-model-len 1000" 1024x1024 2>/dev/null)"
is "nothing is about it" "640x480,-,ok,,,,,,," \
	"$("$VTOK" check -m qwen3.5-9b --engine transformers@5.7 -o csv --no-header 640x480)"
is "without an input" ",vllm-bidirectional-start-default,start-fails,2496,2048,tokens" \
	"$("$VTOK" check -m gemma-4-31b --engine vllm@0.20 -g l4 -o csv --no-header | cut -d, -f1-6)"
is "a server that does not start has no rows of requests" "1" \
	"$("$VTOK" check -m gemma-4-31b --engine vllm@0.20 -g l4 -o csv --no-header 640x480 | grep -c .)"

# inputs
is "tokens of several pictures" "404784" \
	"$("$VTOK" check -m qwen3.8-27b --engine vllm@0.27.1 --server '--encoder-cache-size 229376' -n 2 -o csv --no-header \
		V=183600,221184 | head -1 | sed 's/^"[^"]*",//' | cut -d, -f3)"
is "T has the specials" "vllm-context,ok,1538,1539" \
	"$("$VTOK" check -m qwen3-vl-8b --engine vllm@0.20 --server '--max-model-len 1539' -t 512 -o csv --no-header T=1026 |
		grep vllm-context | cut -d, -f2-5)"
is "-n counts each input so often" "vllm-context,rejected,2564,2000" \
	"$("$VTOK" check -m qwen3-vl-8b --engine vllm@0.20 --server '--max-model-len 2000' -t 512 -n 2 -o csv --no-header \
		1024x1024 | grep vllm-context | cut -d, -f2-5)"
is "--sum makes one request of all" "sum of 3,vllm-context,ok,1906,40000" \
	"$("$VTOK" check -m qwen3-vl-8b --engine vllm@0.20 --server '--max-model-len 40000' -t 512 --sum -o csv --no-header \
		1024x1024 640x480 64x64 | grep vllm-context | cut -d, -f1-5)"
is "a stream: one request a line" "640x480 1024x1024" \
	"$(printf '640x480\r\n1024x1024\n' | "$VTOK" check -m qwen3-vl-8b --engine vllm@0.20 -o csv --no-header - |
		grep vllm-context | cut -d, -f1 | tr '\n' ' ' | sed 's/ $//')"
exits "a bad line of a stream fails, the others are done" 1 sh -c \
	"printf 'x\n640x480\n' | '$VTOK' check -m qwen3-vl-8b --engine vllm@0.20 -o csv --no-header -"
like "and is named" '^vtok: x: ' "$(cat "$tmp/err")"
like "the other has its rows" '^640x480,' "$(cat "$tmp/out")"

# beside the rows
note=$("$VTOK" check -m qwen3-vl-8b --engine vllm --server '--max-model-len 9k --rope-scaling {"a":1} --seed -1' 640x480 2>&1 >/dev/null)
like "no version is said" '^vtok: no version of vLLM given' "$note"
like "flags that no rule reads are named" 'no rule reads --rope-scaling, --seed$' "$note"
is "nothing else is said" "2" "$(printf '%s\n' "$note" | grep -c .)"
like "a remedy covers every picture" 'max-num-batched-tokens 61(4[1-9]|[5-9][0-9])' \
	"$("$VTOK" $glm -o csv --no-header 867x6771)"
like "a rule that could not be confirmed says so" 'not verified \(until\): vllm-project/vllm#21798' \
	"$("$VTOK" check -m pixtral-12b --engine vllm@0.10.0 --server '--max-num-batched-tokens 2048' -o csv --no-header 1024x1024)"

# a rule of one's own
cat >"$tmp/mine.ini" <<'END'
[limit house-rule]
engine = vllm
source = our wiki
when = long_side > 2000
verdict = rejected
remedy = at most 2,000 pixels a side, {n} of them
END
like "a rule of one's own" '^3000x10,house-rule,rejected,,,,,,"at most 2,000 pixels a side, 4 of them",our wiki$' \
	"$("$VTOK" $glm -f "$tmp/mine.ini" -n 4 -o csv --no-header 3000x10)"
printf '[limit bad]\nengine = vllm\nsource = x\nverdict = ok\nwhen = 1 +\n' >"$tmp/bad.ini"
exits "a condition that is none" 3 "$VTOK" $glm -f "$tmp/bad.ini" 640x480
like "is named with file and line" 'bad.ini:[0-9]+: .*when: it ends where a value should be' "$(cat "$tmp/err")"

# of an answer's length the last that was given holds
for last in 10 500000; do
	is "max_tokens: the last one holds: $last" "$("$VTOK" $qwen --client max_tokens=$last -o csv 850x1000 | grep vllm-output)" \
		"$("$VTOK" $qwen --client max_tokens=7 --client max_tokens=$last -o csv 850x1000 | grep vllm-output)"
done
# the context that ollama sets is that of the memory a process sees, here as in estimate
for g in m1-pro m2 m4 rtx-4090 h100-sxm; do
	is "ollama's context on $g" "$("$VTOK" estimate --no-config -m qwen2.5-vl-7b --engine ollama -g $g -o json 1024x1024 2>/dev/null |
		"$BUILDDIR/tests/run-json" context.limit | cut -d' ' -f2)" \
		"$("$VTOK" check --no-config -m qwen2.5-vl-7b --engine ollama -g $g -t 100000 -o csv --no-header 1024x1024 2>/dev/null |
			grep '^1024x1024,ollama-context,' | cut -d, -f5)"
done
# a build by its number alone
for v in llama.cpp@5300:1 llama.cpp@b5300:1 llama.cpp@6900:0 llama.cpp@b6900:0; do
	is "${v%:*}" "${v#*:}" "$("$VTOK" check -m qwen2.5-vl-7b --engine ${v%:*} -o csv 100x100 | grep -c llamacpp-old-oom)"
done
# one place before the reason
exits "a quote without an end" 2 "$VTOK" $glm --server '"a' 640x480
is "is named once" 'vtok: --server: a quote " has no end' "$err"
exits "a key without a value" 2 "$VTOK" $glm --client foo 640x480
is "is named once" 'vtok: --client: expected KEY=VALUE, got "foo"' "$err"
exits "an empty line" 1 sh -c 'echo | "$@" -' sh "$VTOK" $glm
like "has no name" '^vtok: empty line$' "$err"

# the dashboard says the worst verdict of the same request: MODEL ENGINE SIZE [OPTION...]
while read -r model engine size options; do
	test "$engine" != - || engine=
	# shellcheck disable=SC2086 # words
	worst=$("$VTOK" check --no-config -m $model $engine -g h100-sxm $options -o csv --no-header $size 2>/dev/null | head -1 | cut -d, -f3)
	# shellcheck disable=SC2086
	shown=$("$VTOK" render --no-config --size 120x40 -m $model $engine -g h100-sxm $options --ascii $size |
		grep -Eo '(vllm|ollama|llama.cpp|sglang|lmdeploy|Anthropic|OpenAI): [a-z-]+' | head -1 | sed 's/.*: //')
	is "dashboard and check: $model $engine $size $options" "$worst" "${shown:-ok}"
done <<'END'
qwen3-vl-8b --engine=vllm 1024x1024
qwen3-vl-8b --engine=vllm 4032x3024 -c 8k
qwen3-vl-8b --engine=vllm 1024x1024 -n 1200 --lens exact
qwen3-vl-8b --engine=ollama 640x480
qwen3-vl-8b --engine=sglang 4032x3024 -c 4k
gemma-4-31b --engine=llama.cpp 2000x2000
claude-opus-4-6 - 9000x9000
gpt-4o - 4000x4000
gpt-4o - 500x500
END
tap_end
