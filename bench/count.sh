#!/bin/sh
# Lines a second of `vtok count -m qwen2.5-vl-7b -` beside its floor, a plain C loop, awk and a Python function, and of -j.
#   LINES=2000000 bench/count.sh      (make bench runs it; VTOK, SRCDIR and BUILDDIR as in the tests)
: "${VTOK:=./vtok}" "${SRCDIR:=.}" "${BUILDDIR:=.}" "${LINES:=2000000}"
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
"$BUILDDIR/bench/bin/stream" "$VTOK" "$BUILDDIR/bench/bin/floor_map" || exit 1
awk -v n="$LINES" -f "$SRCDIR/bench/sizes.awk" >"$tmp/sizes"

# best of three, in lines a second
rate() {
	best=0
	for try in 1 2 3; do
		start=$(date +%s%N)
		"$@" <"$tmp/sizes" >"$tmp/out" || return 1
		stop=$(date +%s%N)
		now=$((LINES * 1000000 / ((stop - start) / 1000)))
		[ "$now" -gt "$best" ] && best=$now
	done
	echo "$best"
}

line() { # NAME RATE
	awk -v name="$1" -v rate="$2" -v vtok="$vtok" 'BEGIN {
		printf "%-34s %12d lines/s   vtok is %6.2f times as fast\n", name, rate, vtok / rate }'
}

count() { "$VTOK" count --no-config -m qwen2.5-vl-7b -o csv "$@" -; }
vtok=$(rate count) || exit 1
cp "$tmp/out" "$tmp/vtok.csv"
line "vtok count -" "$vtok"
line "vtok count -j $(nproc) -" "$(rate count -j 0)"
cmp -s "$tmp/out" "$tmp/vtok.csv" || { echo "vtok -j 0 wrote other rows"; exit 1; }
line "C loop with stdio" "$(rate "$BUILDDIR/bench/bin/floor_count")"
line "awk: one rounding" "$(rate awk -Fx '{ print $1 "," $2 "," int($1 / 28 + 0.5) * int($2 / 28 + 0.5) }')"
if python3 -c 'import sys' 2>/dev/null; then
	line "Python: the reference function" "$(rate python3 "$SRCDIR/bench/reference_count.py")"
	tail -n +2 "$tmp/vtok.csv" | cmp -s - "$tmp/out" || { echo "vtok and Python differ"; exit 1; }
	if python3 -c 'import transformers' 2>/dev/null; then
		line "Python: transformers' own" "$(rate python3 "$SRCDIR/bench/reference_count.py" --transformers)"
	else
		echo "Python: transformers is not installed, its own function not measured"
	fi
else
	echo "Python: not installed, not measured"
fi
