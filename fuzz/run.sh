#!/bin/sh
# run.sh SECONDS [TARGET...]: runs the fuzzers, each that long, and says what they met. `make fuzz SECONDS=n` calls it in a tree that was
# configured with --enable-fuzzing. What is found stays as fuzz/found/TARGET-*, and the end is status 1. The corpus is in
# fuzz/corpus/TARGET/, made small after each run, and is where the next run goes on. FUZZ_SEED=n: the same inputs each time, as far as it
# gets, so that a change passes or fails for everybody alike.
: "${SRCDIR:=.}"
seconds=${1:-60}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- $(cd fuzz && ls | sed -n 's/^fuzz_\([a-z]*\)$/\1/p')
mkdir -p fuzz/corpus fuzz/found
SRCDIR=$SRCDIR sh "$SRCDIR/fuzz/seeds.sh" fuzz/corpus "$@" || exit 1
found=0
for target; do
	dir=fuzz/corpus/$target
	mkdir -p "$dir/kept" "$dir/small"
	nice fuzz/fuzz_"$target" -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 -dict="$dir/dict" \
		-artifact_prefix="fuzz/found/$target-" "$dir/kept" "$dir/seeds" >"$dir/log" 2>&1
	status=$?
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/log")
	cover=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$dir/log" | tail -n 1)
	nice fuzz/fuzz_"$target" -merge=1 "$dir/small" "$dir/kept" "$dir/seeds" >/dev/null 2>&1 && rm -rf "$dir/kept" && mv "$dir/small" "$dir/kept"
	rm -rf "$dir/small"
	printf '%-9s %9s inputs, %6s edges, %5s kept: ' "$target" "${runs:-?}" "${cover:-?}" "$(ls "$dir/kept" | wc -l)"
	if [ $status -eq 0 ]; then
		echo "nothing found"
	else
		found=1
		echo "FOUND something, status $status"
		grep -E 'ERROR|SUMMARY|runtime error|Test unit written' "$dir/log" | head -n 5
	fi
done
exit $found
