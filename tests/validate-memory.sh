#!/bin/sh
# The accounts of memory against what servers logged (tests/data/memory.csv, source per row): targets, columns,
# statuses, odd files. The figures are those of the program: no row is named in it.
. "$SRCDIR/tests/tap.sh"

validate="$BUILDDIR/bench/validate-memory"
data="$SRCDIR/tests/data/memory.csv"

exits 'reads the file' 0 "$validate" "$data"
printf '%s\n' "$out" >"$tmp/table"
exits 'writes CSV' 0 "$validate" -o csv "$data"
printf '%s\n' "$out" >"$tmp/csv"
printf '%s\n' "$err" >"$tmp/summary"

is 'columns' 'id,status,predicted,measured,low,high' "$(head -n 1 "$tmp/csv")"
is 'one line per row' "$(wc -l <"$data" | tr -d ' ')" "$(wc -l <"$tmp/csv" | tr -d ' ')"
is 'statuses' 'ok unmapped unstated' "$(sed 1d "$tmp/csv" | cut -d, -f2 | sort -u | tr '\n' ' ' | sed 's/ $//')"
is 'no sum of rows is lost in the summaries' '2' "$(grep -c '^pool ' "$tmp/summary")"

# id,quantity,ratio,low,measured,status,confidence of vLLM's pools that are not of the older engine or a verdict
awk -F, 'NR == FNR { conf[$1] = $17; engine[$1] = $3; next } { print $0 "," conf[$1] "," engine[$1] }' \
	"$data" "$tmp/csv" >"$tmp/joined"
grep ' pool ' "$tmp/table" | awk '{ print $1 }' >"$tmp/pools"
awk -F, 'NR == FNR { pool[$1] = 1; next } ($1 in pool) && $8 == "vLLM" && $4 > 0' \
	"$tmp/pools" "$tmp/joined" >"$tmp/vllm"
ok 'there are pools of vLLM' test "$(wc -l <"$tmp/vllm")" -ge 12

# all options stated: median within 0.95..1.05 (of an odd or even number), nothing above 1.15 but marked rows
awk -F, '$2 == "ok" && $7 != "marked" { print $3 / $4 }' "$tmp/vllm" | sort -n >"$tmp/ratios"
ok 'none above 1.15 where all options are known' awk '$1 > 1.15 { bad = 1 } END { exit bad }' "$tmp/ratios"
marked=$(awk -F, '$2 == "ok" && $7 == "marked" { print $1 }' "$tmp/vllm")
for id in $marked; do
	like "$id is marked" '! what experts and linear attention take' "$(grep "^$id " "$tmp/table")"
done
ok 'the low end lies below every logged pool' awk -F, '$5 > $4 { bad = 1 } END { exit bad }' "$tmp/vllm"
ok 'no row that is not marked carries the mark' test -z "$(grep '! what experts' "$tmp/table" | awk '{ print $1 }' |
	while read -r id; do grep "^$id," "$data" | grep -v ',marked,'; done)"

# whole quantities: [rows of every] median within
while read -r what least most; do
	median=$(sed -n '/^every row/,$p' "$tmp/summary" | grep "^$what  " | sed "s/^$what *[0-9]* *//" | cut -d' ' -f1)
	ok "$what: median $median within $least..$most" awk -v m="$median" -v a="$least" -v b="$most" \
		'BEGIN { exit !(m >= a && m <= b) }'
done <<END
pool 0.85 1.05
weights 0.95 1.05
concurrency 0.9 1.1
tokens 0.9 1.1
cache 0.999 1.001
state 0.999 1.001
projector 0.99 1.01
END

# exact: caches, states and the concurrency of a pool that is given
for row in M54:1904 M55:6576 M56:1280 M60:188.4 M38:147456; do
	is "${row%:*} is exact" "${row#*:}" "$(awk -F, -v id="${row%:*}" '$1 == id { print ($3 == int($3)) ? $3 : int($3 * 10) / 10 }' "$tmp/csv")"
done

exits 'no file' 2 "$validate"
exits 'missing file' 1 "$validate" "$tmp/none.csv"
: >"$tmp/empty.csv"
exits 'empty file' 1 "$validate" "$tmp/empty.csv"
printf 'id,model\nX1,y\n' >"$tmp/columns.csv"
exits 'a missing column' 1 "$validate" "$tmp/columns.csv"
is 'is named' 'validate-memory: the header has no column engine' "$err"

header=id,model,engine,version,device,n,weights,kv,utilisation,max_batched_tokens,max_seqs,limit_images,context,quantity,unit,reported,confidence
# status of a row under that header
status_of() {
	printf '%s\n%s\n' "$header" "$1" >"$tmp/one.csv"
	"$validate" -o csv "$tmp/one.csv" 2>/dev/null | sed -n 2p | cut -d, -f2
}
while IFS='|' read -r want what row; do
	is "$what" "$want" "$(status_of "$row")"
done <<'END'
ok|all stated|A,qwen3-vl-8b,vLLM,0.24.0,H100,1,bf16,bf16,0.92,8192,256,,32768,available KV memory per GPU,GiB,50,full
unstated|no share|A,qwen3-vl-8b,vLLM,0.24.0,H100,1,bf16,bf16,,8192,256,,32768,available KV memory per GPU,GiB,50,full
unstated|no step|A,qwen3-vl-8b,vLLM,0.24.0,H100,1,bf16,bf16,0.92,,256,,32768,available KV memory per GPU,GiB,50,full
unstated|no sequences|A,qwen3-vl-8b,vLLM,,H100,1,bf16,bf16,0.92,8192,,,32768,available KV memory per GPU,GiB,50,full
unstated|no cache format|A,qwen3-vl-8b,vLLM,,H100,1,bf16,,0.92,8192,256,,32768,KV cache tokens,tokens,50,full
ok|what it takes by itself, stated|A,qwen3-vl-8b,vLLM,,H100,1,auto,auto,0.92,8192,256,,32768,maximum concurrency,x,50,full
ok|a server without profile run has no step|A,qwen3-vl-8b,SGLang,,H100,1,bf16,bf16,0.8,,,,32768,KV cache tokens,tokens,50,full
unmapped|a model nobody knows|A,none-7b,vLLM,,H100,1,bf16,bf16,0.92,8192,256,,,available KV memory per GPU,GiB,50,
unmapped|an engine nobody knows|A,qwen3-vl-8b,none,,H100,1,bf16,bf16,0.92,8192,256,,,available KV memory per GPU,GiB,50,
unmapped|a device nobody knows|A,qwen3-vl-8b,vLLM,,none,1,bf16,bf16,0.92,8192,256,,,available KV memory per GPU,GiB,50,
unmapped|no device|A,qwen3-vl-8b,vLLM,,,1,bf16,bf16,0.92,8192,256,,,available KV memory per GPU,GiB,50,
unmapped|a quantity nobody knows|A,qwen3-vl-8b,vLLM,,H100,1,bf16,bf16,0.92,8192,256,,,wisdom,GiB,50,
unmapped|a unit nobody knows|A,qwen3-vl-8b,vLLM,,H100,1,bf16,bf16,0.92,8192,256,,,available KV memory per GPU,bushels,50,
unmapped|no value|A,qwen3-vl-8b,vLLM,,H100,1,bf16,bf16,0.92,8192,256,,,available KV memory per GPU,GiB,,
unmapped|a negative value|A,qwen3-vl-8b,vLLM,,H100,1,bf16,bf16,0.92,8192,256,,,available KV memory per GPU,GiB,-1,
unmapped|a share above one|A,qwen3-vl-8b,vLLM,,H100,1,bf16,bf16,92,8192,256,,,available KV memory per GPU,GiB,50,
unmapped|a number in words|A,qwen3-vl-8b,vLLM,,H100,two,bf16,bf16,0.92,8192,256,,,available KV memory per GPU,GiB,50,
unmapped|endless|A,qwen3-vl-8b,vLLM,,H100,1,bf16,bf16,0.92,1e99,256,,,available KV memory per GPU,GiB,50,
unmapped|a format nobody knows|A,qwen3-vl-8b,vLLM,,H100,1,bits,bf16,0.92,8192,256,,,available KV memory per GPU,GiB,50,
unmapped|an open quote|A,"qwen3-vl-8b
unmapped|a short line|A,qwen3-vl-8b
END

# what is stated changes the prediction: 0 pictures leave more
value_of() {
	printf '%s\n%s\n' "$header" "$1" >"$tmp/one.csv"
	"$validate" -o csv "$tmp/one.csv" 2>/dev/null | sed -n 2p | cut -d, -f3
}
with=$(value_of 'A,qwen3-vl-8b,vLLM,0.24.0,H100,1,bf16,bf16,0.92,8192,16,,32768,available KV memory per GPU,GiB,50,full')
without=$(value_of 'A,qwen3-vl-8b,vLLM,0.24.0,H100,1,bf16,bf16,0.92,8192,16,0,32768,available KV memory per GPU,GiB,50,full')
ok 'no pictures leave more' awk -v a="$with" -v b="$without" 'BEGIN { exit !(b - a > 1.2 && b - a < 1.6) }'

# a byte-order mark and DOS line ends change nothing
{ printf '\357\273\277'; sed 's/$/\r/' "$data"; } >"$tmp/dos.csv"
exits 'mark and DOS line ends' 0 "$validate" -o csv "$tmp/dos.csv"
ok 'change nothing' test "$out" = "$(cat "$tmp/csv")"

tap_end
