#!/bin/sh
# Memory runs out at one call after the other: each command either does without, with the same result, or says so in one
# line and exits with 1.
. "${SRCDIR:-.}/tests/tap.sh"

faults fail_malloc.c allocator

printf '[processor mine]\nsource = this test\nstrategy = merge\npatch = 14\nmerge = 2\n' >"$tmp/mine.ini"
seq 1 200 | sed 's/.*/&00x&0/' >"$tmp/sizes"

# the N-th call fails, FAIL_ALL: and all after it
run() { # N ARGUMENT...
	at=$1
	shift
	FAIL_AT=$at LD_PRELOAD=$tmp/fail.so "$VTOK" "$@" <"$tmp/sizes" >"$tmp/out" 2>"$tmp/err"
}

# what is wrong with the last run, or nothing
wrong() { # STATUS
	lines=$(wc -l <"$tmp/err")
	if [ "$1" -eq 0 ]; then
		cmp -s "$tmp/good" "$tmp/out" || echo "exit 0, another result"
	elif [ "$1" -eq 1 ] && [ "$lines" -eq 0 ] && grep -q ',error,.*out of memory' "$tmp/out"; then
		: # the row of that input says it
	elif [ "$1" -ne 1 ] || [ "$lines" -ne 1 ] || ! grep -q 'out of memory' "$tmp/err"; then
		echo "exit $1, $(head -2 "$tmp/err")"
	fi
}

short() { # ARGUMENT...
	name="vtok $1 $2 $(basename -- "${3:-}")"
	FAIL_AT=0 FAIL_SAY=$tmp/calls LD_PRELOAD=$tmp/fail.so "$VTOK" "$@" <"$tmp/sizes" >"$tmp/good" 2>"$tmp/err"
	calls=$(cat "$tmp/calls") found='' said=0
	# jansson asks hundreds of times, always through the same function
	step=$((calls / 40 + 1)) n=1
	while [ $n -le "$calls" ]; do
		run $n "$@"
		status=$?
		said=$((said + status))
		bad=$(wrong $status)
		[ -z "$bad" ] || found="$found call $n: $bad;"
		n=$((n + step))
	done
	FAIL_ALL=1
	export FAIL_ALL
	for n in 1 $((calls / 2)) "$calls"; do
		run $n "$@"
		bad=$(wrong $?)
		[ -z "$bad" ] || found="$found from call $n on: $bad;"
	done
	unset FAIL_ALL
	is "$name: $calls calls" "" "$found"
	ok "$name: some of them are needed" test $said -gt 0
}

short count --all 640x480
short count -j2 -o csv -
short count -o json --sum 640x480 1x1
short count -f "$tmp/mine.ini" -m mine 640x480
short explain 640x480
short explain -o json -m gpt-4o 640x480
short chart
short chart -o svg
short chart -o json
short estimate
short estimate -o csv -m gemma-3-4b
short estimate -o json
short models
short models -o json
short models -f "$tmp/mine.ini"
short models gemma3
short hardware
short themes
short render 640x480
short import "$SRCDIR/tests/data/import/gemma-3-4b-copy"
short check -m qwen3-vl-8b --engine vllm@0.20 1920x1080
short fit --tokens 300 1920x1080
short plan -m qwen3-vl-8b -g h100 --rate 10 640x480
short strategies 640x480
short scan -m qwen3-vl-8b -
printf '{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}' >"$tmp/request.json"
short check --request "$tmp/request.json"
tap_end
