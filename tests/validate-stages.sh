#!/bin/sh
# The stages of a request against what was measured on one H100 (tests/data/stages.csv: torch 2.11, transformers 5.17,
# bf16, batch 1, a 16-core Xeon with AVX-512). How each column was taken: docs of bench/validate-stages.c.
. "$SRCDIR/tests/tap.sh"

validate="$BUILDDIR/bench/validate-stages"
data="$SRCDIR/tests/data/stages.csv"

exits 'reads the file' 0 "$validate" "$data"
like 'prints a table' 'qwen3-vl-8b@2480x3508:processor-cpu8' "$out"
exits 'writes CSV' 0 "$validate" -o csv "$data"
printf '%s\n' "$out" >"$tmp/csv"
printf '%s\n' "$err" >"$tmp/summary"
is 'columns' 'id,status,predicted,measured,low,high' "$(head -n 1 "$tmp/csv")"
is 'nothing is unmapped' '' "$(grep ',unmapped,' "$tmp/csv")"
ok 'the range holds the prediction' awk -F, 'NR > 1 && !($5 <= $3 && $3 <= $6) { bad = 1 } END { exit bad }' "$tmp/csv"

# stage: rows, median %, p90 %, share inside the range
while read -r stage rows median p90; do
	set -- $(sed -n "s/^$stage //p" "$tmp/summary" | tr -d '%')
	is "$stage: rows" "$rows" "$1"
	ok "$stage: median $2 % is at most $median" awk "BEGIN { exit !($2 <= $median) }"
	ok "$stage: p90 $3 % is at most $p90" awk "BEGIN { exit !($3 <= $p90) }"
	ok "$stage: at least 80 % inside the range" awk "BEGIN { exit !($4 >= 80) }"
done <<END
decode 34 5 35
processor-cpu1 34 12 25
processor-cpu8 34 12 40
processor-gpu 34 8 30
ttft 34 10 25
vision 34 12 25
llm 34 12 45
END

# one picture by hand: 2.46 x 1.806336 + 11.9 x 0.736099; 0.2 + 30 x 1.806336; the same / 3.4822; 0.4 + 2.15 x 1.806336
while read -r id ms; do
	predicted=$(awk -F, -v id="$id" '$1 == id { print $3 }' "$tmp/csv")
	ok "$id is $ms ms" awk -v p="$predicted" -v ms="$ms" 'BEGIN { d = p - ms; exit !(d < 0.01 && d > -0.01) }'
done <<END
qwen3-vl-8b@1344x1344:decode 13.203
qwen3-vl-8b@1344x1344:processor-cpu1 54.390
qwen3-vl-8b@1344x1344:processor-cpu8 15.762
llava-1.5-7b@1344x1344:processor-gpu 4.284
END

exits 'no file' 2 "$validate"
exits 'missing file' 1 "$validate" "$tmp/none.csv"
: >"$tmp/empty.csv"
exits 'empty file' 1 "$validate" "$tmp/empty.csv"
printf 'model,width\nqwen3-vl-8b,5\n' >"$tmp/columns.csv"
exits 'a missing column' 1 "$validate" "$tmp/columns.csv"
is 'is named' 'validate-stages: the header has no column height' "$err"
printf 'model,width,height\nqwen3-vl-8b,5,5\n' >"$tmp/columns.csv"
exits 'no stage at all' 1 "$validate" "$tmp/columns.csv"

# rows that cannot be predicted, or were not measured, are rows
printf '%s\n' model,width,height,decode_ms 'no-such-8b,100,100,5' 'qwen3-vl-8b,0,100,5' 'qwen3-vl-8b,nan,100,5' \
	'qwen3-vl-8b,100,100,' 'qwen3-vl-8b,1e300,100,5' '"qwen3-vl-8b,100' 'qwen3-vl-8b,1000,1000,7.5' >"$tmp/odd.csv"
exits 'odd rows' 0 "$validate" -o csv "$tmp/odd.csv"
is 'have a status each' 'unmapped unmapped unmapped unstated unmapped unmapped ok ' \
	"$(printf '%s\n' "$out" | sed 1d | sed 's/^"[^"]*"//' | cut -d, -f2 | tr '\n' ' ')"
# without the file's size: 7.5 ms per 10^6 pixels
like 'and the last is predicted' 'qwen3-vl-8b@1000x1000:decode,ok,7.5,7.5,' "$out"

tap_end
