#!/bin/sh
# vtok fit: columns, statuses, exit codes, budgets; every size it names is counted again.
. "${SRCDIR:-.}/tests/tap.sh"

columns=model,input,width,height,fit_width,fit_height,tokens,detail,effective_pixels,kept_share,bound_by,next_width,next_height,next_tokens,status,reason
field() { printf '%s\n' "$out" | sed -n "$1p" | cut -d, -f"$2"; }

exits "a budget of tokens" 0 "$VTOK" fit --tokens 1280 -o csv 3024x4032
is "the columns" "$columns" "$(printf '%s\n' "$out" | head -1)"
is "its size" 992,1322,1273 "$(field 2 5-7)"
is "it is smaller" ok "$(field 2 15)"
is "what decides" tokens_images "$(field 2 11)"
is "the next step costs what it says" "$(field 2 14)" \
	"$("$VTOK" count -o csv --no-header "$(field 2 12)x$(field 2 13)" | cut -d, -f7)"

exits "the original holds" 0 "$VTOK" fit --tokens 9000 -o csv --no-header 640x480
is "fits" fits "$(field 1 15)"
exits "nothing holds" 1 "$VTOK" fit -m llava-onevision-7b --tokens 500 -o csv --no-header 1920x1080
is "none" none "$(field 1 15)"
like "the least and what it costs" 'the least is 1,093 tokens, at 6x3' "$out"
exits "the size changes nothing" 1 "$VTOK" fit -m llava-1.5 --tokens 500 -o csv --no-header 1920x1080
is "no-choice" no-choice "$(field 1 15)"
exits "no formula" 1 "$VTOK" fit --lens formula -m gpt-4o --tokens 500 -o csv --no-header 1920x1080
like "is said, and no size is called refused" 'the textbook has no formula for this family' "$(field 1 15-)"
exits "right and useless" 0 "$VTOK" fit -m llava-onevision --tokens 1093 -o csv --no-header 1920x1080
is "the degenerate size" 6,3,1093 "$(field 1 5-7)"
like "it is said" 'right but useless' "$out"
exits "a bad input" 1 "$VTOK" fit --tokens 500 -o csv --no-header 0x5 640x480
is "its row, and the next" error,fits "$(field 1 15),$(field 2 15)"
is "fit -o json is json" "array 3
string error
number 640" "$("$VTOK" fit --tokens 500 --why -o json 0x5 640x480 "$tmp/no\"thing" |
	"$BUILDDIR/tests/run-json" "" 0.status 1.fit_width)"

# a name in another dress means the same price, and the weights it says
for pair in "--max-price 1 -m openai/gpt-5.4|--max-price 1 -m gpt-5.4" \
	"--concurrency 40 -g rtx-4090 -m qwen3-vl:8b-instruct-q4_k_m|--concurrency 40 -g rtx-4090 -m qwen3-vl-8b --weights q4_k_m"; do
	# shellcheck disable=SC2086 # words
	is "as its plain name: ${pair%%|*}" "$("$VTOK" fit ${pair#*|} -o csv --no-header 4032x3024 | cut -d, -f2-)" \
		"$("$VTOK" fit ${pair%%|*} -o csv --no-header 4032x3024 | cut -d, -f2-)"
done

# the level of a hosted model
exits "a hosted model" 0 "$VTOK" fit -m gpt-4o --tokens 100 -o csv --no-header 3024x4032
is "its level" low "$(field 1 8)"
exits "a level that was asked for" 1 "$VTOK" fit -m gpt-4o --detail high --tokens 100 -o csv --no-header 3024x4032

# other budgets: each holds by what estimate says
for budget in '--ttft 100ms:prefill_ttft_ms:100' '--gpu-time 50ms:prefill_gpu_ms:50' '--share 20%:context_used_share:0.2' \
	'--kv-bytes 300MiB:kv_bytes_per_request:314572800' '--budget tokens_total=3k:tokens_total:3000'; do
	option=${budget%%:*} rest=${budget#*:}
	name=${rest%:*} most=${rest#*:}
	# shellcheck disable=SC2086
	exits "$option" 0 "$VTOK" fit $option -c 32768 -o csv --no-header 3024x4032
	is "$option decides" "$name" "$(field 1 11)"
	value=$("$VTOK" estimate -c 32768 -o csv "$(field 1 5)x$(field 1 6)" | awk -F, -v name="$name" \
		'NR == 1 {for (i = 1; i <= NF; i++) if ($i == name) at = i} NR == 2 {print $at}')
	ok "$option holds: $value" awk -v v="$value" -v most="$most" 'BEGIN {exit !(v > 0 && v <= most)}'
done
exits "requests at once" 0 "$VTOK" fit --concurrency 100 -o csv --no-header 3024x4032
is "they decide" capacity_concurrency "$(field 1 11)"
exits "two budgets" 0 "$VTOK" fit --concurrency 10 --ttft 60ms -o csv --no-header 3024x4032
is "the tighter one decides" prefill_ttft_ms "$(field 1 11)"
middle=$(field 1 9)
exits "the bad end" 0 "$VTOK" fit --safe --concurrency 10 --ttft 60ms -o csv --no-header 3024x4032
ok "is tighter" test "$(field 1 9)" -lt "$middle"
exits "a price" 0 "$VTOK" fit -m claude-high-res --price 3 --max-price 2 -o csv --no-header 3024x4032

exits "a price that nobody knows" 1 "$VTOK" fit --max-price 2 -o csv --no-header 3024x4032
like "says so" 'error,tokens have a price where a model is hosted' "$out"

# shapes, one side for all, multiples
exits "--aspects" 0 "$VTOK" fit --aspects --tokens 1000 -o csv --no-header
is "nine shapes" 9 "$(printf '%s\n' "$out" | wc -l | tr -d ' ')"
exits "--aspects of a file that is not there" 1 "$VTOK" fit --aspects --tokens 1000 nothing.png
is "says which" "vtok: nothing.png: no such file" "$err"
exits "--aspects of two" 2 "$VTOK" fit --aspects --tokens 1000 640x480 320x240
exits "--aspects of shapes that cannot hold" 1 "$VTOK" fit --aspects --tokens 5 -o csv --no-header 640x480
is "all of them" none "$(printf '%s\n' "$out" | awk -F, '{ print $15 }' | sort -u)"
long=$(head -c 5000 /dev/zero | tr '\0' x)
exits "--common, and some that are none" 1 "$VTOK" fit --common --tokens 1000 -o csv --no-header 640x480 nothing.png "$long"
is "each with its reason" "fits|no such file|longer than 4096 bytes" \
	"$(printf '%s\n' "$out" | awk -F, '{ print ($15 == "error" ? $16 : $15) }' | tr '\n' '|' | sed 's/|$//')"
exits "--common" 0 "$VTOK" fit --common --tokens 1000 -o csv --no-header 3024x4032 1920x1080 200x200
is "one longest side" "$(field 1 6)" "$(field 2 5)"
is "a small picture stays" 200,200 "$(field 3 5-6)"
is "--common reads standard input" "$out" "$(printf '3024x4032\n1920x1080\n200x200\n' |
	"$VTOK" fit --common --tokens 1000 -o csv --no-header -)"
for tokens in 100 300 800; do
	exits "--common with levels of detail, $tokens tokens" 0 "$VTOK" fit --common --tokens $tokens -m gpt-4o -o csv --no-header 1170x2532 300x300 3000x2000
	for row in 1 2 3; do
		ok "$tokens, row $row: within the budget" test "$(field $row 7)" -le $tokens
		is "$tokens, row $row: counted again" "$(field $row 7)" "$("$VTOK" count -m gpt-4o --detail "$(field $row 8)" \
			-o csv --no-header "$(field $row 5)x$(field $row 6)" | cut -d, -f7)"
	done
done
exits "--common --snap" 0 "$VTOK" fit --common --snap --why --tokens 500 -o csv --no-header 1000x700 300x400
is "are multiples of 32" 0,0,0,0 "$(($(field 1 5) % 32)),$(($(field 1 6) % 32)),$(($(field 2 5) % 32)),$(($(field 2 6) % 32))"
is "the row says the common side" "longer sides to 848 at most|longer sides to 848 at most" "$(field 1 16)|$(field 2 16)"
exits "--common --why where all hold" 0 "$VTOK" fit --common --why --tokens 9000 -o csv --no-header 1000x700 300x400
is "says so" "no longer side is cut" "$(field 1 16)"
exits "--snap" 0 "$VTOK" fit --snap --tokens 1000 -o csv --no-header 3024x4032
is "multiples of 32" 0,0 "$(($(field 1 5) % 32)),$(($(field 1 6) % 32))"
ok "within the budget" test "$(field 1 7)" -le 1000
exits "--upscale" 0 "$VTOK" fit --upscale --tokens 1000 -o csv --no-header 100x100
ok "is larger" test "$(field 1 5)" -gt 900
ok "more of it is left than there was" awk -v kept="$(field 1 10)" 'BEGIN {exit !(kept > 50)}'
exits "--upscale by little" 0 "$VTOK" fit --upscale --tokens 100 --why -o csv --no-header 320x240
is "is not called useless" 0 "$(printf '%s\n' "$out" | grep -c useless)"
exits "--why" 0 "$VTOK" fit --why --tokens 1000 -o csv --no-header 3024x4032
like "says the next step" 'the next step, [0-9]+x[0-9]+, takes' "$out"

# a stream is as its lines are
sizes=$(awk 'BEGIN {for (i = 1; i < 60; i++) print 100 * i + i "x" 37 * i + 500; print "nothing"}')
exits "a stream" 1 sh -c 'printf "%s\n" "$1" | "$2" fit --tokens 700 -o csv -j 4 -' sh "$sizes" "$VTOK"
is "a row for each line" 61 "$(printf '%s\n' "$out" | wc -l | tr -d ' ')"
is "in order" "$sizes" "$(printf '%s\n' "$out" | sed 1d | cut -d, -f2)"

# every fitted size is counted again by count, for one model of each kind of rule
models='qwen2.5-vl-7b llava-onevision-7b gemma-3-4b internvl3-8b smolvlm-256m-500m phi-3.5-vision lfm2-vl-1.6b minicpm-v-2.6
	pixtral-12b claude-high-res gemini-2.5-pro nova-pro molmo-7b llama4 deepseek-vl2 ovis2 gemma4 fuyu-8b kimi-vl muse-glimmer'
for m in $models; do
	for size in 3024x4032 1920x1080; do
		"$VTOK" fit -m "$m" --detail auto --tokens 2000 -o csv --no-header "$size" >"$tmp/fit"
		IFS=, read -r _ _ _ _ w h tokens _ <"$tmp/fit"
		[ -n "$w" ] || continue
		counted=$("$VTOK" count -m "$m" -o csv --no-header "${w}x$h" | awk -F, '{print $7 == "" ? $5 : $7}')
		[ "$counted" = "$tokens" ] || echo "$m $size: ${w}x$h has $counted tokens, not $tokens"
	done
done >"$tmp/wrong"
is "counted again" "" "$(cat "$tmp/wrong")"

# what explain says of the layout is what the effective pixels are made of
"$VTOK" explain -m qwen3-vl-8b -o jsonl 992x1322 | grep -o '"content":{[^}]*}' >"$tmp/content"
is "explain shows the layout" '"content":{"x":0,"y":0,"width":992,"height":1312}' "$(cat "$tmp/content")"

# bad usage: one line, code 2
for bad in '640x480' '--tokens x 640x480' '--share lots 640x480' '--budget nothing=3 640x480' '--budget tokens_text=3 640x480' \
	'--budget model=3 640x480' '--budget tokens 640x480' '--tokens 5' '--tokens 5 -n 0 640x480' \
	'--share 5 640x480' '--share 101% 640x480' '--budget share=5 640x480' \
	'--aspects --common --tokens 5 640x480' '--upscale --common --tokens 5 640x480' '-m no-such --tokens 5 640x480' \
	'--ttft -1 --ttft 3parsecs 640x480'; do
	# shellcheck disable=SC2086
	exits "fit $bad" 2 "$VTOK" fit $bad
	is "fit $bad: one line" 1 "$(printf '%s\n' "$err" | wc -l | tr -d ' ')"
	is "fit $bad: no result" "" "$out"
done
tap_end
