#!/bin/sh
# The talks of the program: every step can be done, its caption has the numbers of the screen and fits an 80-column line.
. "${SRCDIR:-.}/tests/tap.sh"
frame() { "$VTOK" render --size 80x24 "$@"; }
caption() { frame "$@" | tail -1 | sed 's/^ [0-9]*\/[0-9]*  //'; }

exits "--talk list" 0 "$VTOK" --talk list
for want in tour resolution-trap context-budget kv-cascade same-picture-everywhere budget; do
	like "lists $want" "^$want  *[a-z]" "$out"
done
talks=$(printf '%s\n' "$out" | cut -d' ' -f1)
for t in $talks; do
	n=$(frame --talk "$t" | tail -1 | sed 's/^ [0-9]*\/\([0-9]*\) .*/\1/')
	ok "$t has five steps at least" test "$n" -ge 5
	for i in $(seq "$n"); do
		text=$(caption --talk "$t" --step "$i")
		is "$t $i: nothing is missing or cut in: $text" "" "$(printf '%s\n' "$text" | grep -E '[{}…]|(^| )(–|-)( |,|$)')"
	done
done

# captions are what the commands say
est() { "$VTOK" estimate -o csv "$@" | awk -F, -v f="$field" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == f) n = i } NR == 2 { print $n }'; }
field=tokens_visual
for i in 1 2 3; do
	side=$((256 << i))
	tokens=$(est -m qwen3-vl-8b ${side}x$side)
	like "resolution-trap $i counts ${side}x$side" " $tokens[ ,]| $tokens\$" "$(caption --talk resolution-trap --step $i | tr -d ,)"
done
is "twice the sides are four times the tokens" "$((4 * $(est 512x512)))" "$(est 1024x1024)"
like "same-picture-everywhere 3" " $(est -m internvl3-8b 1920x1080) tokens" "$(caption --talk same-picture-everywhere --step 3 | tr -d ,)"
field=capacity_concurrency
like "kv-cascade 3" "holds $(est -m qwen3-vl-8b -r 256 1024x1024) requests at once" "$(caption --talk kv-cascade --step 3)"
for what in "1 tokens_visual visual" "4 decode_at_once share" "5 traffic_gpus GPUs" "7 traffic_gpus GPUs"; do
	set -- $what
	field=$2 side=$(printf '0 256 512 1024 2048 4096 4096 4096' | cut -d' ' -f$(($1 + 1)))
	like "kv-cascade $1 has $2" " $(est -m qwen3-vl-8b -r 256 --rate 20 ${side}x$side) $3" "$(caption --talk kv-cascade --step $1 | tr -d ,)"
done
is "kv-cascade 7 pins what was before" 1 "$(frame --talk kv-cascade --step 7 --size 120x40 | grep -c 'Pinned and now\|×[0-9]' | sed 's/[1-9][0-9]*/1/')"

# the size that f sets is the one that fit finds, and the big digits say whether it holds
largest() { "$VTOK" fit -m qwen3-vl-8b -o csv "$@" | awk -F, 'NR == 2 { print $5 " x " $6 }'; }
page=$(largest --ttft 300ms 2480x3508)
like "budget 3 sets what fit finds" ": $page " "$(caption --talk budget --step 3 | tr -d ,)"
page=$(echo "$page" | tr -d ' ')
like "budget 7 sets what fit finds" "^$(largest --tokens 1280 "$page") for " "$(caption --talk budget --step 7 | tr -d ,)"
like "budget 6: big digits say how far" 'tokens ≤ 1,280: over by [0-9,]* tokens; fits up to' "$(frame --talk budget --step 6)"
like "budget 7: and that it holds" 'tokens ≤ 1,280: [0-9]* tokens to spare' "$(frame --talk budget --step 7)"
like "big digits on a small screen" 'ttft ≤ 100 ms: over by' "$("$VTOK" render --size 40x12 -m qwen3-vl-8b --budget 'ttft 100ms' --big 2480x3508)"
is "without a budget they say nothing of one" "" "$(frame -m qwen3-vl-8b --big 2480x3508 | grep -E 'over by|to spare|≤')"

# the tour takes what is there
like "T starts the tour of the picture at hand" '^ 1/5  640 x 480 pixels are 300 tokens' "$(frame --keys T 640x480 | tail -1)"
like "Space goes on" '^ 2/5  Every step of the rule merge' "$(frame --keys 'T Space' 640x480 | tail -1)"
like "T ends it" 'the talk is over; R resets the knobs' "$(frame --keys 'T Space T' 640x480 | tail -1)"
like "and the keys are back" '\? help' "$(frame --keys 'T Space T Down' 640x480 | tail -1)"
like "T ends a talk" 'the talk is over' "$(frame --talk kv-cascade --step 2 --keys T | tail -1)"
like "Space without a talk says how" 'T starts a tour, --talk NAME a talk' "$(frame --keys Space | tail -1)"

exits "a talk that is none" 2 "$VTOK" render --talk nonsense
like "names those there are" '^vtok: --talk: expected tour, .*resolution-trap, .* or [a-z-]*, or list, got "nonsense"$' "$err"
exits "a talk and a script" 2 "$VTOK" render --talk tour --script "$SRCDIR/samples/talk.steps"
like "exclude each other" 'exclude each other' "$err"
exits "a step beyond" 2 "$VTOK" render --talk tour --step 9
like "is told" 'tour has 5 steps' "$err"
exits "a step of nothing" 2 "$VTOK" render --step 2
like "too" 'needs --script or --talk' "$err"

# what is not known is left out, and why it is not stands in its place
is "the tour of a hosted model" ' 5/5  T ends, ? lists keys' "$(frame --talk tour --step 5 -m gpt-4o 640x480 | tail -1 | sed 's/ *$//')"
small() { frame --size 40x12 "$@" | tr -d '\n' | sed 's/ *││ */ /g'; }
like "a knob of a hosted model" '= 425 positions. No more here: no context limit is known' \
	"$(small -m gpt-4o --keys 'Down Down K' 640x480)"
like "a knob of a processor by itself" 'Where it runs. No more here: an image processor by itself' \
	"$(small -m fuyu --keys 'Tab Tab Tab K' 640x480)"
like "one is one" 'in 1 encoder input, and becomes 300 tokens' "$(small --keys K 640x480)"

# every knob's sentence is filled in, whatever the model
for m in qwen3-vl-8b llava-1.5-7b llama-3.2-vision-11b gpt-4o fuyu; do
	keys=K i=0
	while [ $i -lt 18 ]; do
		text=$(frame -m $m --keys "$keys" 640x480 | grep -A8 'what it does' | tr -d '\n')
		is "$m: knob $i says what it does" "" "$(printf '%s' "$text" | grep -E '[{}]|[ (]–[ ,.;)]')$([ -n "$text" ] || echo nothing)"
		keys="Down $keys" i=$((i + 1))
	done
done
for lens in exact formula; do
	keys=K i=0
	while [ $i -lt 18 ]; do
		is "$lens, knob $i: every number is there" "" "$(frame --lens $lens --keys "$keys" 640x480 | sed -n '/what it does/,/└─/p' | grep -E '(^|[ (])–([ ,.;)]|$)')"
		keys="Down $keys" i=$((i + 1))
	done
done
like "sides have their formula" '\(h / f\)\(w / f\), f = patch merge' "$(frame --size 40x12 --keys K 640x480 | tr -d '\n' | sed 's/ *││ */ /g')"
like "with present values" 'here w = 640, h = 480, patch = 16, merge = 2' "$(frame --size 40x12 --keys K 640x480 | tr -d '\n' | sed 's/ *││ */ /g')"
like "the textbook's too" 'By merger: \(640/32\)×\(480/32\)' "$(frame --size 40x12 --lens formula --keys K 640x480 | tr -d '\n' | sed 's/ *││ */ /g')"
tap_end
