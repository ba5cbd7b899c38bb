#!/bin/sh
# vtok estimate, explain, chart and the lists: members, sums, reasons.
. "${SRCDIR:-.}/tests/tap.sh"
json() { "$BUILDDIR/tests/run-json" "$@"; }

"$VTOK" estimate -m qwen3-vl-8b -o json 1024x1024 >"$tmp/one"
members="image.width image.height image.count tokens.visual tokens.special tokens.per_image tokens.images tokens.text
tokens.reserve tokens.total context.limit context.used_share context.text_left context.images_fit kv.bytes_per_token
kv.window_bytes kv.bytes_per_image kv.bytes_per_request memory.total_bytes memory.weights_bytes memory.reserve_bytes
memory.kv_pool_bytes capacity.concurrency capacity.concurrency_text_only capacity.concurrency_full
capacity.image_factor prefill.fixed_ms
prefill.preprocess_ms prefill.vision_ms prefill.projector_ms prefill.llm_ms prefill.ttft_ms prefill.decode_ms prefill.processor_ms prefill.gpu_ms prefill.low_ms
prefill.high_ms prefill.vision_flops prefill.llm_flops"
for m in $members; do
	like "json: $m is a number" '^number -?[0-9]' "$(json $m <"$tmp/one")"
done
is "json: texts" "string qwen3-vl-8b
string h100-sxm
string exact
string bf16" "$(json model hardware lens kv.dtype <"$tmp/one")"
like "json: what bounds it" '^string [A-Za-z]' "$(json prefill.bound <"$tmp/one")"
like "json: what bounds the tower" '^string [A-Za-z]' "$(json prefill.vision_bound <"$tmp/one")"
like "json: what bounds the language model" '^string [A-Za-z]' "$(json prefill.llm_bound <"$tmp/one")"
for m in total weights reserve kv_pool; do
	like "json: memory.${m}_bytes is whole" '^number [0-9]+$' "$(json memory.${m}_bytes <"$tmp/one")"
done
fitted() { json prefill.calibrated <"$1" | sed 's/.*\(true\|false\).*/\1/'; }
is "json: the default pair is fitted to measurements" "true" "$(fitted "$tmp/one")"
"$VTOK" estimate -m qwen3-vl-8b --engine sglang -o json 640x480 >"$tmp/other"
is "json: another engine is not" "false" "$(fitted "$tmp/other")"

# what could not be confirmed is shown with the result; bandwidth of the chip is recalled, see hardware.ini
"$VTOK" estimate -m qwen3-vl-8b -g jetson-orin-nano --tp 1 -o json 640x480 >"$tmp/unsure"
like "json: keys of the hardware that are not confirmed" 'bandwidth' "$(json unverified.hardware <"$tmp/unsure")"
"$VTOK" estimate -m qwen3-vl-8b -g jetson-orin-nano -o table 640x480 >"$tmp/unsure"
like "table: keys of the hardware that are not confirmed" '^unverified +hardware: .*bandwidth' "$(cat "$tmp/unsure")"
"$VTOK" estimate -m gemma-3n-e2b -o json 640x480 >"$tmp/unsure"
like "json: a checkpoint with keys that are not confirmed is marked" 'unverified' "$(json marks <"$tmp/unsure")"
"$VTOK" estimate -m qwen3-vl-8b -g jetson-orin-nano -o table 640x480 >"$tmp/unsure"
like "table: whether it is fitted" 'not fitted to measurements' "$(cat "$tmp/unsure")"
"$VTOK" estimate -m gemma-3-4b -g rtx-4090 --tp 2 -o table 640x480 >"$tmp/caveat"
like "table: what is uncertain" 'not fitted to measurements; tensor parallel over PCIe' "$(cat "$tmp/caveat")"
like "table: requests of full context" 'of text alone, [0-9]+ of full context' "$(cat "$tmp/caveat")"
like "table: what bounds each part" 'vision [0-9.]+ ms \(compute\)' "$(cat "$tmp/caveat")"
value() { json "$1" <"$tmp/one" | cut -d' ' -f2; }
adds_up() { # NAME MEMBER...: the first is the sum of the others
	name=$1 sum=$(value "$2")
	shift 2
	terms=$(for m; do value "$m"; done | tr '\n' ' ')
	ok "$name" awk -v sum="$sum" -v terms="$terms" 'BEGIN {
		n = split(terms, t, " "); for (i = 1; i <= n; i++) s += t[i]
		d = s - sum; exit !(d < 1e-6 * sum + 1e-9 && -d < 1e-6 * sum + 1e-9) }'
}
adds_up "visual + special = per image" tokens.per_image tokens.visual tokens.special
adds_up "images + text + reserve = total" tokens.total tokens.images tokens.text tokens.reserve
adds_up "limit = total + what is left" context.limit tokens.total context.text_left
adds_up "the time before the encoder" prefill.preprocess_ms prefill.decode_ms prefill.processor_ms
adds_up "the GPU's part" prefill.gpu_ms prefill.vision_ms prefill.projector_ms prefill.llm_ms
adds_up "five parts make the time" prefill.ttft_ms prefill.fixed_ms prefill.preprocess_ms prefill.vision_ms \
	prefill.projector_ms prefill.llm_ms

# before the encoder. The sample is a JPEG of 4032x3024 and 293,163 bytes: 2.46 ms x 12.192768 + 11.9 ms x 0.293163 to
# decode; of the size alone 7.5 ms x 12.192768
before() { "$VTOK" estimate -m qwen3-vl-8b -o json "$@" >"$tmp/one"; }
ms() { json "prefill.$1_ms" <"$tmp/one" | awk '{ printf "%.3f", $2 }'; }
before "$SRCDIR/samples/photo.jpg"
is "a file is read as long as its size says" 33.483 "$(ms decode)"
before 4032x3024
is "a size is taken for a JPEG" 91.446 "$(ms decode)"
gpu=$(ms gpu)
before --preprocess none 4032x3024
is "the time before the encoder is left out" "0.000 0.000 0.000" "$(ms preprocess) $(ms decode) $(ms processor)"
is "and the GPU's part stays" "$gpu" "$(ms gpu)"
before --preprocess gpu 4032x3024
is "on the GPU: 1 ms + 2 ms x 12.192768" 25.386 "$(ms processor)"
before --engine llama.cpp --preprocess gpu 640x480
like "an engine with code of its own has no such way" 'its own code' "$(json prefill.ttft_ms_reason <"$tmp/one")"
before --engine llama.cpp 640x480
like "and what was not measured is said" 'not measured' "$(json prefill.preprocess_caveat <"$tmp/one")"
before --cpu-threads 1 640x480
one=$(ms processor)
before --cpu-threads 8 640x480
ok "more threads take less" awk "BEGIN { exit !($(ms processor) < $one) }"
exits "threads are at least one" 2 "$VTOK" estimate --cpu-threads 0 640x480
exits "ways have names" 2 "$VTOK" estimate --preprocess cuda 640x480
like "which are told" 'auto, fast, gpu, slow, none' "$err"

"$VTOK" estimate -m gpt-4o --price 2.5 -o json 1024x1024 >"$tmp/one"
is "a hosted model: tokens and price" "number 765
number 1.9125" "$(json tokens.visual price.usd_per_1000_images <"$tmp/one")"
is "a hosted model: the rest is null with a reason" "null
string
null
string" "$(json kv.bytes_per_token kv.bytes_per_token_reason prefill.ttft_ms prefill.ttft_ms_reason <"$tmp/one" | cut -d' ' -f1)"
"$VTOK" estimate -m qwen2.5-vl-7b -o json 6994x25 >"$tmp/one"
is "a refusal: exit code" 1 $?
is "a refusal: null with the reason" "null
string absolute aspect ratio must be smaller than 200, got 279.76" "$(json tokens.visual tokens.visual_reason <"$tmp/one")"
"$VTOK" estimate -m qwen2.5-vl-7b -o json -t 200k 640x480 >"$tmp/one"
is "text longer than the context: a reason" "null
string" "$(json capacity.concurrency capacity.concurrency_reason <"$tmp/one" | cut -d' ' -f1)"
like "text longer than the context: its cache and the picture's time are there" '^number [0-9]+
number [0-9.]+
null$' "$(json kv.bytes_per_request prefill.vision_ms prefill.llm_ms <"$tmp/one")"
like "text longer than the context: what is left is negative" '^number -' "$(json context.text_left <"$tmp/one")"

"$VTOK" estimate -m llama-3-8b -n 0 -o json >"$tmp/one"
is "a language model alone: text is prefilled" "number 0
number 0
null" "$(json tokens.images prefill.vision_ms prefill.ttft_ms_reason <"$tmp/one" 2>/dev/null | sed 's/^missing$/null/')"
like "a language model alone: it has a time" '^number [0-9]' "$(json prefill.ttft_ms <"$tmp/one")"
# a request of text alone has no part that only an image has
"$VTOK" estimate -m qwen2.5-vl-7b -n 0 -o table 6994x25 >"$tmp/text"
is "text alone: a picture that is not there is not refused" 0 $?
is "text alone: no image, no vision, no projector, no decoder" "" "$(sed 's/bound by decode$//' "$tmp/text" | grep -E 'refused|per image|vision|projector|decode|processor|image factor|0\.00 us')"
like "text alone: the language model is the GPU's part" 'GPU .* of it, the LLM' "$(cat "$tmp/text")"
"$VTOK" estimate -m qwen2.5-vl-7b -n 0 -o json 640x480 >"$tmp/text"
is "text alone, json: parts of an image are 0, what bounds them is nothing" "number 0
number 0
null
string the request has no image" "$(json prefill.vision_ms prefill.processor_ms prefill.vision_bound prefill.vision_bound_reason <"$tmp/text")"
is "text alone, on the screen: no part of an image" "" "$("$VTOK" render --size 120x40 -m qwen2.5-vl-7b -n 0 640x480 | grep -E '(vision|proj\.|projector|preprocess) +0')"
is "text alone, derived: no step of an image" "" "$("$VTOK" render --size 120x70 --view explain -m qwen2.5-vl-7b -n 0 640x480 |
	grep -E '(vision|projector|decode|processor) +\+|0\.00 us')"
exits "a language model alone takes no images" 2 "$VTOK" estimate -m llama-3-8b 640x480
# the dashboard and all other commands that are about pictures say what to do instead, and that can be done
for command in render 'render -n 0' 'tui --no-config' count explain fit chart; do
	input=640x480
	case $command in fit) input='--tokens 100 640x480' ;; esac
	exits "$command: a language model alone" 2 "$VTOK" $command -m llama-3-8b $input
	like "$command: names the command for it" \
		'^vtok: llama-3-8b is a language model alone: it takes no images; vtok estimate -m llama-3-8b -n 0 says what its text costs$' "$err"
done
exits "and that command can be run" 0 "$VTOK" estimate -m llama-3-8b -n 0

"$VTOK" estimate --all -o json 640x480 >"$tmp/all"
like "all models: a list" '^array [0-9]' "$(json "" <"$tmp/all")"
is "all models: never NaN or infinite" "" "$(grep -inE '[^a-z](nan|inf(inity)?)[^a-z]' "$tmp/all")"
# one list for every command and the comparison; what has no estimate has its counts and says why
ids() { "$VTOK" "$1" --all -o csv --no-header 640x480 | cut -d, -f1 | uniq; }
ids count >"$tmp/ids"
is "every model: no id twice" "" "$(sort "$tmp/ids" | uniq -d)"
is "every model: explain has those of count" "$(cat "$tmp/ids")" "$(ids explain)"
is "every model: estimate has those of count" "$(cat "$tmp/ids")" "$(ids estimate)"
like "every model: the comparison has as many" " of $(grep -c . "$tmp/ids") " "$("$VTOK" render --view compare --size 200x30 640x480)"
is "every model: estimate counts as count does" "$("$VTOK" count --all -o csv --no-header 640x480 | cut -d, -f1,5)" \
	"$("$VTOK" estimate --all -o csv --no-header 640x480 | cut -d, -f1,7)"
"$VTOK" estimate -m florence-2 -o json 640x480 >"$tmp/alone"
is "a processor without a checkpoint: counts, and a reason for the rest" "number 577
null
string an image processor by itself: its costs need a checkpoint" "$(json tokens.visual prefill.ttft_ms prefill.ttft_ms_reason <"$tmp/alone")"
exits "a processor that has checkpoints" 2 "$VTOK" estimate -m qwen2.5-vl@ollama 640x480
like "a processor that has checkpoints: names them" 'name a checkpoint: .*qwen2.5-vl-7b' "$err"
"$VTOK" estimate --all -o jsonl 640x480 >"$tmp/lines"
is "all models: a line each" "$(json "" <"$tmp/all")" "$(json -l "" <"$tmp/lines")"
is "csv: as many fields in every row" 1 "$("$VTOK" estimate -m qwen3-vl-8b -m gpt-4o -m gemma-3-4b -o csv 640x480 |
	sed 's/"[^"]*"/text/g' | awk -F, '{ print NF }' | sort -u | wc -l | tr -d ' ')"
like "table: one model in lines" '^prefill +[0-9].* to the first token \(' "$("$VTOK" estimate -o table 1024x1024)"
is "table: several models in rows" 3 "$("$VTOK" estimate -m qwen3-vl-8b -m gpt-4o -o table 640x480 | wc -l | tr -d ' ')"
like "markdown" '^\| model \|.*\|$' "$("$VTOK" estimate -m qwen3-vl-8b -o md 640x480)"
exits "a picture that is not there" 1 "$VTOK" estimate "$tmp/none.png"
like "a picture that is not there: says which" 'none.png: no such file' "$err"
exits "a bad size" 1 "$VTOK" estimate 0x0
like "a bad size: says why" '0x0: bad size: both sides' "$err"

# the line of the key y keeps a rule that was asked for by its date: a newer one shall not take its place
line_of() { "$VTOK" render --size 120x40 --keys y -m "$1" 640x480 | sed -n 's/.*vtok tui -m \([^ ]*\).*/\1/p'; }
is "y: a dated rule keeps its date" gpt-5.4-mini@2026-08 "$(line_of GPT-5.4-mini@2026-08)"
is "y: without one there is none" gpt-5.4-mini "$(line_of gpt-5.4-mini)"

# explain adds up to count, for every model and several sizes
for size in 1x1 640x480 1920x1080 3024x4032 200x2000; do
	"$VTOK" count --all --all-runtimes -o csv --no-header $size | awk -F, '{ print $1, $4, $5, $6, $7 }' >"$tmp/count"
	"$VTOK" explain --all -o csv --no-header $size >"$tmp/explain"
	awk -F, '
		function row() { if (m != "") print m, refused ? "error" : "ok", v, s, t }
		$1 != m { row(); m = $1; v = t = ""; s = 0; refused = 0 }
		$2 == "visual" { v = $5 } $2 == "special" { s = $5 } $2 == "total" { t = $5 } $2 == "refused" { refused = 1 }
		END { row() }' "$tmp/explain" | sort >"$tmp/sums"
	awk 'NR == FNR { explained[$1] = $0; next } $1 in explained {
		split(explained[$1], e, " ")
		# special and total of a processor that does not tell them are missing from both
		if (e[2] != $2 || ($2 == "ok" && (e[3] != $3 || (NF == 5 ? e[4] != $4 || e[5] != $5 : e[5] != "")))) print $0 " | " explained[$1]
		n++ } END { if (n < 30) print "only " n " models" }' "$tmp/sums" "$tmp/count" >"$tmp/differ"
	is "explain adds up to count at $size" "" "$(head -5 "$tmp/differ")"
	# the steps in tokens before the sum are its summands
	awk -F, '$2 == "original" { s = 0; open = 1 } $2 == "visual" { if (s && s != $5) print $1, s, $5; open = 0 }
		open && $6 == "tokens" { s += $5 }' "$tmp/explain" >"$tmp/differ"
	is "the steps of explain add up at $size" "" "$(head -5 "$tmp/differ")"
done
is "explain: the next cheaper size really is, and the pixel before is not" "2042 1982 2042" "$(
	for size in 1920x1080 1904x1071 1905x1072; do
		"$VTOK" count -m qwen3-vl-8b -o csv --no-header $size
	done | cut -d, -f7 | tr '\n' ' ' | sed 's/ $//')"
like "explain: a picture that EXIF turns" 'exif .*turned by its EXIF orientation' \
	"$("$VTOK" explain -o table "$SRCDIR/samples/photo-turned.jpg")"
exits "explain: a refusal" 1 "$VTOK" explain -m qwen2.5-vl-7b 6994x25
like "explain: a refusal says why" 'refused,.*279.76' "$out"

for list in models hardware themes; do
	"$VTOK" $list -o json >"$tmp/list"
	like "$list: a list" '^array [0-9]' "$(json "" <"$tmp/list")"
	first=$("$VTOK" $list -o csv --no-header | head -1 | cut -d, -f1)
	exits "$list NAME" 0 "$VTOK" $list -o table "$first"
	"$VTOK" $list -o json "$first" >"$tmp/list"
	like "$list NAME as json" '^array [1-9]' "$(json "" <"$tmp/list")"
done
like "models NAME shows the source" '^source = ' "$("$VTOK" models qwen3-vl-8b -o table)"
like "models NAME shows its processor's sections too" '^\[processor qwen3-vl\]' "$("$VTOK" models qwen3-vl-8b -o table)"
"$VTOK" models qwen3-vl-8b -o table >"$tmp/again.ini"
exits "what models NAME prints can be read again" 0 "$VTOK" count -f "$tmp/again.ini" -m qwen3-vl-8b 640x480
is "and counts the same" "$("$VTOK" count -m qwen3-vl-8b 640x480)" "$out"

# every member of json is a column of csv, under its path, with the same value
for setting in "-m qwen3-vl-8b 1600x1200" "-m gemma-3n-e2b -n 0 1600x1200" "-m qwen2.5-vl-7b 6994x25" \
	"-m gpt-4o --price 2.5 1024x768" "-m internvl3-8b -n 3 --lens formula --kv fp8 800x600"; do
	"$VTOK" estimate $setting -o csv >"$tmp/csv"
	"$VTOK" estimate $setting -o json >"$tmp/one"
	head -1 "$tmp/csv" | tr ',' '\n' >"$tmp/columns"
	paths=$(sed 's/^\(image\|tokens\|context\|kv\|memory\|capacity\|prefill\|decode\|cost\|traffic\|unverified\|price\)_/\1./' "$tmp/columns")
	json $paths <"$tmp/one" 2>/dev/null | sed 's/^null$//; s/^missing$//; s/^number //; s/^string //; s/^true$/yes/; s/^false$/no/' >"$tmp/json"
	sed 1d "$tmp/csv" | awk '{ while (match($0, /^("([^"]|"")*"|[^,]*)(,|$)/)) { f = substr($0, 1, RLENGTH)
		rest = substr($0, RLENGTH + 1); sub(/,$/, "", f); gsub(/^"|"$/, "", f); gsub(/""/, "\"", f); print f
		if (rest == "" && substr($0, RLENGTH, 1) != ",") break; $0 = rest } }' >"$tmp/cells"
	is "json is csv: $setting" "" "$(paste -d '|' "$tmp/columns" "$tmp/json" "$tmp/cells" | awk -F'|' '$2 != $3' | head -3)"
	like "csv has every column: $setting" '^1[0-9][0-9]$' "$(wc -l <"$tmp/columns" | tr -d ' ')"
done
for metric in tokens:tokens_visual ttft:prefill_ttft_ms kv:kv_bytes_per_request share:context_used_share \
	concurrency:capacity_concurrency; do
	"$VTOK" chart --metric ${metric%:*} -o csv >"$tmp/curves"
	columns=model,width,height,${metric#*:},reason
	[ "$metric" != ttft:prefill_ttft_ms ] || columns=model,width,height,prefill_ttft_ms,prefill_low_ms,prefill_high_ms,reason
	is "chart of ${metric%:*} as csv: its machine's name" "$columns" "$(head -1 "$tmp/curves")"
	is "chart of ${metric%:*} as csv: as many fields" "$(printf '%s\n' "$columns" | awk -F, '{ print NF }')" \
		"$(awk -F, '{ print NF }' "$tmp/curves" | sort -u)"
done
# a time has its range, the one that estimate says
ends() { awk -F, -v w="$1" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } NR > 1 && (w == "" || $2 == w) { print $at["prefill_low_ms"], $at["prefill_high_ms"] }'; }
is "chart of ttft: the range is estimate's" "$("$VTOK" estimate -m qwen3-vl-8b -o csv 224x168 | ends '')" \
	"$("$VTOK" chart -m qwen3-vl-8b --metric ttft -o csv 1024x768 | ends 224)"
like "chart of cost as json: both ends" '"cost_usd_per_1000":[0-9.]*,"cost_usd_low":[0-9.]*,"cost_usd_high":[0-9.]*,"reason":null' \
	"$("$VTOK" chart -m qwen3-vl-8b --metric cost -o json 1024x768 | sed -n 2p)"
like "chart of ttft of a hosted model: no value, no range, the reason" '^gpt-4o,224,168,,,,[^,]' \
	"$("$VTOK" chart -m gpt-4o --metric ttft -o csv 1024x768 | sed -n 2p)"
is "chart: an id is never cut" "gpt-image-1-high-fidelity" \
	"$("$VTOK" chart -m gpt-image-1-high-fidelity -o csv --no-header | cut -d, -f1 | sort -u)"
is "chart: without -m the ids of the representatives" "gemma-3-4b llava-1.5-7b llava-onevision-7b qwen3-vl-8b" \
	"$("$VTOK" chart -o csv --no-header | cut -d, -f1 | sort -u | tr '\n' ' ' | sed 's/ $//')"
is "chart in lens formula: every model asked for" "internvl3-14b llava-1.5-13b" \
	"$("$VTOK" chart --lens formula -m internvl3-14b -m llava-1.5-13b --metric ttft -o csv --no-header 2194x1355 |
		cut -d, -f1 | sort -u | tr '\n' ' ' | sed 's/ $//')"
# more tokens than 64 bits hold are more than any limit, never less
"$VTOK" estimate -m qwen2.5-vl-7b@tgi --engine tgi -n 10000 -o json 1000000000x1000000000 >"$tmp/huge" 2>/dev/null
like "huge: the sum of its images" '^number 2\.3[0-9]*e\+18$' "$(json tokens.images <"$tmp/huge")"
like "huge: nothing is left" '^number -2' "$(json context.text_left <"$tmp/huge")"
like "huge: fit says that none holds" ',none,"no size holds' \
	"$("$VTOK" fit -m qwen2.5-vl-7b@tgi -n 1000000 --tokens 1000 -o csv 1000000000x1000000000)"
# a format that a profile names is computed as it says; of one that none names the device has the rate or not
like "fp4 on Hopper, which has a profile for it" '^number ' "$("$VTOK" estimate -m qwen3-vl-30b-a3b --weights fp4 -g h100-sxm -o json 1024x1024 | json prefill.ttft_ms)"
like "fp8 of llama.cpp on Ampere" '^number ' "$("$VTOK" estimate -m qwen2.5-vl-7b --engine llama.cpp --weights fp8 -g rtx-3090 -o json 1024x1024 2>/dev/null | json prefill.ttft_ms)"
like "fp8 of vLLM on Ampere" 'this hardware has no fp8 rate' "$("$VTOK" estimate -m qwen2.5-vl-7b --weights fp8 -g rtx-3090 -o table 1024x1024)"
column() { awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; next } { print $at }'; }
# a curve is that of the name asked for: its price, its weights
for name in o3 mistral-medium-3.1 claude-sonnet-4-5 gemini-2.5-flash; do
	is "chart of $name: its own price" "$name,1000,1000,$("$VTOK" estimate -m $name -o csv 1000x1000 | column price_usd_per_1000_images)," \
		"$("$VTOK" chart -m $name --metric price --widths 1000:1010 -o csv --no-header 1000x1000 | head -n 1)"
done
for metric in concurrency:capacity_concurrency ttft:prefill_ttft_ms; do
	is "chart of ${metric%:*}: the weights of the name" "$("$VTOK" estimate -m qwen2.5-vl-7b-fp8 -o csv 1000x1000 | column ${metric#*:})" \
		"$("$VTOK" chart -m qwen2.5-vl-7b-fp8 --metric ${metric%:*} --widths 1000:1010 -o csv --no-header 1000x1000 | head -n 1 | cut -d, -f4)"
done
exits "chart: two types of weights" 2 "$VTOK" chart -m qwen2.5-vl-7b-fp8 -m qwen2.5-vl-7b-awq -o csv
like "chart: two types of weights: says so" '^vtok: chart: all curves have one type of weights' "$err"
like "chart in lens formula: of one model its LLM is named" 'the LLM of internvl3-14b' \
	"$("$VTOK" chart --lens formula -m internvl3-14b --metric ttft -o text 800x600)"
# a traffic in words, of the numbers that JSON has
for images in 1:images 0:requests; do
	"$VTOK" estimate --no-config -m qwen3-vl-8b --rate 5 -n ${images%:*} -o json 640x480 >"$tmp/traffic.json"
	is "a traffic of ${images#*:}, in words" "$(sed -n '/"traffic"/,/}/s/.*"\([a-z0-9_]*\)": \([0-9.]*\).*/\1 \2/p' "$tmp/traffic.json" |
		awk -v what="${images#*:}" 'function three(ms) { return sprintf(ms >= 100 ? "%.0f ms" : ms >= 10 ? "%.1f ms" : "%.2f ms", ms) }
			{ v[$1] = $2 }
			END {
				s = (v["gpus"] > 1 ? "s" : "")
				printf "%d GPU%s for 5.00/s; first token after %s (%s to %s)\n", v["gpus"], s,
					three(v["ttft_ms"]), three(v["ttft_low_ms"]), three(v["ttft_high_ms"])
				printf "%s between tokens (%s to %s)\n", three(v["itl_ms"]), three(v["itl_low_ms"]), three(v["itl_high_ms"])
				printf "%.2f USD an hour, %.4g USD for 1,000 %s\n", v["usd_per_hour"], v["usd_per_1000"], what
			}')" \
		"$("$VTOK" estimate --no-config -m qwen3-vl-8b --rate 5 -n ${images%:*} -o table 640x480 |
			sed -n '/^traffic/,/USD/p' | sed 's/^traffic//; s/^ *//')"
done
is "chart: --widths are its ends" "300 1500" "$("$VTOK" chart --widths 300:1500 -m qwen3-vl-8b -o csv --no-header |
	cut -d, -f2 | sed -n '1p;$p' | tr '\n' ' ' | sed 's/ $//')"
for widths in 256 :256 256: x:256 256:x 0:256 256:256 256:100 256:256.5 1:2000000000 12345678901234567:99999999999999999; do
	exits "chart: --widths $widths" 2 "$VTOK" chart --widths $widths -o csv
	is "chart: --widths $widths: says so" "vtok: --widths: expected two widths like 256:1536, got \"$widths\"" "$err"
done
is "chart as text has the size asked for" "20" "$("$VTOK" chart -o text --size 60x20 | wc -l | tr -d ' ')"
is "chart in ASCII" "" "$("$VTOK" chart -o text --ascii | LC_ALL=C grep -n "$(printf '[\200-\377]')")"
like "chart as svg" '^<svg ' "$("$VTOK" chart -o svg)"
for metric in ttft kv concurrency; do
	like "chart of $metric: a hosted model says why not, csv" '^gpt-4o,224,224,.*a hosted model: the vendor' \
		"$("$VTOK" chart -m qwen3-vl-8b -m gpt-4o --metric $metric -o csv)"
	like "chart of $metric: and in text" '^gpt-4o: a hosted model: the vendor' \
		"$("$VTOK" chart -m qwen3-vl-8b -m gpt-4o --metric $metric -o text)"
	like "chart of $metric: and in svg" 'gpt-4o: a hosted model: the vendor' \
		"$("$VTOK" chart -m qwen3-vl-8b -m gpt-4o --metric $metric -o svg)"
done
like "chart of the share: without a limit it says so" '^gpt-4o: no context limit is known' \
	"$("$VTOK" chart -m gpt-4o --metric share -o text)"
like "chart: a refusal has its reason" 'aspect ratio' "$("$VTOK" chart -m qwen2.5-vl-7b -o csv 6994x25)"
is "chart of the models asked for" "gemma-3-4b gpt-4o" "$("$VTOK" chart -m gpt-4o -m gemma-3-4b -o csv --no-header |
	cut -d, -f1 | sort -u | tr '\n' ' ' | sed 's/ $//')"

# what decides how much a server sets aside
# figure COLUMN ARGS...
figure() {
	column=$1
	shift
	"$VTOK" estimate -o csv "$@" 1024x1024 | awk -F, -v name="$column" \
		'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i } NR == 2 { print $at }'
}
is "a share given is a share taken" 42508746752 "$(figure memory_budget_bytes --utilisation 0.5)"
is "and in percent of the screen's knobs as in decimals" "$(figure memory_budget_bytes --utilisation 0.9)" \
	"$(figure memory_budget_bytes --engine vllm@0.20.1)"
is "fewer requests of a step, a smaller sampler" 94808064 "$(figure memory_sampler_bytes --max-seqs 16)"
is "a shorter step" 184549376 "$(figure memory_activation_bytes --max-batched-tokens 2048)"
is "no pictures, no encoder" 0 "$(figure memory_encoder_bytes --limit-images 0)"
is "any number of them, the same encoder" "$(figure memory_encoder_bytes)" "$(figure memory_encoder_bytes --limit-images 7)"
is "an older version subtracts no graphs" 0 "$(figure memory_graphs_bytes --engine vllm@0.20)"
is "the low end lies below" 1 "$(awk -v a="$(figure memory_kv_pool_low_bytes)" -v b="$(figure memory_kv_pool_bytes)" \
	'BEGIN { print (a < b) }')"
is "it fits" yes "$(figure capacity_fits)"
is "72 B do not" no "$(figure capacity_fits -m qwen2.5-vl-72b)"
like "what is missing, and the ways" 'it fits with 4 GPUs or int4 weights' \
	"$("$VTOK" estimate -m qwen2.5-vl-72b -o table 1024x1024)"
like "what is set aside, part by part" 'set aside: .*sampler 5.65 GiB.*framework 160 MiB' \
	"$("$VTOK" estimate -o table 1024x1024)"
like "marked where nobody knows" 'more than 8,192 tokens a step is not known' \
	"$("$VTOK" estimate -m qwen3.5-35b-a3b --max-batched-tokens 16384 -o table 1024x1024)"
is "a checkpoint's own format is the default" "$(figure memory_weights_bytes -m kimi-k2.5 --weights int4)" \
	"$(figure memory_weights_bytes -m kimi-k2.5)"
is "another program's name of a format" "$(figure memory_weights_bytes --weights fp4)" \
	"$(figure memory_weights_bytes --weights NVFP4)"
for bad in '--engine vllm@x' '--engine vllm@' '--utilisation 1.5' '--utilisation 0' '--max-seqs 0' \
	'--max-batched-tokens 0' '--limit-images -1' '--kv q6_k' '--weights q7_k'; do
	exits "$bad is refused" 2 "$VTOK" estimate $bad 1024x1024
done
is "a knob's own word for nothing" "$("$VTOK" estimate 640x480)" \
	"$("$VTOK" estimate --rate off --gpu-price Market --limit-images any --cpu-threads auto 640x480)"
like "what a version looks like" 'expected a version like 0.20' "$("$VTOK" estimate --engine vllm@x 2>&1)"
"$VTOK" render --size 200x60 --keys y --engine vllm@0.20.1 --utilisation 0.85 --max-seqs 8 --limit-images 0 >"$tmp/y"
for word in 'engine vllm@0.20.1' 'utilisation 0.85' 'max-seqs 8' 'limit-images 0'; do
	like "y brings back --$word" "--$word" "$(cat "$tmp/y")"
done
tap_end
