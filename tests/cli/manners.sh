#!/bin/sh
# What people type: sizes by their names, options by those of other programs, words in the wrong place. Each gets what was meant, or
# one line that says what to type.
. "${SRCDIR:-.}/tests/tap.sh"

says() { # NAME CODE PATTERN ARGUMENTS...
	name=$1 code=$2 pattern=$3
	shift 3
	exits "$name: exit code $code" "$code" "$VTOK" "$@"
	like "$name: says what to do" "$pattern" "$err"
	is "$name: in one line" 1 "$(printf '%s\n' "$err" | wc -l | tr -d ' ')"
}
size() { "$VTOK" count -o csv --no-header "$@" | cut -d, -f2,3 | tr '\n' ' '; }

# sizes
is "the sign of multiplication, a star" "1920,1080 1920,1080 1920,1080 " "$(size 1920×1080 '1920*1080' '1920 × 1080')"
is "sizes of screens" "1920,1080 1280,720 3840,2160 3840,2160 7680,4320 640,480 " "$(size 1080p 720P 4k UHD 8k vga)"
is "paper" "2480,3508 1700,2200 " "$(size A4@300 letter@200)"
is "also in a list" "1920,1080 1920,1080 3840,2160 " "$(printf '1920×1080\n1080p\r\n4K\n' | size -)"
like "half a size is a bad one" 'bad size' "$("$VTOK" count -o csv 1920×)"
like "a paper needs its dots an inch" 'no such file' "$("$VTOK" count -o csv A4@)"
for c in explain estimate strategies; do
	is "$c takes them" "$("$VTOK" $c -o csv 1920x1080)" "$("$VTOK" $c -o csv 1080p)"
done
for word in 1080p vga 1920×1080; do
	like "the dashboard takes $word" 'Width' "$("$VTOK" render --size 80x24 $word)"
done
is "as if it were typed there" "$("$VTOK" render --size 80x24 4k)" "$("$VTOK" render --size 80x24 3840x2160)"
is "typed there" "$("$VTOK" render --size 80x24 --keys 'Enter 4 k Enter' 100x100)" "$("$VTOK" render --size 80x24 --keys 'Enter 3 8 4 0 x 2 1 6 0 Enter' 100x100)"

# options
says "--gpu" 2 'unknown option --gpu; did you mean --hardware\?$' estimate --gpu h100 1x1
says "--json" 2 'unknown option --json; did you mean -o json\?$' count --json 1x1
says "--csv" 2 'did you mean -o csv\?$' estimate --csv 1x1
says "--svg where there is none" 2 "unknown option --svg; did you mean --" count --svg 1x1
says "an option of a server" 2 'did you mean --context\?$' estimate --max-model-len 4096 1x1
says "an option of a server that this command has not" 2 'see vtok count --help$' count --max-model-len 4096 1x1
says "-v of a command" 2 'did you mean --version\?$' count -v 1x1
exits "-c 8k" 0 "$VTOK" estimate -c 8k -o csv 1x1
is "is 8,192 and says so" "vtok: --context 8k is 8,192: a k of a context is 1,024" "$err"
is "and counts as that" "$("$VTOK" estimate -c 8192 -o csv 1x1)" "$out"
exits "-c 8K" 0 "$VTOK" estimate -c 8K -o csv 1x1
is "leaves no doubt and says nothing" "" "$err"
exits "-t 4k" 0 "$VTOK" estimate -t 4k -o csv 1x1
is "is 4,000, as ever" "$("$VTOK" estimate -t 4000 -o csv 1x1)" "$out$err"
is "a table that was asked for stays one in a pipe" "qwen3-vl-8b on 1 x h100-sxm, vllm" "$("$VTOK" estimate -o table | head -1)"

# words
for word in --version -V -v version; do
	is "$word" "$("$VTOK" --version)" "$("$VTOK" $word)"
done
is "help" "$("$VTOK" --help)" "$("$VTOK" help)"
for c in count estimate render; do
	is "help $c" "$("$VTOK" $c --help)" "$("$VTOK" help $c)"
done
says "help on nothing" 2 'cuont is neither a command nor a file; did you mean vtok count\?$' help cuont

# things in the wrong place
for c in count estimate explain chart render strategies; do
	says "$c: a model as argument" 2 "qwen3-vl-8b is a model and no picture: vtok $c -m qwen3-vl-8b 1920x1080" $c qwen3-vl-8b
done
says "a hub's name as argument" 2 'is a model and no picture: vtok tui -m Qwen/Qwen3-VL-8B-Instruct' Qwen/Qwen3-VL-8B-Instruct
says "a model that is not counted" 2 'grok-4 is a model and no picture' count grok-4
printf x >"$tmp/gpt-4o"
exits "a file of that name is a file" 1 sh -c 'cd "$1" && "$2" count -o csv gpt-4o' sh "$tmp" "$VTOK"
like "though a bad one" 'not an image' "$out"
exits "a file that is not there" 1 "$VTOK" count -o csv nothing.png
like "is no model" 'no such file' "$out"
exits "an address" 1 "$VTOK" count -o csv https://example.org/a.png 640x480
like "is a row that says what to do" 'an address: vtok opens no network; fetch the file first' "$out"
like "and the next input counts" '640,480,ok' "$out"
says "an address for the dashboard" 1 'https://example.org/a.png: an address' render https://example.org/a.png
exits "a picture as a list" 1 "$VTOK" count - <"$SRCDIR/samples/photo.jpg"
is "is one line that says what to do" "vtok: JPEG data where a list is read: give the file's name as an argument, or names and sizes, one a line" "$err"
is "and no rows" 1 "$(printf '%s\n' "$out" | wc -l | tr -d ' ')"
printf '%%PDF-1.7\n' >"$tmp/a.pdf"
exits "another document as a list" 1 "$VTOK" fit --tokens 100 - <"$tmp/a.pdf"
like "too" '^vtok: PDF data where a list is read' "$err"
printf 'BMW.png\nRIFF.png\n' >"$tmp/list"
exits "names that begin like pictures" 1 "$VTOK" count -o csv - <"$tmp/list"
is "are names" 2 "$(printf '%s\n' "$out" | grep -c 'no such file')"
tap_end
