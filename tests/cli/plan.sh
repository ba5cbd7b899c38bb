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
like 'the input alone is said' '^gpt-5,OpenAI,.*input alone: no price of output is known' "$(cat "$tmp/plan")"
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
no time|--rate 1 --ttft soon|^vtok: --ttft: expected a time like 300ms, got "soon"$
no time between tokens|--rate 1 --itl -5ms|^vtok: --itl: expected a time up to 1000 s
no quantile|--rate 1 --quantile 1|^vtok: --quantile: expected a number from 0.5 to 0.9999
a price below nothing|--rate 1 --gpu-price -1|^vtok: --gpu-price: expected a number from 0 to 1000000
no traffic at all|--rate 0|^vtok: plan: no traffic; give --rate, requests a second$
two pictures|--rate 1 640x480 800x600|^vtok: 
END

tap_end
