#!/bin/sh
# Speeds of output tokens against published ones: targets are the errors of the decode model itself (its section 3, rows it
# was fitted on), for one request at a time and for several apart. tests/data/speeds.csv: 242 rows, source per row in the file.
. "$SRCDIR/tests/tap.sh"

validate="$BUILDDIR/bench/validate-decode"
data="$SRCDIR/tests/data/speeds.csv"

exits 'reads the file' 0 "$validate" "$data"
like 'prints a table' 'D087 .* batch 1 .* gen_tok_s_e2e' "$out"
exits 'writes CSV' 0 "$validate" -o csv "$data"
printf '%s\n' "$out" >"$tmp/csv"
printf '%s\n' "$err" >"$tmp/figures"
exits 'the format may follow' 0 "$validate" "$data" -o csv
is 'and gives the same' "$(cat "$tmp/csv")" "$out"
is 'columns' 'id,status,predicted,measured,low,high' "$(head -n 1 "$tmp/csv")"
is 'one line per row' "$(wc -l <"$data" | tr -d ' ')" "$(wc -l <"$tmp/csv" | tr -d ' ')"
ok 'the range holds the prediction' awk -F, 'NR > 1 && $2 == "ok" && !($5 <= $3 && $3 <= $6) { bad = 1 } END { exit bad }' "$tmp/csv"

# set: rows, median %, p90 %, share inside the range at least
while IFS='|' read -r set rows median p90 inside; do
	set -- "$rows" "$median" "$p90" "$inside" $(sed -n "s/^$set  *\([0-9]\)/\1/p" "$tmp/figures" | tr -d '%')
	is "$set: rows" "$1" "$5"
	ok "$set: median $6 % is at most $2" awk "BEGIN { exit !($6 <= $2) }"
	ok "$set: p90 $7 % is at most $3" awk "BEGIN { exit !($7 <= $3) }"
	ok "$set: $9 % inside the range" awk "BEGIN { exit !($9 >= $4) }"
done <<END
batch 1|108|4.4|22.5|85
loaded|84|10.6|37|85
H20|41|35|55|85
END
is 'rows of confidence low are apart' 9 "$(sed -n 's/^low confidence *\([0-9]*\).*/\1/p' "$tmp/figures")"

# at most a tenth is unmapped: rows whose device nobody states
is 'unmapped rows' 'D445 D446 D447 D448 ' "$(sed -n 's/,unmapped,.*//p' "$tmp/csv" | tr '\n' ' ')"
is 'and why' 4 "$(grep -c ': no such hardware: unknown$' "$tmp/figures")"
while read -r column name; do
	id=$(awk -F, -v name="$name" '$0 ~ "," name "," { print $1; exit }' "$data")
	is "$column $name is mapped" ok "$(sed -n "s/^$id,\([a-z]*\),.*/\1/p" "$tmp/csv")"
done <<END
device h20
engine vllm-eager
engine exllama
END

# by hand: vLLM without graphs waits for its CPU, 40 layers of 0.40 ms; Llama-2-7B in transformers would for 32 of 0.95
while read -r id predicted; do
	is "$id is $predicted" "$predicted" "$(sed -n "s/^$id,ok,\([^,]*\),.*/\1/p" "$tmp/csv")"
done <<END
D392 16
END

exits 'no file' 2 "$validate"
exits 'missing file' 1 "$validate" "$tmp/none.csv"
: >"$tmp/empty.csv"
exits 'empty file' 1 "$validate" "$tmp/empty.csv"
printf 'id,device\nD1,h20\n' >"$tmp/columns.csv"
exits 'a missing column' 1 "$validate" "$tmp/columns.csv"
is 'is named' 'validate-decode: the header has no column registry' "$err"

# rows that cannot be predicted are rows, whatever they hold
head -n 1 "$data" >"$tmp/odd.csv"
row() { printf '%s,s,2026,m,%s,%s,%s,%s,1,%s,bf16,%s,%s,%s,%s,%s,u,batch1,high,\n' "$@" >>"$tmp/odd.csv"; }
row O1 no-such-7b h100-sxm 1 vllm bf16 1 1 10 tpot_ms 5
row O2 qwen3-8b h100-sxm nan vllm bf16 1 1 10 tpot_ms 5
row O3 qwen3-8b h100-sxm 1 vllm bf16 1 1 10 tpot_ms -5
row O4 qwen3-8b h100-sxm 1 vllm bf16 1e300 1 10 tpot_ms 5
row O5 qwen3-8b h100-sxm 1 no-engine bf16 1 1 10 tpot_ms 5
row O6 qwen3-8b h100-sxm 1 core-ml bf16 1 1 10 tpot_ms 5
row O7 qwen3-8b h100-sxm 1 vllm bf16 1 1 10 no_metric 5
row O8 llama-3-70b rtx-3090 1 vllm bf16 max 1 10 server_req_s 5
row O9 qwen3-8b h100-sxm 1 vllm bf16 1 100 10 tpot_ms 6
printf '"O10,s\n' >>"$tmp/odd.csv"
exits 'odd rows' 0 "$validate" -o csv "$tmp/odd.csv"
is 'have a status each' 'unmapped unmapped unmapped unmapped unmapped unmapped unmapped unmapped ok unmapped ' \
	"$(printf '%s\n' "$out" | sed 1d | sed 's/^"[^"]*"//' | cut -d, -f2 | tr '\n' ' ')"

tap_end
