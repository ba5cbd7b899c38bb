#!/bin/sh
# The prefill model against published measurements: targets, columns, and the whole rows of notes 6.7 of the prefill
# model. tests/data/prefill.csv: published rows, source per row in the file.
. "$SRCDIR/tests/tap.sh"

validate="$BUILDDIR/bench/validate-prefill"
data="$SRCDIR/tests/data/prefill.csv"

exits 'reads the file' 0 "$validate" "$data"
printf '%s\n' "$out" >"$tmp/table"
exits 'writes CSV' 0 "$validate" -o csv "$data"
printf '%s\n' "$out" >"$tmp/csv"
printf '%s\n' "$err" >"$tmp/summary"

is 'columns' 'id,status,predicted,measured,low,high' "$(head -n 1 "$tmp/csv")"
is 'one line per row' "$(wc -l <"$data" | tr -d ' ')" "$(wc -l <"$tmp/csv" | tr -d ' ')"

# all rows: count, median %, p90 %, share within 25 %, share inside the range
set -- $(sed -n 's/^all rows//p' "$tmp/summary" | tr -d '%')
ok 'median is at most 7 %' awk "BEGIN { exit !($2 <= 7) }"
ok 'the 90th percentile is at most 35 %' awk "BEGIN { exit !($3 <= 35) }"
ok 'at least 80 % of the rows lie inside the printed range' awk "BEGIN { exit !($5 >= 80) }"

# every unmapped row is one of a hybrid model without published dimensions
is 'unmapped rows have a reason' '' "$(sed -n '/could not be mapped/,$p' "$tmp/summary" |
	sed 1d | grep -v 'the dimensions of this model are not known: Qwen3.8-27B')"

# notes 6.7, milliseconds; rates turned into times
while read -r id ms per; do
	predicted=$(awk -F, -v id="$id" '$1 == id { print $3 }' "$tmp/csv")
	ok "$id is $ms ms" awk -v p="$predicted" -v ms="$ms" -v per="$per" \
		'BEGIN { t = per > 0 ? 1000 * per / p : p; d = t / ms - 1; exit !(d < 0.003 && d > -0.003) }'
done <<END
P012 106.84 0
P055 871.17 512
P098 94.45 512
P206 15.05 0
P215 482.63 0
P221 448.01 0
P277 108.02 0
P318 28.43 0
P346 289.84 0
P376 460.67 0
P388 395.65 0
END

exits 'no file' 2 "$validate"
exits 'missing file' 1 "$validate" "$tmp/none.csv"
: >"$tmp/empty.csv"
exits 'empty file' 1 "$validate" "$tmp/empty.csv"
printf 'id,model,vision_tower,hardware,precision,engine,metric,value\nX1,No Such 1B,none,No Such GPU,fp16,vLLM,ttft_ms,5\n' \
	>"$tmp/odd.csv"
exits 'unknown hardware is a row, not a crash' 0 "$validate" -o csv "$tmp/odd.csv"
is 'and its prediction is empty' 'X1,unmapped,,5,,' "$(printf '%s\n' "$out" | tail -n 1)"

tap_end
