#!/bin/sh
# vtok fit --request: one limit of the longer side for the pictures of a request, so that the whole of it keeps the budget.
# Sizes that it names are counted again; one picture has what `vtok fit` says without a request.
. "${SRCDIR:-.}/tests/tap.sh"
data=$(cd "${SRCDIR:-.}" && pwd)
cd "$tmp" || exit 99
. "$data/tests/requests.sh"

# 9,10 size that fits, 11 tokens, 12 detail, 14 kept, 15 bound, 16,17 next, 18 its tokens, 19 status, 20 reason
fitted() {
	code=$1 name=$2
	shift 2
	exits "$name" "$code" "$VTOK" fit --no-config --no-header -o csv --request request.json "$@"
}
field() { printf '%s\n' "$out" | sed -n "$1p" | cut -d, -f"$2"; }
column() { printf '%s\n' "$out" | cut -d, -f"$1" | tr '\n' ' ' | sed 's/ *$//'; }

is "the columns" \
	request,message,part,source,model,input,width,height,fit_width,fit_height,tokens,detail,effective_pixels,kept_share,bound_by,next_width,next_height,next_tokens,status,reason \
	"$(chat qwen3-vl-8b "$(part "$(url 640 480)")" | "$VTOK" fit --no-config -o csv --tokens 100 --request - | head -1)"

# ------------------------------------------------------------ one picture
chat qwen3-vl-8b "$(part "$(url 3024 4032)")" >request.json
for budget in '--tokens 1280' '--share 1%' '--kv-bytes 300MiB' '--concurrency 60' '--tokens 5000 --share 1%' '--tokens 2'; do
	# shellcheck disable=SC2086 # words
	out=$("$VTOK" fit --no-config --no-header -o csv $budget --request request.json | cut -d, -f5,7-19)
	# shellcheck disable=SC2086
	is "as without a request: $budget" \
		"$("$VTOK" fit --no-config --no-header -o csv $budget -m qwen3-vl-8b -t 4 -r 100 3024x4032 | cut -d, -f1,3-15)" "$out"
done

# ------------------------------------------------------------ several
chat qwen3-vl-8b "$(part "$(url 3024 4032)")" "$(part "$(url 1024 1024)")" "$(part "$(url 1024 1024)")" "$(part "$(url 300 200)")" >request.json
fitted 0 "four pictures" --tokens 2000
is "one limit for the longer sides" "$(field 2 9)" "$(field 1 10)"
is "a small one stays" 300,200,fits "$(field 4 9,10,19)"
is "that is what decides" "tokens_images tokens_images tokens_images" "$(column 15)"
sum=0
for i in 1 2 3 4; do
	tokens=$("$VTOK" count --no-config --no-header -o csv -m qwen3-vl-8b "$(field $i 9)x$(field $i 10)" | cut -d, -f7)
	is "tokens of picture $i" "$tokens" "$(field $i 11)"
	sum=$((sum + tokens))
done
ok "they keep the budget together: $sum" test "$sum" -le 2000
fitted 0 "the same, all said" --tokens 2000 --why
like "the limit and the sum" "longer sides to $(field 1 10) at most: $(printf '%s' "$sum" | sed 's/\(...\)$/,\1/') tokens in all" "$out"
fitted 0 "a budget of each picture" --tokens 600 --per-image
ok "each is within it" test "$(printf '%s\n' "$out" | cut -d, -f11 | sort -n | tail -1)" -le 600
ok "and their sum is more" test "$(printf '%s\n' "$out" | awk -F, '{ n += $11 } END { print n }')" -gt 1200
fitted 0 "multiples of a token's side" --tokens 2000 --snap
is "all of them" "0 0 0 0 288" "$(printf '%s\n' "$out" | awk -F, 'NR < 3 { print $9 % 32; print $10 % 32 } NR == 4 { print $9 }' |
	tr '\n' ' ' | sed 's/ $//')"
fitted 0 "they hold as they are" --tokens 20000
is "fits" "fits fits fits fits" "$(column 19)"
fitted 1 "nothing holds" --tokens 50
is "none" "none none none none" "$(column 19)"
like "the least of the whole request" 'no size holds: the least is [0-9]+ tokens in all' "$out"
fitted 0 "a time" --ttft 100ms
time=$(field 1 10)
fitted 0 "its bad end" --ttft 100ms --safe
ok "is tighter" test "$(field 1 10)" -lt "$time"
fitted 1 "a price that nobody knows" --max-price 1
like "is an error that says so" 'error,tokens have a price where a model is hosted' "$out"

# ------------------------------------------------------------ what the request sets
sed 's/^{/{"mm_processor_kwargs":{"max_pixels":1048576},/' request.json >capped && mv capped request.json
fitted 0 "a cap in the body" --tokens 3150
is "counts before the budget" fits "$(field 1 19)"
chat llava-1.5-7b "$(part "$(url 1024 1024)")" "$(part "$(url 640 480)")" >request.json
fitted 1 "a rule of a fixed number" --tokens 1000
like "leaves no choice" 'no-choice,"?every size takes 1,152 tokens in all' "$out"
chat gpt-4o "$(part "$(url 3024 4032)")" "$(part "$(url 1024 1024)")" >request.json
fitted 0 "a vendor with levels" --tokens 300
is "the one that serves best" "low low" "$(column 12)"
chat gpt-4o "$(part "$(url 3024 4032)" ',"detail":"high"')" "$(part "$(url 1024 1024)" ',"detail":"high"')" >request.json
fitted 1 "the request asks for one" --tokens 300
is "which holds" "high high" "$(column 12)"

# ------------------------------------------------------------ parts that set limits of their own
alike() { # NAME MODEL WxH KEYS...: with room for all of it each picture has the tokens that count says
	name=$1 model=$2 w=${3%x*} h=${3#*x}
	shift 3
	n=$#
	for keys in "$@"; do
		set -- "$@" "$(part "$(url "$w" "$h")" "$keys")"
	done
	shift "$n"
	chat "$model" "$@" >request.json
	fitted 0 "$name" --engine lmdeploy --tokens 1000000
	is "$name: as count says" "$("$VTOK" count --no-config --no-header -o csv --engine lmdeploy --request request.json | cut -d, -f11 |
		tr '\n' ' ' | sed 's/ *$//')" "$(column 11)"
}
alike "tiles" internvl3-8b 3000x1000 ',"max_dynamic_patch":3' ',"max_dynamic_patch":3' ',"max_dynamic_patch":2' ''
is "tiles: three kinds" 3 "$(column 11 | tr ' ' '\n' | sort -u | wc -l | tr -d ' ')"
alike "areas" qwen2.5-vl-7b 640x480 ',"min_pixels":802816' ',"min_pixels":602112' ',"max_pixels":100352' ',"max_pixels":100352' ''
is "areas: four kinds" 4 "$(column 11 | tr ' ' '\n' | sort -u | wc -l | tr -d ' ')"
alike "areas that are not read" qwen3-vl-8b 640x480 ',"min_pixels":802816' ',"max_pixels":100352' ',"max_dynamic_patch":2'
is "areas that are not read: one kind" 1 "$(column 11 | tr ' ' '\n' | sort -u | wc -l | tr -d ' ')"

# ------------------------------------------------------------ what cannot be told
chat qwen3-vl-8b "$(part "$(url 640 480)")" "$(part https://h/a.png)" >request.json
fitted 1 "a picture that is not here" --tokens 300
is "is an error, and so is the other" "error error" "$(column 19)"
like "each says why" 'another picture of the request has no size' "$(field 1 20)"
{
	printf '{"custom_id":"a","body":%s}\n' "$(chat qwen3-vl-8b "$(part "$(url 1640 480)")")"
	printf '{"custom_id":"b","body":%s}\n' "$(chat nobody "$(part "$(url 1640 480)")")"
	printf '{"custom_id":"c"\n'
	printf '{"custom_id":"d","body":%s}\n' "$(chat my-model "$(part "$(url 1640 480)")")"
} >request.json
fitted 1 "a batch" --tokens 300 --map my-model=qwen2.5-vl-7b
is "a row each" "a,ok b,error 3,error d,ok" "$(printf '%s\n' "$out" | awk -F, '{ print $1 "," $19 }' | tr '\n' ' ' | sed 's/ $//')"
is "json is json" "array 4
string a
number 1024" "$("$VTOK" fit --no-config -o json --per-image --tokens 300 --map my-model=llava-1.5-7b --request request.json |
	"$BUILDDIR/tests/run-json" "" 0.request 0.fit_width)"

for option in --aspects --common --upscale '--write x.png' '--write-dir .' '--settings all'; do
	# shellcheck disable=SC2086 # words
	exits "$option beside a request" 2 "$VTOK" fit --tokens 300 $option --request request.json
done
exits "no budget" 2 "$VTOK" fit --request request.json
exits "a bad budget" 2 "$VTOK" fit --share 5parsecs --request request.json
exits "inputs beside it" 2 "$VTOK" fit --tokens 5 --request request.json 640x480
tap_end
