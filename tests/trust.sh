#!/bin/sh
# Is docs/trust.md true? Runs every "$ " line of it from the source tree's figures and compares what the page shows below.
#     tests/trust.sh --update    writes what the commands print into the page (`make update-trust`)
# README's sentences about counts, time, memory and speed have the same numbers, those of speed from docs/benchmarks.md.
. "${SRCDIR:-.}/tests/tap.sh"
page=$SRCDIR/docs/trust.md

# Commands are written for the root of a built tree: a build elsewhere finds programs and data apart.
mkdir "$tmp/tree" && ln -s "$BUILDDIR/bench" "$tmp/tree/bench" && mkdir "$tmp/tree/tests" && ln -s "$SRCDIR/tests/data" "$tmp/tree/tests/data" || exit 99
filled() {
	while IFS= read -r line; do
		case $line in
		'    $ '*)
			printf '%s\n' "$line"
			(cd "$tmp/tree" && sh -c "${line#    \$ }") | sed '/^$/d; s/^/    /; s/ *$//'
			skipping=yes
			;;
		'    '*) [ "$skipping" = yes ] || printf '%s\n' "$line" ;;
		*) skipping=no; printf '%s\n' "$line" ;;
		esac
	done <"$page"
}
filled >"$tmp/page"
if [ "${1-}" = --update ]; then
	cp "$tmp/page" "$page"
	exit
fi
is "every figure of docs/trust.md is what its command prints" "" "$(diff "$page" "$tmp/page")"
ok "it has commands" test "$(grep -c '^    \$ bench/validate' "$page")" -ge 6
all=$(cd "$tmp/tree" && bench/validate-prefill tests/data/prefill.csv | sed -n 's/^all rows *//p')
out=$(cd "$tmp/tree" && bench/validate-prefill tests/data/prefill.csv | sed -n 's/^left out *//p')
sentence=$(tr '\n' ' ' <"$SRCDIR/README.md" | sed 's/  */ /g')
set -- $all
like "README has the rows" "against $1 published measurements" "$sentence"
like "README has the median error" "median error $2 %" "$sentence"
like "README has the share in range" "$8 % of the rows inside the printed range" "$sentence"
set -- $out
like "README has the share in range without the row's source" "$8 % where the source of a row is left out" "$sentence"
one=$(cd "$tmp/tree" && bench/validate-decode tests/data/speeds.csv | sed -n 's/^batch 1 *//p')
loaded=$(cd "$tmp/tree" && bench/validate-decode tests/data/speeds.csv | sed -n 's/^loaded *//p')
set -- $one $loaded
like "README has the rows of speeds" "against $(($1 + ${11})) published speeds" "$sentence"
like "README has their errors" "median error $2 % for one request at a time, ${12} % under load" "$sentence"
rows=$(grep -v '^#' "$SRCDIR/tests/data/tokens.csv" | sed 1d | grep -c .)
models=$(grep -v '^#' "$SRCDIR/tests/data/tokens.csv" | sed 1d | cut -d, -f1 | sort -u | grep -c .)
like "README has the counts" "$(echo "$rows" | sed 's/\(...\)$/,\1/') counts that the real processors gave for $models models" "$sentence"
logged=$(cd "$tmp/tree" && bench/validate-memory tests/data/memory.csv | grep -c '^M[0-9]')
like "README has the logged figures of memory" "checked against $logged logged figures" "$sentence"
like "README has the count that differs: the row that tests/data_tokens excuses" "one degenerate case differs \(Emu3 at 1x1" "$sentence"
ok "which is one row" test "$(grep -c '^emu3,1,1,' "$SRCDIR/tests/data/tokens.csv")" = 1

# Plans: the GPUs of a traffic are as many as carry it at 0.7 of their rate.
like "README has what plans leave free" "plans leave 30 % of the rate free" "$sentence"
is "and plans do" yes "$("$VTOK" estimate --no-config -m qwen2.5-vl-7b -g h100-sxm --engine vllm --rate 100 -o csv 1024x1024 | awk -F, '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	NR == 2 { n = 100 / (0.7 * $at["decode_requests_s"]); gpus = $at["traffic_gpus"]; print (gpus >= n && gpus < n + 1 ? "yes" : gpus " for " n) }')"

# What it says of the other pages and of the tour.
like "README has the tour" "a tour of five steps" "$sentence"
like "which has five" "^ 1/5 " "$("$VTOK" render --no-config --size 80x24 --talk tour --step 1 | tail -n 1)"
like "README has the recipes" "recipes.md\) answers twenty questions" "$sentence"
is "which are twenty" "$(seq 20)" "$(sed -n 's/^\*\*\([0-9]*\)\. .*/\1/p' "$SRCDIR/docs/recipes.md")"

# What README promises of speed is what the last run of `make bench` met. NAME, a line's pattern, which word of it, a condition on x.
benchmarks=$SRCDIR/docs/benchmarks.md
met() {
	ok "docs/benchmarks.md: $1" awk -v word="$3" "/^    $2/ { x = \$word + 0; seen = 1; if (!($4)) bad = 1 } END { exit !seen || bad }" "$benchmarks"
}
like "README: a stream" "more than a million a second on one thread" "$sentence"
met "more than a million sizes a second" "vtok count - " 4 "x > 1e6"
like "README: an estimate" "an estimate of everything takes less than 10 us" "$sentence"
like "README: an answer" "an answer takes microseconds" "$sentence"
met "an estimate takes microseconds" "estimate " 2 "x > 0 && x < 10"
like "README: the first frame" "first frame is there in less than 10 ms" "$sentence"
met "a few milliseconds to the first frame" "vtok 1920x1080 " 6 "x > 0 && x < 10"
like "README: beside htop" "at least five times sooner than htop" "$sentence"
met "five times sooner than htop" "htop .* times" 8 "x >= 5"
is "docs/benchmarks.md: what is beyond its limit says so, and nothing else does" "" "$(awk '/\(limit [0-9]/ {
	match($0, /[0-9.]+ [mu]s/) && split(substr($0, RSTART), is, " ")
	match($0, /limit [0-9.]+/) && split(substr($0, RSTART), most, " ")
	if ((is[1] > most[2] + 0) != /, beyond it/) print
}' "$benchmarks")"
ok "docs/benchmarks.md: it has limits" test "$(grep -c '(limit [0-9]' "$benchmarks")" -ge 3
tap_end
