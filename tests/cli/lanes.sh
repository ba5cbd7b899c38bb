#!/bin/sh
# vtok count -: the quick lane, which takes WxH to the letter, and the careful lane, which takes the same sizes as "W H",
# write the same rows; the last column, the text as it came, is made equal first.
. "${SRCDIR:-.}/tests/tap.sh"

# log-uniform from 1 to 100,000, and borders
sizes() { # MANY
	awk -v many="$1" 'BEGIN {
	for (i = 1; i <= many; i++) {
		seed = (seed * 69069 + 12345) % 16777216; w = int(exp(seed / 16777216 * log(100000)))
		seed = (seed * 69069 + 12345) % 16777216; h = int(exp(seed / 16777216 * log(100000)))
		print w "x" h
	}
	n = split("1 9 10 28 99 100 199 200 201 999 1000 9999 10000 99999 100000 1000000 9999999", side, " ")
	for (i = 1; i <= n; i++)
		for (k = 1; k <= n; k++)
			print side[i] "x" side[k]
	}' >"$tmp/quick"
	least=$(wc -l <"$tmp/quick")
	tr x ' ' <"$tmp/quick" >"$tmp/careful"
	# some of each in turn, as in a file where few lines are odd
	awk 'NR % 7 == 0 { sub("x", " ") } { print }' "$tmp/quick" >"$tmp/mixed"
}

same() { # NAME OPTION...
	name=$1
	shift
	for lane in $lanes; do
		"$VTOK" count -o csv "$@" - <"$tmp/$lane" 2>"$tmp/$lane.err" |
			sed 's/\([0-9]\) \([0-9]*\)$/\1x\2/' >"$tmp/$lane.csv"
	done
	ok "$name: there are rows" test "$(wc -l <"$tmp/quick.csv")" -ge "$least"
	ok "$name" cmp "$tmp/quick.csv" "$tmp/careful.csv"
	case $lanes in *mixed*) ok "$name, lines of both kinds" cmp "$tmp/quick.csv" "$tmp/mixed.csv" ;; esac
}

sizes 500
lanes="quick careful"
same "every model and its variants" --all --all-runtimes
sizes 3000
lanes="quick careful mixed"
same "two threads" -j2 -m qwen2.5-vl-7b
same "several models" -m qwen2.5-vl-7b -m gpt-4o -m gemma3
same "the textbook" --lens formula -m llava-next-1.6 -m qwen2.5-vl -m blip-2
same "knobs" --patch 16 --merge 3 --grid 2 --max-pixels 300000 -m qwen2.5-vl -m internvl3-hf
same "a level of detail" --detail low -m gpt-4o -m gpt-5
same "images in a request" -n 3 -m deepseek-vl2 -m claude-standard
same "no line of names" --no-header -m qwen2.5-vl-7b
tap_end
