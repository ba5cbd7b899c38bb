#!/bin/sh
# What people read: the sentences of `estimate` for every kind of answer, notes of tables, lists in every format, what is no
# use of a command, colours.
. "${SRCDIR:-.}/tests/tap.sh"
XDG_CONFIG_HOME=$tmp/none
export XDG_CONFIG_HOME

# NAME|OPTIONS|what a line says (grep -E)
while IFS='|' read -r name options pattern; do
	[ -n "$name" ] || continue
	# shellcheck disable=SC2086
	like "$name" "$pattern" "$("$VTOK" estimate -o table $options 2>&1)"
done <<'EOT'
no image|-n 0 10x10|^tokens +no image$
no image: no decoder|-n 0 10x10|^ +fixed [0-9.]+ ms$
more than one|-n 2 10x10|^image +10x10 pixels, 2 images$
special tokens are told|800x600|^tokens +475 visual \+ 2 special = 477 per image$
or are not|-m idefics3-8b 800x600|^tokens +[0-9,]+ visual per image \(the processor does not tell its special tokens\)$
refused|-m qwen2.5-vl-7b 5000x5|^tokens +refused: absolute aspect ratio must be smaller than 200, got 1000$
refused: the limit alone|-m qwen2.5-vl-7b 5000x5|^context +128,000 limit$
refused: no request|-m qwen2.5-vl-7b 5000x5|^ +per request: absolute aspect ratio must be smaller than 200, got 1000$
no formula: no time, for the same reason|-m idefics3-8b --lens formula 640x480|^prefill +not available: the textbook has no formula for this family
a token too much|--context 3577 1920x1080|3,577 limit, 100.1 % used: 1 token too much; 0 images would fit$
tokens too much|--context 3576 1920x1080|: 2 tokens too much; 0 images would fit$
just enough|--context 3578 1920x1080|, 0 left; 1 image fits$
room for two|--context 5620 1920x1080|, 2,042 left; 2 images fit$
a request that cannot be|--context 1000 1920x1080|^capacity +not available: text and reserve are longer than the context limit$
and its time|--context 1000 1920x1080|^prefill +not available: text and reserve are longer than the context limit$
hosted|-m gpt-4o 800x600|^gpt-4o, hosted by OpenAI
hosted: no limit|-m gpt-4o 800x600|^context +no limit is known; -c gives one$
hosted: no costs|-m gpt-4o 800x600|^costs +KV cache, memory and time are the vendor's and not known$
a price of one's own|--price 3 800x600|^price +1\.431 USD for 1,000 images at 3 USD for a million input tokens$
the textbook|--lens formula 800x600|^qwen3-vl-8b on 1 x h100-sxm, vllm, textbook formula$
turned|--patch 8 800x600|vllm, modified: no longer the checkpoint$
on two devices|--tp 2 800x600|^qwen3-vl-8b on 2 x h100-sxm, vllm$
a cache with a window|-m gemma-3-4b 800x600|^ +layers with a window grow to [0-9.]+ [KMG]iB at most$
a cache with a state|-m qwen3.5-9b 800x600|^ +layers with a fixed state take [0-9.]+ [KMG]iB$
the greatest counts|800x600|; of the first three the greatest counts$
all of them count|--engine llama.cpp 800x600|^ +set aside: [^;]+$
it fits|800x600|^ +fits: [0-9,]+ requests at once at least$
it does not|-m qwen2.5-vl-72b 100x100|^ +does not fit: [0-9.]+ GiB are missing: the weights do not fit$
but it would|-m qwen2.5-vl-72b 100x100|^ +it fits with 4 GPUs or int4 weights$
and usually|-m qwen2.5-vl-72b 100x100|^ +2 GPUs would usually hold it, one request at a time$
no room for one|-m qwen2.5-vl-72b 100x100|^capacity +not available: the weights do not fit$
preprocessing is left out|--preprocess none 800x600|^ +fixed [0-9.]+ ms; preprocessing left out$
by whom it is done|--cpu-threads 4 --engine transformers 800x600|\(4 CPU threads\)$
on the GPU|--preprocess gpu 800x600|\(the GPU\)$
by guess|--engine llama.cpp 800x600|\(the CPU; not measured\)$
no profile|--engine core-ml 800x600|^prefill +not available: this engine has no profile for this hardware and precision$
fitted|800x600|^ +fitted to measurements$
not fitted|-g t4 --weights fp16 --tp 2 800x600|^ +not fitted to measurements
memory of others|-g gb10 800x600|^ +other programs share this memory$
EOT

# side by side: the first reason there is stands behind the row
while IFS='|' read -r name options pattern; do
	[ -n "$name" ] || continue
	# shellcheck disable=SC2086
	like "beside others, $name" "$pattern" "$("$VTOK" estimate -o table -m gemma-3-4b $options 2>&1)"
done <<'EOT'
refused|-m qwen2.5-vl-7b 5000x5|^qwen2.5-vl-7b .*absolute aspect ratio must be smaller than 200, got 1000$
hosted|-m gpt-4o 100x100|^gpt-4o .* hosted$
hosted and roughly|-m gemini-2.5 --rules 2025-04 100x100|^gemini-2.5 .* hosted, .*approximate$
too large|-m qwen2.5-vl-72b 100x100|^qwen2.5-vl-72b .*the weights do not fit$
too long|-m qwen3-vl-8b --context 1600 1920x1080|^qwen3-vl-8b .*the request is longer than the context limit$
nothing in the way|-m qwen3-vl-8b 100x100|^qwen3-vl-8b .* to [0-9.]+ ms *$
a price|-m qwen3-vl-8b --price 2 100x100|^qwen3-vl-8b .* 0\.132 USD *$
no price|-m qwen3-vl-8b 100x100|1st token +range +note$
EOT

# a list has as many entries in every format
json() { "$BUILDDIR/tests/run-json" "$@"; }
for list in models hardware themes; do
	n=$("$VTOK" $list -o csv --no-header | wc -l | tr -d ' ')
	ok "$list: there are some" test "$n" -gt 5
	is "$list: with a header one line more" "$((n + 1))" "$("$VTOK" $list -o csv | wc -l | tr -d ' ')"
	is "$list: a table" "$n" "$("$VTOK" $list -o table --no-header | wc -l | tr -d ' ')"
	is "$list: Markdown has a header of two lines" "$((n + 2))" "$("$VTOK" $list -o md | wc -l | tr -d ' ')"
	last=$((n - 1)) first=$("$VTOK" $list -o csv --no-header | sed -n '1s/,.*//p')
	key=$("$VTOK" $list -o csv | sed -n '1s/,.*//p')
	is "$list: JSON" "string $first
missing" "$("$VTOK" $list -o json | json 0.$key $n.$key)"
	is "$list: lines of JSON" "string $first
missing" "$("$VTOK" $list -o jsonl | json -l 0.$key $n.$key)"
	like "$list: to the last" "^string " "$("$VTOK" $list -o jsonl | json -l $last.$key)"
done

# what is no use of a command: one line, exit 2
while IFS='|' read -r command pattern; do
	[ -n "$command" ] || continue
	# shellcheck disable=SC2086
	exits "vtok $command" 2 "$VTOK" $command
	like "says what is wrong" "$pattern" "$err"
	is "in one line" 1 "$(printf '%s\n' "$err" | wc -l | tr -d ' ')"
done <<'EOT'
render --size 80|^vtok: --size: expected a size like 80x24, got "80"$
render --size 0x24|^vtok: --size: expected a size like 80x24, got "0x24"$
render --metric x|^vtok: --metric: expected tokens, .*, got "x"$
render --view x|^vtok: --view: expected dashboard, .*, got "x"$
render --theme x|^vtok: --theme: there is no theme called x
render --keys Upp|^vtok: --keys: "Upp" is no key
render --keys xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|^vtok: --keys: "x*" is no key
render --engine vllm@new|expected a version like 0.20 or 0.20.1 behind vllm@$
render --rules 2025-02-30|^vtok: --rules: expected a date like 2025-04 or 2025-04-14, got "2025-02-30"$
chart -m no-such|^vtok: no model "no-such"
chart -m gemma-3-4b -m gemma-3-12b -m gemma-3-27b -m qwen3-vl-8b -m qwen3-vl-4b -m qwen2.5-vl-7b -m llava-1.5-7b|^vtok: chart: at most 6 models, got 7$
count -n 1.5 10x10|^vtok: --images: expected a whole number from 0 to 1000000, got "1.5"$
count -n 1000001 10x10|^vtok: --images: expected a whole number from 0 to 1000000, got "1000001"$
count --patch 14.5 10x10|^vtok: --patch: expected a whole number from 1 to 4096, got "14.5"$
count -o yaml 10x10|^vtok: --output: expected one of .*, got "yaml"$
count --frames 0 10x10|^vtok: --frames: expected
estimate --utilisation 1.5 10x10|^vtok: --utilisation: expected
estimate --utilisation 0 10x10|^vtok: --utilisation: expected
estimate --weights q9 10x10|^vtok: --weights: expected one of .*, got "q9"$
estimate --weights= 10x10|^vtok: --weights: expected one of .*, got ""$
estimate --kv q6_k 10x10|^vtok: --kv: expected one of .*, got "q6_k"$
estimate --price -1 10x10|^vtok: --price: expected
explain -m qwen3-vl-8b|^vtok: explain: 
models no-such|^vtok: no model "no-such"
hardware no-such|^vtok: no hardware "no-such"
themes no-such|^vtok: 
count --size 80x24 10x10|^vtok: count: unknown option --size
EOT

# colours add nothing but themselves
escape=$(printf '\033')
while read -r command; do
	[ -n "$command" ] || continue
	# shellcheck disable=SC2086
	"$VTOK" $command >"$tmp/plain" 2>&1
	# shellcheck disable=SC2086
	"$VTOK" $command --color always >"$tmp/coloured" 2>&1
	ok "colours: $command" grep -q "$escape\\[" "$tmp/coloured"
	sed "s/$escape\\[[0-9;]*m//g" "$tmp/coloured" >"$tmp/bare"
	ok "alone: $command" cmp "$tmp/plain" "$tmp/bare"
done <<'EOT'
count -o table -m gemini-2.5 -m qwen3-vl-8b 100x100 no-such-file.png 5000x5
count -o table -m qwen2.5-vl@llama.cpp 640x480
explain -o table 800x600
estimate -o table 800x600
estimate -o table -m gpt-4o -m gemma-3-4b 800x600
models -o table
models -o table gemma-3-4b
hardware -o table jetson-orin-nano
EOT
# --ascii, and bytes of names that are no text
cp "$SRCDIR/samples/photo.jpg" "$tmp/$(printf 'b\303\244d\377\346\227\245.jpg')"
for command in "estimate -o table" "estimate -o table -m idefics3-8b --lens formula" "scan -o table" "count -o table" "fit --tokens 500 -o table" \
	"explain -o table"; do
	# shellcheck disable=SC2086 # words
	"$VTOK" $command --ascii "$tmp"/b*.jpg >"$tmp/ascii" 2>/dev/null
	ok "$command --ascii says something" test -s "$tmp/ascii"
	is "and nothing but ASCII: $command" "" "$(LC_ALL=C tr -d '\n -~' <"$tmp/ascii")"
done
like "a factor" 'image factor x[0-9.]+$' "$("$VTOK" estimate --ascii -o table)"
like "a name in a table" '/bad\?\?\?\.jpg$' "$("$VTOK" scan --ascii -o table "$tmp"/b*.jpg)"
like "bytes that are not UTF-8 are question marks in every table" 'b.+d\?[^?]+\.jpg$' "$("$VTOK" scan -o table "$tmp"/b*.jpg)"
tap_end
