#!/bin/sh
# vtok scan: what it tells, where its records come from, partials that merge to the same bytes however the work was cut,
# what it refuses, going on after an interrupt.
. "${SRCDIR:-.}/tests/tap.sh"

scan() { "$VTOK" scan --no-config -m qwen2.5-vl "$@"; }
value() { printf '%s\n' "$out" | sed -n "s/^qwen2.5-vl,$1,//p"; }
data=$(cd "${SRCDIR:-.}" && pwd)
cd "$tmp" || exit 99

# ------------------------------------------------------------ the report
awk 'BEGIN { srand(7); for (i = 0; i < 3000; i++) printf "%dx%d\n", exp(3 + 6 * rand()), exp(3 + 6 * rand()) }' >sizes
printf 'rubbish\n0x5\n640 480 7\n640,480,2\n9000x30\n' >>sizes
exits "a list of sizes" 1 scan - <sizes
is "every line is one of the files" 3005 "$(value files)"
"$VTOK" count --no-config -m qwen2.5-vl -o csv --no-header - <sizes >counted
is "what fails is what count fails" "$(grep -c ,error, counted | awk '{ print $1 - 2 }')" "$(value errors)"
is "tokens as count counts them, weights applied" \
	"$(awk -F, '$4 == "ok" { sum += $7 } END { printf "%d", sum + 9 * 393 }' counted)" "$(value tokens_total)"
is "the median, by the definition" "$({ awk -F, '$4 == "ok" { print $7 }' counted; yes 393 | head -9; } | sort -n |
	awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }')" "$(value p50)"
is "errors may be fine" 0 "$(scan --errors ok - <sizes >/dev/null; echo $?)"
exits "several models" 1 scan -m gemma-3-4b - <sizes
is "a block each" "qwen2.5-vl gemma-3-4b" "$(printf '%s\n' "$out" | sed -n 's/,files,.*//p' | tr '\n' ' ' | sed 's/ $//')"
is "json is json" "array 1
string qwen2.5-vl
number 3005" "$(scan -o json - <sizes | "$BUILDDIR/tests/run-json" "" 0.model 0.files)"
like "a table for people" 'the worst' "$(scan -o table --ascii - <sizes)"
is "a table in ASCII" "" "$(scan -o table --ascii - <sizes | LC_ALL=C grep -n '[^ -~]')"
is "the worst, with their names" "$(awk -F, '$4 == "ok" { print $7, $2 "x" $3 }' counted | LC_ALL=C sort -k1,1nr -k2,2 | head -3)" \
	"$(scan --top 3 -o jsonl - <sizes | sed 's/.*"worst":\[//; s/\],"reasons.*//' | tr '}' '\n' |
		sed -n 's/.*"tokens":\([0-9]*\),"name":"\([^"]*\)".*/\1 \2/p')"

# ------------------------------------------------------------ partials
scan --partial - <sizes >whole
is "a partial is one line" 1 "$(wc -l <whole | tr -d ' ')"
is "a partial does not fail" 0 "$(scan --partial - <sizes >/dev/null; echo $?)"
split -l 419 sizes part.
for part in part.??; do
	scan --partial --part "$part" - <"$part" >"$part.json"
done
scan --merge --partial part.??.json >merged
ok "parts merge to the bytes of one run" cmp whole merged
ls -r part.??.json | while read -r part; do cat "$part"; done >list.jsonl
cat part.aa.json part.ab.json >>list.jsonl
ok "backwards, two of them twice" sh -c "'$VTOK' scan --merge --partial list.jsonl | cmp - whole"
scan --partial - </dev/null >empty
is "an empty input has a partial" 0 "$?"
ok "and changes nothing" sh -c "'$VTOK' scan --merge --partial empty merged empty | cmp - whole"
ok "threads change nothing" sh -c "'$VTOK' scan --no-config -m qwen2.5-vl -j4 --partial - <sizes | cmp - whole"
LC_ALL=C sort sizes >sorted
ok "nor does the order" sh -c "'$VTOK' scan --no-config -m qwen2.5-vl --partial - <sorted | cmp - whole"
is "the report of a merge is that of the scan" "$(scan - <sizes)" "$(scan --merge merged)"
exits "a merge is judged" 1 scan --merge whole
for pair in "cut|JSON|head -c 300 whole" "other options|options|scan --patch 16 --partial - <sizes" \
	"another version|version|sed 's/\"version\":\"/&9/' whole" "wrong sums|add up|sed 's/\"rows\":3005/\"rows\":3006/' whole" \
	"no end|complete|sed 's/,\"complete\":true//' whole" "an empty line|empty line|echo" "nothing|empty|:"; do
	what=${pair%%|*} rest=${pair#*|}
	eval "${rest#*|}" >bad
	exits "refused: $what" 2 scan --merge whole bad
	like "refused: $what: says so" "bad.*${rest%%|*}" "$err"
done
sed 's/"part":"part.aa"/"part":"part.ab"/' part.aa.json >bad
exits "one part with two contents" 2 scan --merge part.ab.json bad
exits "--part without --partial" 2 scan --part x - <sizes

# ------------------------------------------------------------ where records come from
mkdir -p tree/.hidden/deep "tree/a b"
cp "$data"/samples/*.jpg tree/ && cp "$data"/samples/screenshot.png tree/.hidden/deep/ && echo text >"tree/a b/no picture"
ln -s ../sizes tree/link && mkfifo tree/pipe && ln -s .. tree/loop
scan --partial tree >walked
ok "a folder is walked as find walks it" sh -c "find tree -type f | '$VTOK' scan --no-config -m qwen2.5-vl --partial - | cmp - walked"
ok "with -print0 and -0" sh -c "find tree -type f -print0 | '$VTOK' scan --no-config -m qwen2.5-vl -0 --partial - | cmp - walked"
is "turned pictures are told" 1 "$(scan tree | sed -n 's/.*,turned,//p')"
exits "a file that is not there" 1 scan nowhere.png
if command -v tar >/dev/null; then
	tar cf shard.tar tree
	is "pictures of a tar" 4 "$(scan --errors ok shard.tar | sed -n 's/.*,files,//p')"
	ok "from a pipe, but for the archive's name" sh -c "'$VTOK' scan --no-config -m qwen2.5-vl --partial shard.tar |
		sed 's/shard.tar://g' >a && cat shard.tar |
		'$VTOK' scan --no-config -m qwen2.5-vl --partial --from tar - | cmp - a"
	head -c 3000 shard.tar >cut.tar
	exits "a tar that ends too early" 1 scan cut.tar
	exits "no tar" 1 scan --from tar sizes
else
	skip "tar" "no tar here"
fi
printf 'name,WIDTH,HEIGHT,n\n"a, ""b""",640,480,3\nc,100,200,1\nd,x,2,1\ne,1,2,"\n' >table.csv
exits "a csv" 1 scan --from csv --weight n --key name -o jsonl table.csv
like "its rows, weights and names" '"files":4,"errors":2,.*"weight":4,.*"worst":\[{"tokens":393,"name":"a, \\"b\\""}' "$out"
is "exchanged columns" "$(scan --errors ok --from csv table.csv | sed -n 's/.*,tokens_total,//p')" \
	"$(scan --errors ok --swap --width HEIGHT --height width --from csv table.csv | sed -n 's/.*,tokens_total,//p')"
exits "a column that is not there" 1 scan --from csv --width breadth table.csv
like "is named" 'table.csv:1: there is no column "breadth"' "$err"
printf '%s\n' '{"width":640,"height":480,"k":"x"}' '{"width":"64","height":480.0}' '{}' '[]' 'nonsense' '{"width":1e99,"height":1}' >rows
exits "jsonl" 1 scan --from jsonl --key k rows
is "its rows" 6,4 "$(value files),$(value errors)"
awk 'BEGIN { for (i = 0; i < 60; i++) { printf "{\"width\":640,\"height\":480,\"text\":\""
	for (k = i % 2 ? 70000 : 10; k > 0; k--) printf "abcd"; print "\"}" } }' >wide
is "long lines and short ones, by several threads" "60 0" "$(scan -j8 --from jsonl wide | sed -n 's/.*,\(files\|errors\),//p' | tr '\n' ' ' | sed 's/ $//')"
printf 'height,width\n100,200\n' >second.csv && printf 'width,height\n200,100\n' >first.csv
is "each csv has its columns" 2 "$(scan -j4 --from csv first.csv second.csv -o jsonl | sed 's/.*"histogram":\[\[[0-9]*,\([0-9]*\)\]\].*/\1/')"
printf '%05000d\n640x480\n' 1 >long
exits "a line that is too long" 1 scan - <long
is "is one that failed" 2,1 "$(value files),$(value errors)"
printf '640x480\r\n640 480\t2\r\n320x240' >dos
exits "ends of another system, and none" 0 scan - <dos
is "are read" 3 "$(value files)"

printf 'width,height,n\n640,480,2\n640,480,0\n640,480,x\n640,480,-1\n640,480,1.5\n640,480,2e15\n640.5,480,1\n-1,480,1\n640\n0,480,1\n640,2000000000,1\r\n' >weights.csv
exits "weights and sides of a csv" 1 scan --from csv --weight n -o jsonl weights.csv
like "of which two are none" '"files":11,"errors":9,.*"weight":2,' "$out"
is "each with its reason" '{"count":2,"reason":"bad size: a side is from # to # pixels"},{"count":4,"reason":"csv: a weight is a whole number"},{"count":3,"reason":"csv: width and height are whole numbers"}' \
	"$(printf '%s\n' "$out" | sed 's/.*"reasons":\[\(.*\)\]}/\1/')"
printf '%s\n' '{"width":640,"height":480,"n":3}' '{"width":640,"height":480,"n":"2"}' '{"width":640,"height":480}' '{"width":640,"height":480,"n":-1}' \
	'{"width":640,"height":480,"n":1.5}' '{"width":640,"height":480,"n":1e16}' '{"width":640,"height":480,"n":true}' '{"width":-1,"height":480,"n":1}' \
	'{"width":640,"height":0,"n":1}' '{"width":640,"height":480,"n":1,"k":7}' >weights
exits "weights of jsonl" 1 scan --from jsonl --weight n --key k -o jsonl weights
like "of which three are good" '"files":10,"errors":7,.*"weight":6,.*"worst":\[{"tokens":393,"name":"640x480"}' "$out"
printf '640x480\n640x480 2\n640x480 x\n640x480 2 3\nphoto.jpg\n' >mixed
exits "sizes alone" 1 scan --from sizes - <mixed
is "are what no file is" 5,3,1179 "$(value files),$(value errors),$(value tokens_total)"

# ------------------------------------------------------------ for people
{ printf '640x480\n%.0s' 1 2 3; awk 'BEGIN { for (i = 0; i < 900; i++) print "64x64" }'; printf '0x1\n0x2\nphoto.jpg\n'; } >people
tokens() { "$VTOK" count --no-config -m qwen2.5-vl -o csv --no-header "$1" | cut -d, -f7; }
small=$(tokens 64x64) large=$(tokens 640x480)
scan -m gemma-3-4b -o table --from sizes people >shown
is "a blank line between two models" 1 "$(grep -c '^$' shown)"
is "the buckets: all but three of 903, and 3 of them" "4 to 7 99.7 % 256 to 511 0.33 %" "$(test "$small,$large" = 6,393 || echo "$small,$large "
	sed -n '/^tokens of/,/^the worst/p' shown | grep % | head -2 | sed 's/[^0-9a-z. %].*//; s/  */ /g; s/^ //; s/ $//' | tr '\n' ' ' | sed 's/ $//')"
is "what is little has a sliver, in ASCII a dot" "1 1" "$(grep -c '0.33 %  ▏$' shown) $(scan -o table --ascii --from sizes people | grep -c '0.33 %  \.$')"
is "the frequent reason first" "2 bad size: both sides must be at least # pixel|1 bad size: expected width and height" \
	"$(sed -n '/^errors/,/^$/p' shown | sed '/^errors/d; /^$/q' | sed '; /^$/d; s/^ *//; s/  */ /g' | tr '\n' '|' | sed 's/|$//')"
is "two models are two objects" "array 2" "$(scan -m gemma-3-4b -o json --from sizes people | "$BUILDDIR/tests/run-json" "")"
is "nothing is a report too" "0 0" "$(scan --from sizes -o table - </dev/null | sed -n 's/^  \(files\|errors\)  *//p' | tr '\n' ' ' | sed 's/ $//')"

# ------------------------------------------------------------ what it refuses
refused() { # NAME PATTERN ARGUMENT...
	name=$1 pattern=$2
	shift 2
	exits "refused: $name" 2 scan "$@"
	like "refused: $name: says why" "$pattern" "$err"
}
refused "no input" 'scan: no input; name folders or files, or -'
refused "no partials" 'scan: no partials; name their files, or -' --merge
refused "a part of a merge" '^vtok: --merge reads partials: ' --merge --partial --part x whole
refused "a merge with a state" '^vtok: --merge reads partials: ' --merge --resume state whole
refused "a merge with caps" '^vtok: --merge reads partials: ' --merge --cap 64t whole
refused "a merge with costs" '^vtok: --merge reads partials: ' --merge --estimate whole
refused "nine caps" '^vtok: --cap: at most 8$' --cap 1t --cap 2t --cap 3t --cap 4t --cap 5t --cap 6t --cap 7t --cap 8t --cap 9t -
for cap in t 0 0t -5 1.5 x 2e12 2000000000t 1000000000000000000000000000000000000; do
	refused "a cap of $cap" "^vtok: --cap: expected tokens like 1280t or pixels like 1000000, got \"$cap\"\$" --cap $cap -
done
for option in --width --height --weight --key; do
	refused "$option of a list" '^vtok: --width, --height, --weight and --key name columns: they go with --from csv or jsonl$' $option x -
done
for share in 0% -1% x; do
	refused "a share of $share" "^vtok: --max-share: expected a share like 25%, got \"$share\"\$" --max-share $share -
done
for share in 5 101%; do
	refused "a share of $share" "^vtok: --max-share: a share is 100% at most, got \"$share\"\$" --max-share $share -
done

# ------------------------------------------------------------ limits, caps, costs
exits "a limit that holds" 0 scan --max-tokens 400 - <dos
exits "one that does not" 1 scan --max-tokens 300 - <dos
like "is named" 'more tokens than --max-tokens' "$err"
exits "a share of the context" 1 "$VTOK" scan --no-config -m qwen2.5-vl-7b -c 1024 --max-share 25% - <dos
exits "one that holds" 0 "$VTOK" scan --no-config -m qwen2.5-vl-7b -c 16384 --max-share 25% - <dos
exits "a price" 1 "$VTOK" scan --no-config -m qwen2.5-vl-7b --price 1 --max-price 0.1 - <dos
like "is named" '1,000 images cost more than --max-price' "$err"
exits "one that holds" 0 "$VTOK" scan --no-config -m qwen2.5-vl-7b --price 1 --max-price 10 - <dos
exits "a price that nobody knows" 1 "$VTOK" scan --no-config -m qwen2.5-vl-7b --max-price 1 - <dos
is "is told" "vtok: qwen2.5-vl-7b: --max-price cannot be judged: no price is known; give one with --price" "$err"
exits "a share of a context that nobody knows" 1 "$VTOK" scan --no-config -m gpt-4o --max-share 1% - <dos
is "is told" "vtok: gpt-4o: --max-share cannot be judged: no context is known; give one with -c" "$err"
exits "which -c says" 0 "$VTOK" scan --no-config -m gpt-4o -c 128000 --max-share 25% - <dos
exits "a share beside tokens" 1 "$VTOK" scan --no-config -m qwen2.5-vl-7b -c 1024 --max-tokens 5000 --max-share 25% - <dos
like "is judged too" 'more of the context than --max-share' "$err"
exits "a price of nothing" 0 "$VTOK" scan --no-config -m qwen2.5-vl-7b --price 1 --max-price 0.1 - </dev/null
exits "caps" 0 scan --cap 64t --cap 76800 - <dos
all="640x480 640x480 640x480 320x240" # what the three lines of dos stand for
# shellcheck disable=SC2086 # words
sum() { "$VTOK" count --no-config -m qwen2.5-vl -o csv --no-header "$@" $all | awk -F, '{ sum += $7 } END { print sum }'; }
is "save what count says with them" $(($(sum) - $(sum --max-tokens-per-image 64))) "$(value saved_by_64t)"
exits "a cap that no model has" 2 "$VTOK" scan -m llava-1.5-7b --cap 64t - <dos
exits "costs" 0 "$VTOK" scan --no-config -m qwen2.5-vl-7b --estimate - <dos
is "the cache of the images, as estimate has it" "$(for size in $all; do
	"$VTOK" estimate --no-config -m qwen2.5-vl-7b -o json $size | "$BUILDDIR/tests/run-json" kv.bytes_per_image
done | awk '{ sum += $2 } END { printf "%d", sum }')" "$(printf '%s\n' "$out" | sed -n 's/.*,kv_bytes,//p')"
for file in photo.jpg photo-turned.jpg screenshot.png; do
	is "a file's own size counts, as for estimate: $file" \
		"$("$VTOK" estimate --no-config -m qwen2.5-vl-7b -o json "$data/samples/$file" | "$BUILDDIR/tests/run-json" prefill.ttft_ms |
			awk '{ printf "%.3f", $2 }')" \
		"$("$VTOK" scan --no-config -m qwen2.5-vl-7b -o csv --estimate "$data/samples/$file" | awk -F, '$2 == "ttft_ms_mean" { printf "%.3f", $3 }')"
done
exits "costs of what is hosted" 2 "$VTOK" scan --no-config -m gpt-5.4 --estimate - <dos

# ------------------------------------------------------------ going on
awk 'BEGIN { for (i = 0; i < 700000; i++) print 1 + i % 997 "x" 500 + i % 313 }' >many
scan --partial - <many >once
ok "a file to go on from" sh -c "'$VTOK' scan --no-config -m qwen2.5-vl --partial --resume state - <many | cmp - once"
lines=$(wc -l <state)
head -n $((lines - 2)) state >half && sed -n "$((lines - 1))p" state | head -c 500 >>half
ok "from a file that was cut" sh -c "'$VTOK' scan --no-config -m qwen2.5-vl --partial --resume half - <many | cmp - once"
is "which is whole then" "$(LC_ALL=C sort state)" "$(LC_ALL=C sort half)"
ok "once more does nothing" sh -c "'$VTOK' scan --no-config -m qwen2.5-vl --partial --resume half - <many | cmp - once"
{ echo height,x,width; awk 'BEGIN { for (i = 0; i < 300000; i++) print 500 + i % 313 ",abc," 1 + i % 997 }'; } >many.csv
scan --from csv --partial many.csv >once
scan --from csv --partial --resume columns many.csv >whole
head -n 2 columns >half && ok "columns are known after the first chunk" sh -c "test $(wc -l <columns) -gt 2 &&
	'$VTOK' scan --no-config -m qwen2.5-vl --from csv --partial --resume half many.csv | cmp - once && cmp whole once"
exits "of another list" 2 scan --resume half - <sizes
exits "of other options" 2 scan --patch 16 --resume half - <many
scan -m gemma-3-4b --from sizes --resume pairs people >once
scan -m gemma-3-4b --from sizes --resume pairs people >twice
ok "two models, each with its chunks" cmp once twice
for change in '"part":"0-|"part":"x-|part: expected FROM-TO, found "x-' '"part":"0-|"part":"0|part: expected FROM-TO' \
	'"part":"[^"]*"|"part":"9-4"|part: expected FROM-TO, found "9-4"' '"part":"[^"]*"|"part":"1-2 "|part: expected FROM-TO' \
	'"model":"gemma-3-4b"|"model":"llava"|it belongs to other options' '"options":"[^"]*","part|"options":"0","part|it belongs to other options' \
	'"rows":9|"rows":8|do not add up'; do
	from=${change%%|*} rest=${change#*|}
	sed "s/$from/${rest%%|*}/" pairs >changed
	exits "a state that was changed: ${rest%%|*}" 2 scan -m gemma-3-4b --from sizes --resume changed people
	like "is refused: ${rest#*|}" "^vtok: changed: .*${rest#*|}" "$err"
done
sed '3s/"part":"0-/"part":"1-/' pairs >changed
exits "chunks that are not of one part" 2 scan -m gemma-3-4b --from sizes --resume changed people
exits "of two lists" 2 scan --from sizes --resume new people sizes
exits "of an archive" 2 scan --from tar --resume new people
exits "of what is not there" 1 scan --from sizes --resume new nowhere
exits "of a pipe" 2 sh -c "cat many | '$VTOK' scan --resume pipe -"
scan --partial --errors ok tree >a
ok "of a folder" sh -c "'$VTOK' scan --no-config -m qwen2.5-vl --partial --resume walk tree | cmp - a &&
	'$VTOK' scan --no-config -m qwen2.5-vl --partial --resume walk tree | cmp - a"
if command -v timeout >/dev/null; then
	{ cat sizes; sleep 3; } | timeout -s INT 1 "$VTOK" scan --no-config -m qwen2.5-vl - >report 2>said
	is "an interrupt tells what was done" 3005 "$(sed -n 's/^qwen2.5-vl,files,//p' report)"
	like "and says so" interrupted "$(cat said)"
	{ cat sizes; sleep 3; } | timeout -s INT 1 "$VTOK" scan --no-config -m qwen2.5-vl --partial - >report 2>said
	is "but is no partial" "" "$(cat report)"
else
	skip "an interrupt" "no timeout here"
fi
tap_end
