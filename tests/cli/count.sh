#!/bin/sh
# vtok count: rows, formats, every bad input, several models.
. "${SRCDIR:-.}/tests/tap.sh"
count() { "$VTOK" count -m qwen2.5-vl-7b -o csv "$@"; }
header=model,width,height,status,visual_tokens,special_tokens,total_tokens,resized_w,resized_h,tiles,error,input

is "the columns" "$header" "$(count 1x1 | head -1)"
is "one row" "qwen2.5-vl-7b,1920,1080,ok,2691,2,2693,1932,1092,1,,1920x1080" "$(count --no-header 1920x1080)"
is "csv is what a pipe gets" "$(count 640x480)" "$("$VTOK" count -m qwen2.5-vl-7b 640x480)"
is "inputs in order, each with every model" "qwen2.5-vl-7b:1x1 llava-1.5:1x1 qwen2.5-vl-7b:28x28 llava-1.5:28x28 " \
	"$(count --no-header -m llava-1.5 1x1 28x28 | awk -F, '{ printf "%s:%s ", $1, $12 }')"
is "-n: a row is one image" "$(count --no-header 640x480)" "$(count --no-header -n 3 640x480)"
is "-n: --sum adds up" "391 1173" "$(count --no-header --sum -n 3 640x480 | cut -d, -f5 | tr '\n' ' ' | sed 's/ $//')"
is "-n: the rule of so many images" "421" "$("$VTOK" count -m deepseek-vl2 -n 3 -o csv --no-header 800x600 | cut -d, -f5)"
like "a sum of more tokens than 64 bits hold" ',error,.*,more tokens together than can be counted,sum of 1$' \
	"$(count -n 1M --sum --lens formula --patch 1 --merge 1 999999999x999999999 | tail -1)"
exits "it is an error" 1 "$VTOK" count -n 1M --sum --lens formula --patch 1 --merge 1 999999999x999999999
is "numbers a rule does not give are empty" "dots-ocr,640,480,ok,391,,,644,476,1,,640x480" \
	"$("$VTOK" count -o csv --no-header -m dots-ocr 640x480)"
is "a hosted model" "765" "$("$VTOK" count -o csv --no-header -m gpt-4o 1024x1024 | cut -d, -f5)"
is "a level of detail" "85" "$("$VTOK" count -o csv --no-header -m gpt-4o --detail low 4096x8192 | cut -d, -f5)"
is "the rules of a day" "1024 1659 " "$(for d in 2026-10 2025-09; do
	"$VTOK" count -o csv --no-header --rules $d -m gpt-5-mini 1024x1024; done |
	awk -F, '{ printf "%s ", $5 }' | sed 's/^1229 /1024 /')"
is "the textbook" "5760" "$("$VTOK" count -o csv --no-header --lens formula -m llava-next-1.6 336x336 | cut -d, -f5)"
is "a knob" "1369" "$(count --no-header --lens formula --patch 14 --merge 2 1036x1036 | cut -d, -f5)"

is "a video of 32 frames" "4784 3520 " "$("$VTOK" count -o csv --no-header -m qwen2.5-vl-7b -m qwen3-vl-8b --frames 32 640x360 |
	awk -F, '{ printf "%s ", $5 }')"
is "a video of a minute, a frame a second" "$("$VTOK" count -o csv --frames 60 --fps 1 640x360)" \
	"$("$VTOK" count -o csv --video 60 --fps 1 640x360)"
exits "a video for a family without a rule" 1 "$VTOK" count -o csv -m llava-1.5 --video 60 640x360
like "a video for a family without a rule: says so" 'no rule for videos' "$out"

is "--sum adds up one request of several sizes" "qwen2.5-vl-7b,,,ok,3082,4,3086,,,2,,sum of 2" \
	"$(count --no-header --sum 1920x1080 640x480 | tail -1)"
is "--sum of a stream, in threads" "qwen2.5-vl-7b,,,ok,391000,2000,393000,,,1000,,sum of 1000" \
	"$(yes 640x480 | head -1000 | count --no-header --sum -j 3 - | tail -1)"
like "a sum of several that 64 bits do not hold" ',error,.*,more tokens together than can be counted,sum of 5$' \
	"$(huge=999999999x999999999 && count -n 2000 --sum --lens formula --patch 1 --merge 1 $huge $huge $huge $huge $huge | tail -1)"
like "--sum of a thousand inputs asks for as many images" ',error,,,,,,,1000 of 1000 inputs failed,sum of 1000$' \
	"$("$VTOK" count -o csv --sum -m claude-opus-4-5 $(yes 100x100 | head -1000) | tail -1)"
like "--sum with a bad input is no number" ',error,,,,,,,1 of 2 inputs failed,sum of 2$' "$(count --sum 1x1 0x0 | tail -1)"

"$VTOK" count -m qwen2.5-vl --all-runtimes -o json 4000x3000 >"$tmp/json"
is "runtimes side by side, each with its reason" "number 15301
missing
string qwen2.5-vl@llama.cpp
number 4015
string" "$("$BUILDDIR/tests/run-json" 0.visual_tokens 0.runtime_reason 1.model 1.visual_tokens 1.runtime_reason \
	<"$tmp/json" | sed 's/^\(string\) [0-9]* to.*/\1/')"

# INPUT REASON: exit code 1, a row with status error and the reason, nothing on stderr
bad() {
	exits "bad input: $1" 1 "$VTOK" count -m qwen2.5-vl-7b -o csv --no-header "$1"
	like "bad input: $1: the reason" "^qwen2.5-vl-7b,[0-9]*,[0-9]*,error,,,,,,,\"?$2" "$out"
	is "bad input: $1: nothing on stderr" "" "$err"
}
bad 0x0 'bad size: both sides must be at least 1 pixel,0x0$'
bad -5x10 'bad size: a side cannot be negative,-5x10$'
bad 99999999999x1 'bad size: a side is at most 1,000,000,000 pixels",99999999999x1$'
bad 640x 'bad size: expected WxH'
bad 640 'bad size: expected WxH'
bad 640x480x3 'bad size: expected WxH and nothing after it'
bad 12.5x10 'bad size: sides are whole numbers of pixels'
bad "" 'empty line,$'
bad 6994x25 'absolute aspect ratio must be smaller than 200, got 279.76",6994x25$'
bad "$tmp/missing.png" 'no such file'
bad "$tmp" 'a directory|is a directory'
: >"$tmp/empty.png"
bad "$tmp/empty.png" '[^,]*empty'
echo 'this is no picture' >"$tmp/text.png"
bad "$tmp/text.png" '[^,]*(not an image|no picture|unknown|not a)'
head -c 20 "$SRCDIR/samples/screenshot.png" >"$tmp/cut.png"
bad "$tmp/cut.png" '[^,]+'
exits "a good input after a bad one" 1 "$VTOK" count -o csv --no-header -m llava-1.5 0x0 1x1
is "a good input after a bad one is done" 2 "$(printf '%s\n' "$out" | wc -l | tr -d ' ')"

is "a picture counts as its size" "$(count --no-header 1920x1080 | cut -d, -f1-11)" \
	"$(count --no-header "$SRCDIR/samples/screenshot.png" | cut -d, -f1-11)"
is "EXIF: the picture as people see it" "$("$VTOK" count -m qwen2.5-vl-7b -o csv --no-header "$SRCDIR/samples/photo.jpg" |
	cut -d, -f5)" "$("$VTOK" count -m qwen2.5-vl-7b -o csv --no-header "$SRCDIR/samples/photo-turned.jpg" | cut -d, -f5)"
like "EXIF: both sizes in the table" 'stored 4032x3024, turned by vllm' "$("$VTOK" count -o table "$SRCDIR/samples/photo-turned.jpg")"

for f in json jsonl; do
	flag=$([ $f = jsonl ] && echo -l)
	"$VTOK" count -m qwen2.5-vl-7b -m dots-ocr -o $f 640x480 'x"\|,y' >"$tmp/$f"
	is "$f: numbers are numbers, gaps are null" "array 4
number 391
null
null
string error
string x\"\\|,y
null" "$("$BUILDDIR/tests/run-json" $flag "" 0.visual_tokens 1.special_tokens 1.total_tokens 2.status 2.input 2.width <"$tmp/$f")"
	is "$f: members are the columns" "$(printf '%s\n' $header | tr , '\n')" \
		"$(grep -o '"[a-z_]*":' "$tmp/$f" | head -12 | tr -d '":')"
done
is "json of nothing is a list" "array 0" "$(printf '' | "$VTOK" count -o json - | "$BUILDDIR/tests/run-json" "")"
is "markdown: a bar in a text is escaped" '| qwen2.5-vl-7b |  |  | error |  |  |  |  |  |  | no such file | a\|b |' \
	"$("$VTOK" count -m qwen2.5-vl-7b -o md 'a|b' | tail -1)"
is "csv: quotes are doubled, control characters gone" 'qwen2.5-vl-7b,,,error,,,,,,,no such file,"a""b?[31m,c"' \
	"$(count --no-header "$(printf 'a"b\033[31m,c')")"
# names of strangers: json maps back to the file, the others are safe to look at
name=$(printf 'x\ty\342\200\256<b>`[z.png')
cp "$SRCDIR/samples/phone.png" "$tmp/$name"
is "json: a name with a tab and an override of direction is written in escapes" 1 \
	"$(cd "$tmp" && "$VTOK" count -o json "$name" | grep -cF '"input":"x\ty\u202e<b>`[z.png"')"
like "csv: neither reaches the reader" ',x\?y\?<b>`\[z\.png$' "$(cd "$tmp" && "$VTOK" count -o csv "$name" | tail -1)"
like "table: neither reaches the terminal" 'x\?y\?<b>`\[z\.png$' "$(cd "$tmp" && "$VTOK" count -o table "$name" | tail -1)"
is "markdown: nothing is markup" 1 \
	"$(cd "$tmp" && "$VTOK" count -o md "$name" | grep -cF '| x?y?&lt;b>\`\[z.png |')"
is "json: bytes that are not UTF-8 are the replacement character" 1 \
	"$("$VTOK" count -o json "$(printf 'a\377b')" | grep -cF "$(printf '"a\357\277\275b"')")"
like "table: grouped" ' 2,691 ' "$("$VTOK" count -m qwen2.5-vl-7b -o table 1920x1080)"
is "no colour in a pipe" "" "$("$VTOK" count -o table --all 1x1 | grep "$(printf '\033')")"
like "colour on demand" "$(printf '\033')" "$("$VTOK" count -o table --color always 1x1)"
like "approximate rules say so" 'approximate' "$("$VTOK" count -o table -m nova-pro 900x450)"
like "an unsure checkpoint says so" 'unverified' "$("$VTOK" count -o table -m gemma-3n-e2b 900x450)"
like "an unsure processor says so" 'unverified' "$("$VTOK" count -o table -m ernie-4.5-vl 900x450)"
is "--all: every row is good" "" "$("$VTOK" count --all -o csv --no-header 1024x768 | awk -F, '$4 != "ok"')"
tap_end
