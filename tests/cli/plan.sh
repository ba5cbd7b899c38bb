#!/bin/sh
# vtok plan: columns, order, limits, money, hosted rows, what is refused.
. "$SRCDIR/tests/tap.sh"

plan() { "$VTOK" plan -m qwen2.5-vl-7b -r 128 -o csv "$@"; }
# COLUMN of the csv on standard input, all rows
column() { awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; next } { print $at }'; }

exits 'a plan' 0 plan -g a100-80-sxm,h100-sxm --rate 20 --ttft 1s 1024x1024
printf '%s\n' "$out" >"$tmp/plan"
is 'columns' 'model,device,tp,fits,images_per_s,bound_by,gpus,usd_per_hour,usd_per_1000,usd_low,usd_high,ttft_ms,itl_ms,status,reason' \
	"$(head -1 "$tmp/plan")"
grep ',ok,' "$tmp/plan" >"$tmp/ok"
is 'both devices, one to eight GPUs' '1 2 4 ' "$(grep ',a100-80-sxm,' "$tmp/ok" | cut -d, -f3 | sort -n | tr '\n' ' ')"
ok 'sorted by cost' sh -c "cut -d, -f8 '$tmp/ok' | sort -n -c"
ok 'hosted rows beneath, by cost' sh -c "grep ',hosted,' '$tmp/plan' | cut -d, -f9 | sort -g -c && tail -1 '$tmp/plan' | grep -q ',hosted,'"
ok 'there are some' test "$(grep -c ',hosted,' "$tmp/plan")" -ge 20
# GPUs carry the traffic at 0.7 of their rate; USD an hour = GPUs x 1.79, 1,000 images its share of 72,000
ok 'the sums hold' awk -F, '$2 == "a100-80-sxm" { n++; if ($7 * $5 / $3 * 0.7 < 20 - 1e-6 || $7 % $3 || ($8 / $7 - 1.79) ^ 2 > 1e-12 ||
	($9 * 72 / $8 - 1) ^ 2 > 1e-12 || ($10 * 1.79 / $9 - 1.39) ^ 2 > 1e-12 || $12 > 1000 || $13 > 50) bad = 1 } END { exit bad || n < 3 }' "$tmp/ok"
ok 'no value is none' test -z "$(grep -iE ',-?(nan|inf)' "$tmp/plan")"

# what is asked: a price of one's own, fewer with less traffic, more with a tighter limit
gpus() { plan -g a100-80-sxm --tp 1 --no-header "$@" | head -1 | cut -d, -f7; }
is 'a price of one'\''s own' '2.5 2.5' "$(plan -g h100-sxm --tp 1 --rate 1 --gpu-price 2.5 --no-header | head -1 | cut -d, -f8) $(
	plan -g gb200 --tp 1 --rate 1 --gpu-price 2.5 --no-header | head -1 | cut -d, -f8)"
ok 'more traffic, more GPUs' test "$(gpus --rate 40 --ttft 1s)" -gt "$(gpus --rate 20 --ttft 1s)"
ok 'a tighter limit, more GPUs' test "$(gpus --rate 20 --ttft 350ms)" -gt "$(gpus --rate 20 --ttft 1s)"
ok 'a stricter quantile, more GPUs' test "$(gpus --rate 20 --ttft 400ms --quantile 0.99)" -gt "$(gpus --rate 20 --ttft 400ms --quantile 0.5)"
ok 'less time between tokens, more GPUs' test "$(gpus --rate 20 --itl 12ms)" -gt "$(gpus --rate 20)"
ok 'a longer answer, more GPUs' test "$(gpus --rate 20 -r 1024)" -gt "$(gpus --rate 20)"
is 'a file is a size' "$(plan -g l40s --rate 2 2480x3508 | cut -d, -f1-7 | head -3)" \
	"$(plan -g l40s --rate 2 "$SRCDIR/samples/letter-300dpi.jpg" | cut -d, -f1-7 | head -3)"
is 'two pictures a request' 2 "$(for n in 1 2; do plan -g h100-sxm --tp 1 --rate 1 -n $n --no-header | head -1 | cut -d, -f9; done | sort -gu | wc -l | tr -d ' ')"

exits 'nothing fits' 1 "$VTOK" plan -m qwen2.5-vl-72b -g rtx-4090 --tp 1 --rate 5 -o csv
like 'the reason stands in its row' '^qwen2.5-vl-72b,rtx-4090,1,no,,,,,,,,,,no,the weights do not fit' "$out"
like 'hosted prices stand there all the same' ',hosted,' "$out"
exits 'a limit that nobody keeps' 1 plan -g a100-80-sxm --tp 1 --rate 1 --ttft 10ms
like 'is the reason' ',no,a request alone waits longer for its first token than the limit' "$out"
exits 'tokens that nobody gives' 1 plan -g a100-80-sxm --tp 1 --rate 1 --itl 1ms
like 'is the reason' ',no,one request alone takes longer between tokens than the limit' "$out"
exits 'a device without a price' 0 plan -g gb200 --tp 1 --rate 1
like 'carries it' ',ok,no price of this hardware is known; --gpu-price gives one$' "$out"
exits 'every device' 0 plan -g all --rate 20 --ttft 1s
is 'has a row' "$("$VTOK" hardware -o csv --no-header | wc -l | tr -d ' ')" \
	"$(printf '%s\n' "$out" | sed 1d | grep -v ',hosted,' | cut -d, -f2 | sort -u | wc -l | tr -d ' ')"
is 'those that do not carry it have a reason' '' "$(printf '%s\n' "$out" | grep ',no,$')"

# hosted: 20 a second for an hour is 72,000 of them; without a price of output the input alone, which is said
"$VTOK" estimate -m gpt-5.4 -r 128 -o csv 1024x1024 >"$tmp/hosted"
is 'a hosted price is that of estimate' "$(column cost_usd_per_1000 <"$tmp/hosted")" \
	"$(sed -n 's/^gpt-5.4,OpenAI,,,,,,[^,]*,\([^,]*\),.*/\1/p' "$tmp/plan")"
ok 'an hour of it' awk -F, '$14 == "hosted" && ($8 / $9 / 72 - 1) ^ 2 > 1e-12 { bad = 1 } END { exit bad }' "$tmp/plan"
like 'the input alone is said' '^grok-2-vision,xAI,.*input alone: no price of output is known' "$(cat "$tmp/plan")"
like 'break-even with the cheapest device' '^claude-haiku-4-5,.*dearer than h100-sxm above [0-9]' "$(cat "$tmp/plan" | tr -d '"')"

for format in json jsonl md table; do
	exits "as $format" 0 "$VTOK" plan -g h100-sxm --rate 5 -o $format
	like "as $format: has the device" h100-sxm "$out"
done

while IFS='|' read -r what options message; do
	exits "$what" 2 "$VTOK" plan $options
	like "$what: one line" "$message" "$err"
done <<END
no traffic|-g h100-sxm|^vtok: plan: no traffic; give --rate, requests a second$
a negative traffic|--rate -1|^vtok: --rate: expected a number from
an unknown device|--rate 1 -g h100-sx|^vtok: no hardware "h100-sx"; did you mean h100-sxm
one of several|--rate 1 -g h100-sxm,,t4|^vtok: no hardware ""
a hosted model|--rate 1 -m gpt-5.4|^vtok: plan: gpt-5.4 is hosted
no time|--rate 1 --ttft soon|^vtok: --ttft: expected a time with its unit, like 300ms, got "soon"$
a time without a unit|--rate 1 --ttft 300|^vtok: --ttft: expected a time with its unit, like 300ms, got "300"$
no time at all|--rate 1 --ttft 0s|^vtok: --ttft: expected a time
no time between tokens|--rate 1 --itl -5ms|^vtok: --itl: expected a time up to 1000 s with its unit, like 40ms, got "-5ms"$
a time between tokens without a unit|--rate 1 --itl 0.05|^vtok: --itl: expected a time up to 1000 s with its unit, like 40ms, got "0.05"$
no quantile|--rate 1 --quantile 1|^vtok: --quantile: expected a number from 0.5 to 0.9999
a price below nothing|--rate 1 --gpu-price -1|^vtok: --gpu-price: expected a number from 0 to 1000000
no traffic at all|--rate 0|^vtok: plan: no traffic; give --rate, requests a second$
two pictures|--rate 1 640x480 800x600|^vtok: 
END

# a data set in place of a size: one that has a single size is that size; mixed ones are between their parts
scan() { name=$1; shift; printf '%s\n' "$@" | "$VTOK" scan -m qwen2.5-vl-7b --partial - >"$tmp/$name"; }
scan one '1024x1024 7'
scan two '448x448 9' '1792x1792 1'
scan same '448x448 5' '1792x1792 1' '448x448 4'
own() { plan -g h100-sxm --tp 1 --rate 20 --no-header "$@" | head -1; }
is 'one size' "$(own 1024x1024)" "$(own --scan "$tmp/one")"
is 'the order of a data set is nothing' "$(own --scan "$tmp/two")" "$(own --scan "$tmp/same")"
ok 'a mix is between its parts' awk -v small="$(own 448x448 | cut -d, -f5)" -v mixed="$(own --scan "$tmp/two" | cut -d, -f5)" \
	-v large="$(own 1792x1792 | cut -d, -f5)" 'BEGIN { exit !(large + 0 < mixed + 0 && mixed + 0 < small + 0) }'
# 9 of 10 are small: the slow tenth is what the quantile sees
ok 'the quantile sees the large ones' awk -v mixed="$(own --scan "$tmp/two" --quantile 0.95 | cut -d, -f12)" \
	-v most="$(own --scan "$tmp/two" --quantile 0.5 | cut -d, -f12)" 'BEGIN { exit !(mixed > 1.5 * most) }'
ok 'more traffic, no fewer GPUs' test "$(plan -g a100-80-sxm --tp 1 --rate 90 --scan "$tmp/two" --no-header | head -1 | cut -d, -f7)" -ge \
	"$(plan -g a100-80-sxm --tp 1 --rate 30 --scan "$tmp/two" --no-header | head -1 | cut -d, -f7)"
exits 'the model is that of the partial' 0 "$VTOK" plan -g h100-sxm --tp 1 --rate 20 -r 128 -o csv --no-header --scan "$tmp/two"
is 'and its name' "$(own --scan "$tmp/two")" "$(printf '%s\n' "$out" | head -1)"
is 'from standard input' "$(own --scan "$tmp/two")" "$(own --scan - <"$tmp/two")"
like 'hosted rows are of the mean area' '^gpt-5.4,OpenAI,' "$(plan -g h100-sxm --tp 1 --rate 20 --scan "$tmp/two")"
printf '448x448 9\n100000x1\n' | "$VTOK" scan -m qwen2.5-vl-7b --partial --errors ok - >"$tmp/refused"
exits 'what a scan could not count' 0 plan -g h100-sxm --rate 20 --scan "$tmp/refused"
like 'is told' '^vtok: 1 of 2 inputs of the scan have no tokens and are left out$' "$err"
printf '448x448 99\n3000x3000\n' | "$VTOK" scan -m qwen2.5-vl-7b --partial - >"$tmp/long"
exits 'what is longer than the context' 0 plan -g h100-sxm --rate 20 -c 8k -t 4000 --scan "$tmp/long"
like 'is left out, and said' '1.0 % of the images are longer than the context and left out' "$out"
for format in json md; do
	exits "a mix as $format" 0 plan -g h100-sxm --rate 5 --scan "$tmp/two" -o $format
	like "as $format: has the device" h100-sxm "$out"
done
sed 's/"weight":"10"/"weight":"11"/' "$tmp/two" >"$tmp/bent"
{ cat "$tmp/one"; echo '{"vtok":"scan-partial"'; } >"$tmp/cut"
printf 'not json\n' >"$tmp/text"
: >"$tmp/empty"
while IFS='|' read -r what options message; do
	exits "$what" 2 "$VTOK" plan -g h100-sxm --rate 5 $options
	like "$what: where and what" "$message" "$err"
done <<END
numbers that do not add up|--scan $tmp/bent|^vtok: .*/bent:1: no partial of vtok scan: its numbers do not add up
a line that is cut|--scan $tmp/cut|^vtok: .*/cut:2: no partial of vtok scan: expected an object of JSON
no partial|--scan $tmp/text|^vtok: .*/text:1: no partial of vtok scan
an empty file|--scan $tmp/empty|^vtok: .*/empty: no partial: the file is empty
another model|-m qwen3-vl-8b --scan $tmp/two|^vtok: .*/two: no partial of qwen3-vl-8b: it has qwen2.5-vl-7b
other options|--max-tokens-per-image 64 --scan $tmp/two|^vtok: .*/two: no picture has [0-9]* tokens here: it was scanned with other options
a size too|--scan $tmp/two 640x480|^vtok: plan: --scan has the sizes: 640x480 is one too many
no pictures|-n 0 --scan $tmp/two|^vtok: plan: --scan is of pictures, and -n 0 asks for none
END
exits 'a file that is not there' 1 "$VTOK" plan -g h100-sxm --rate 5 --scan "$tmp/none"

tap_end
