#!/bin/sh
# The table of strategies: a row for each, its numbers those of count, its models those of the lists.
. "${SRCDIR:-.}/tests/tap.sh"

# FIELD of the csv row of a strategy; quoted fields hold no quotes
field() { # STRATEGY N [ARGUMENT...]
	s=$1 n=$2
	shift 2
	"$VTOK" strategies -o csv --no-header "$s" "$@" | awk -v n="$n" '{
		for (i = 1; length($0); i++) {
			if (substr($0, 1, 1) == "\"") { match($0, /^"[^"]*"/); f = substr($0, 2, RLENGTH - 2) }
			else { match($0, /^[^,]*/); f = substr($0, 1, RLENGTH) }
			$0 = substr($0, RLENGTH + 2)
			if (i == n) print f
		}
	}'
}
tokens() { "$VTOK" count -o csv --no-header -m "$1" "$2" | cut -d, -f5; }

exits "strategies" 0 "$VTOK" strategies -o csv
is "its columns" strategy,logic,formula,tokens,tokens_half,tokens_double,growth,models "$(printf '%s\n' "$out" | head -1)"
printf '%s\n' "$out" | sed 1d | cut -d, -f1 >"$tmp/names"
ls "$SRCDIR"/src/core/strategy_*.c | sed 's/.*strategy_\(.*\)\.c/\1/; s/_/-/g' | sort >"$tmp/files"
ok "a row for each rule" sh -c 'sort "$1" | diff - "$2"' sh "$tmp/names" "$tmp/files"
is "formulas are ASCII" "" "$(printf '%s\n' "$out" | LC_ALL=C grep '[^ -~]')"
is "every row has a formula" "" "$(while read -r s; do [ -n "$(field "$s" 3)" ] || echo "$s"; done <"$tmp/names")"

# the first model of each row counts as count does, at three sizes
while read -r s; do
	first=$(field "$s" 8 640x480 | cut -d' ' -f1)
	ok "$s: a section of models.ini or hosted.ini counts by it" test -n "$first"
	day=${first##*@}
	case $day in 20[0-9][0-9]-*) set -- --rules "$day" -m "${first%@*}" ;; *) set -- -m "$first" ;; esac
	found="$(field "$s" 4 640x480) $(field "$s" 5 640x480) $(field "$s" 6 640x480)"
	wanted=$(printf '640x480\n320x240\n1280x960\n' | "$VTOK" count -o csv --no-header "$@" - | cut -d, -f5 | tr '\n' ' ')
	is "$s counts as $first does" "${wanted% }" "$found"
done <"$tmp/names"

# sides times and by the root of two
growth=$(field merge 7 1000x1000 -m qwen2-vl-7b)
wanted=$(awk -v a="$(tokens qwen2-vl-7b 707x707)" -v b="$(tokens qwen2-vl-7b 1414x1414)" \
	'BEGIN { printf "%.6f", log(b / a) / log(1414 * 1414 / (707 * 707)) }')
is "growth is the slope between half and double the area" "$wanted" "$(printf '%.6f' "$growth")"
is "a fixed square does not grow" 0 "$(field fixed 7)"
is "what is not in the sequence has no growth" "" "$(field cross 7)"
is "a size beyond all is refused: no number" "" "$(field merge 6 1000000000x1000000000)"
is "nor a growth" "" "$(field merge 7 1000000000x1000000000)"

"$VTOK" models -o csv --no-header | sed 's/"[^"]*"/x/g' | awk -F, '$2 == "checkpoint" && $5 == "rows" { print $1 }' | sort >"$tmp/rows"
ok "every checkpoint of the lists is there" sh -c 'tr " " "\n" <"$1" | sort | comm -23 "$2" - | diff /dev/null -' sh \
	"$(field rows 8 >"$tmp/models" && echo "$tmp/models")" "$tmp/rows"
ok "some were asked for" test "$(wc -l <"$tmp/rows")" -gt 5

is "-m puts another first" "pixtral-large $(tokens pixtral-large 1024x1024)" \
	"$(field rows 8 -m pixtral-large | cut -d' ' -f1) $(field rows 4 -m pixtral-large)"
is "a knob reaches the rows" "$(tokens qwen3-vl-8b 512x512)" "$(field merge 4 1024x1024 --max-pixels 262144)"
size=$("$VTOK" count -o csv --no-header "$SRCDIR/samples/phone.png" | awk -F, '{ print $2 "x" $3 }')
is "a file is its size" "$(field tiles 4 "$size")" "$(field tiles 4 "$SRCDIR/samples/phone.png")"
is "named rules alone" "merge rows" "$("$VTOK" strategies -o csv --no-header rows merge | cut -d, -f1 | tr '\n' ' ' | sed 's/ $//')"
exits "two sizes" 2 "$VTOK" strategies 1x1 2x2
like "are one too many" 'one size or file, got 1x1 and 2x2' "$err"
exits "a file that is not there" 1 "$VTOK" strategies no-such-file
like "says so" 'no-such-file: no such file' "$err"
like "a table names one model and counts the others" 'pixtral-12b and [0-9]+ more$' "$("$VTOK" strategies -o table rows)"
is "markdown has a row for each" "$(wc -l <"$tmp/names")" "$("$VTOK" strategies -o md | sed 1,2d | wc -l)"
like "json has numbers" '"tokens":1024,"tokens_half":256,"tokens_double":4096,"growth":0.9' "$("$VTOK" strategies -o json merge)"
tap_end
