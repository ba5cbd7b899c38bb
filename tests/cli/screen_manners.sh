#!/bin/sh
# Small things of the dashboard and of charts that people trip over.
. "${SRCDIR:-.}/tests/tap.sh"
frame() { "$VTOK" render --size 80x24 --no-config "$@"; }
row() { printf '%s\n' "$1" | grep -m 1 -- "$2"; }

# where a picture is opened
mkdir -p "$tmp/pics/sub" && cp "$SRCDIR/samples/phone.png" "$tmp/pics/one.png" && cp "$SRCDIR/samples/phone.png" "$tmp/pics/onetwo.png"
cp "$SRCDIR/samples/phone.png" "$tmp/pics/three.png"
at() { (cd "$tmp/pics" && frame "$@"); }
VTOK=$(cd "$(dirname "$VTOK")" && pwd)/$(basename "$VTOK")
like "Tab completes the only name" 'three.png' "$(at --keys 'o t Tab')"
like "as far as several agree" ' one█' "$(at --keys 'o o Tab')"
like "and lists them" 'one.png  onetwo.png|onetwo.png  one.png' "$(at --keys 'o o Tab')"
like "a folder gets its mark" 'sub/█' "$(at --keys 'o s Tab')"
like "nothing is alike" 'no name of a file goes on like this' "$(at --keys 'o z Tab')"
like "the home folder" '~/three.png█' "$(HOME=$tmp/pics frame --keys 'o ~ / t Tab')"
like "Enter opens it" '^ vtok.*three.png' "$(at --size 120x40 --keys 'o t Tab Enter')"
like "what was typed stays" 'nowhere█' "$(at --keys 'o n o w h e r e Enter o')"
like "until it is cleared" '│ █' "$(at --keys 'o n o w h e r e Enter o C-u')"

# hints follow the view and the knob
hints() { frame "$@" | tail -1; }
like "on a side: its lock" 'L unlock' "$(hints)"
like "that is off: lock" 'L lock' "$(hints --keys L --no-lock)$(hints --keys 'L Up Down')"
like "on an entry: its list" 'Enter list' "$(hints --keys 'Up Up')"
like "on a fixed knob: free it" 'F free it' "$(hints --keys 'Down Down Down Down Down')"
like "in the chart: its keys" 'c quantity  i axes' "$(hints --view chart)"
like "in the comparison: rows" '↑↓ row' "$(hints --view compare)"

# a fixed knob
fixed='Down Down Down Down Down'
like "Enter says why" 'Pooling is fixed: .*pooling .*F frees it' "$(hints --keys "$fixed Enter")"
like "figures behind it are no views" '▸Pooling' "$(frame --keys "$fixed Enter 2 5 6")"
like "and the reason stays" 'Pooling is fixed' "$(hints --keys "$fixed Enter 2 5 6")"
like "another key ends that" 'by width' "$(frame --keys "$fixed Enter 2 Up 2" | sed -n 2p)"

# what a checkpoint has not is not live
for m in llava-1.5-7b pixtral-12b; do
	screen=$(frame -m $m)
	like "$m: no grid" '^│ Grid  *fixed' "$(row "$screen" '│ Grid')"
	like "$m: no merge" '^│ Merge  *fixed' "$(row "$screen" '│ Merge')"
	like "$m: and why" 'this checkpoint merges no patches' "$(frame -m $m --keys 'Down Down Down Down Enter' | tail -1)"
done
like "merging 2 x 2 is live" '^│ Merge  *2' "$(row "$(frame)" '│ Merge')"
like "in the textbook all are" '^│ Merge  *2' "$(row "$(frame -m llava-1.5-7b --lens formula)" '│ Merge')"

# hosted models
screen=$(frame -m claude-opus-5)
for want in 'Input  *[0-9.]* USD/M' 'Output  *[0-9.]* USD/M' '1k images  *[0-9.]* USD' 'Price of  *20[0-9-]*' 'Images  *600 most'; do
	like "a hosted model: $want" "^│ $want" "$screen"
done
is "no knobs of a server" "" "$(printf '%s\n' "$screen" | grep -E '^│.(Hardware|Engine|GPUs|Weights|Prepare)')"
like "they say why" 'Hardware is fixed: a hosted model: the vendor runs it' "$(frame -m claude-opus-5 --keys 'Tab Tab Tab Enter Right' | tail -1)$(frame -m claude-opus-5 --keys 'Tab Tab Right' | tail -1)"

# lists
like "engines say what they were fitted to" '^│ vllm .*fitted: .*hopper' "$(frame --keys E)"
like "or that they were not" '^│ sglang .*times by analogy' "$(frame --keys E)"
like "letters in their order find a model" '^│ qwen3-vl-8b ' "$(frame --keys 'm q w 3 v l 8')"
like "and in the comparison" 'qwen3-vl-8b' "$(frame --view compare --keys '/ q w 3 v l 8 Enter')"
is "the lock is no dash in ASCII" 2 "$(frame --ascii | grep -cE '(Width|Height)  ?L ')"

# big digits: three sizes at least
sizes=$(for s in 40x12 80x24 120x40 200x60; do frame --size $s --big 1024x1024 | sed 's/[^█▀▄]//g' | grep -c .; done | sort -u | wc -l)
ok "big digits have three sizes" test "$sizes" -ge 3

# charts
for m in ttft kv concurrency; do
	foot=$("$VTOK" render --no-config --size 120x40 --view chart --metric $m | tail -3 | head -1)
	like "the foot tells $m too" 'px less: [0-9,]* tokens, [0-9.,]+ ?(ms|s|MiB|req)' "$foot"
done
like "the foot of tokens is tokens" 'px less: [0-9,]* tokens  ' "$("$VTOK" render --no-config --size 120x40 --view chart | tail -3 | head -1)"
like "the chart names device, engine, types" 'h100-sxm, vllm, weights bf16' "$("$VTOK" render --no-config --size 120x40 --view chart --metric ttft)"
like "and in a pipe" '^Time to the first token.*; h100-sxm, vllm, weights bf16' "$("$VTOK" chart --metric ttft -o text --size 120x20)"
is "tokens depend on none" "" "$("$VTOK" chart -o text --size 120x20 | grep h100)"
text=$("$VTOK" chart -o text --size 100x24)
like "values have units" ' 1,024 tok' "$text"
plot=$(printf '%s\n' "$text" | sed '1,2d; s/ [*o+x] [A-Z].*//' | tr -cd '*o+x' | fold -w1 | sort -u | tr -d '\n')
is "every curve is marked in text" 4 ${#plot}
for mark in '\*' o '\+' x; do
	like "and the legend says whose mark $mark is" " $mark [A-Z]" "$text"
done
"$VTOK" chart -o svg -m gemma-3-4b -m qwen3-vl-8b >"$tmp/one.svg"
"$VTOK" chart -o svg -m qwen3-vl-8b -m gemma-3-4b >"$tmp/two.svg"
"$VTOK" chart -o svg >"$tmp/three.svg"
color() { sed -n "s/.*fill=\"\(#[0-9a-f]*\)\"[^>]*>[^<]*$2<.*/\1/p" "$1" | head -1; }
ok "a curve has a colour" test -n "$(color "$tmp/one.svg" gemma-3-4b)"
is "the same one in every order" "$(color "$tmp/one.svg" gemma-3-4b)" "$(color "$tmp/two.svg" gemma-3-4b)"
is "and among the strategies" "$(color "$tmp/one.svg" gemma-3-4b)" "$(color "$tmp/three.svg" 'Gemma 3')"
ok "which is not that of another" test "$(color "$tmp/one.svg" gemma-3-4b)" != "$(color "$tmp/one.svg" qwen3-vl-8b)"
ground() { grep -o '<rect[^>]*fill="#[0-9a-f]*"' "$1" | head -1 | grep -o '#[0-9a-f]*'; }
"$VTOK" chart -o svg --theme light >"$tmp/light.svg"
"$VTOK" chart -o svg --theme dark >"$tmp/dark.svg"
is "SVG has the light look" "$(ground "$tmp/light.svg")" "$(ground "$tmp/three.svg")"
like "and the dark one where the reader's screen is dark" \
	"prefers-color-scheme: dark.*\.f0 { fill: $(ground "$tmp/dark.svg") }" "$(tr '\n' ' ' <"$tmp/three.svg")"
ok "one look alone where a theme was asked for" test "$(grep -c prefers-color-scheme "$tmp/light.svg")" = 0
exits "a theme for text" 2 "$VTOK" chart --theme light
like "has no colours to change" 'only -o svg has colours' "$err"
like "SVG has whole names" 'llava-onevision-72b<' "$("$VTOK" chart -o svg -m llava-onevision-72b)"

# the manual
"$VTOK" render --no-config --size 200x60 >"$tmp/wide"
sed 's/\\-/-/g; s/\\f.//g; s/^\.[IBR]* //' "$SRCDIR/man/vtok.1" >"$tmp/page"
for word in "left for text" "images that fit" "per token" "one image" "requests at once" "with text alone" "image factor" "at full context" "bound by" vision projector fixed; do
	like "the screen says $word" "$word" "$(cat "$tmp/wide")"
	like "and the manual what it is" "$word" "$(cat "$tmp/page")"
done
like "the mouse is in the help" 'mouse .*click' "$("$VTOK" render --no-config --size 100x70 --keys '?')"
like "and in the manual" 'wheel over a knob' "$(cat "$tmp/page")"

# looked at beside other programs: without colours, and on a tall screen
photo=$SRCDIR/samples/photo.jpg
like "shades of a legend stand apart from its words" '. other [0-9]+ . vision [0-9]+ . proj. ' \
	"$("$VTOK" render --no-config --theme monochrome --size 80x24 "$photo" | grep other)"
like "colours need no blank there" '.other [0-9]+ .vision [0-9]+ .* ms' "$("$VTOK" render --no-config --size 80x24 "$photo" | grep other)"
tall() { "$VTOK" render --no-config --view fit --size "$1" "$photo"; }
like "a tall view 5 says all of each setting" 'vllm-project/vllm#35284' "$(tall 200x60)"
ok "a small one leaves that to the key s" sh -c '! printf "%s" "$1" | grep -q 35284' - "$(tall 120x40)"
tap_end
