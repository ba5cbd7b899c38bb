#!/bin/sh
# The disk fails at one write, one name, one fsync after the other, or takes a byte at a time: each command then writes all of it
# or says in one line that it did not, and no file is half there. With VTOK_ALL_CALLS set each of many calls fails, and in every format.
. "${SRCDIR:-.}/tests/tap.sh"

faults fail_write.c write
EIO=5 ENOSPC=28

is_empty() { # FOLDER, without another process
	for file in "$1"/* "$1"/.[!.]*; do
		[ ! -e "$file" ] || return 1
	done
}
# Runs in a fresh folder, so that what is left there can be counted.
run() { # AT ERRNO ARGUMENT...
	at=$1 why=$2
	shift 2
	[ -d "$tmp/there" ] && is_empty "$tmp/there" || { rm -rf "$tmp/there" && mkdir "$tmp/there"; }
	(cd "$tmp/there" && FAIL_AT=$at FAIL_ERRNO=$why FAIL_SAY=$tmp/calls LD_PRELOAD=$tmp/fail.so "$VTOK" "$@" <"$tmp/sizes" \
		>"$tmp/out" 2>"$tmp/err")
}
# As many files as without a fault, each the same.
all_there() {
	is_empty "$tmp/there" && is_empty "$tmp/good.there" && return
	diff -r "$tmp/good.there" "$tmp/there" >/dev/null
}
# What is wrong with the last run, or nothing.
wrong() { # STATUS
	if [ "$1" -eq 0 ]; then
		cmp -s "$tmp/good" "$tmp/out" && all_there || echo "exit 0, another result"
	elif [ "$1" -ne 1 ] || { [ ! -s "$tmp/err" ] && ! grep -q ',error,.' "$tmp/out"; }; then # a row says it, or a line
		echo "exit $1, $(head -1 "$tmp/err")"
	else # what is there is whole
		for file in "$tmp/there"/*; do
			[ ! -e "$file" ] || cmp -s "$file" "$tmp/good.there/${file##*/}" || echo "left: ${file##*/}"
		done
	fi
}
holds() { # ARGUMENT...
	name="vtok $1 $2 $(basename -- "${3:-}")"
	run 0 0 "$@"
	bad=$?
	[ $bad -eq 0 ] && [ ! -s "$tmp/err" ] && bad= || bad="without a fault: exit $bad, $(cat "$tmp/err")"
	rm -rf "$tmp/good.there" && cp "$tmp/out" "$tmp/good" && cp -r "$tmp/there" "$tmp/good.there"
	calls=$(cat "$tmp/calls") failed=0
	step=$((calls / 8 + 1)) n=1
	[ -z "${VTOK_ALL_CALLS:-}" ] || step=1
	while [ $n -le "$calls" ]; do
		run $n $((n % 2 ? EIO : ENOSPC)) "$@"
		status=$?
		failed=$((failed + status))
		found=$(wrong $status)
		[ -z "$found" ] || bad="$bad call $n: $found;"
		n=$((n + step))
	done
	run 1 0 "$@"
	found=$(wrong $?)
	[ -z "$found" ] || bad="$bad a byte at a time: $found;"
	is "$name: $calls calls" "" "$bad"
	ok "$name: some of them are needed" test $failed -gt 0
}

seq 1 40 | sed 's/.*/&00x&0/' >"$tmp/sizes"
picture=$SRCDIR/samples/phone.png
printf '{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}' >"$tmp/request.json"
holds count -o csv -
holds count -o json --sum 640x480
holds chart -o svg
holds check -m qwen3-vl-8b --engine vllm@0.20 640x480
holds check --request "$tmp/request.json"
holds plan -m qwen3-vl-8b -g h100 --rate 1 640x480
holds render 640x480
holds explain 640x480
holds estimate -o csv 640x480
holds models gemma3
holds hardware
holds themes
holds strategies 640x480
holds scan -m qwen3-vl-8b --partial -
holds import "$SRCDIR/tests/data/import/gemma-3-4b-copy"
# A file that is written over is the old one or the new one, and nothing lies beside it.
over() {
	set -- fit --tokens 300 "$picture" --force --write "$tmp/over/kept.png"
	mkdir "$tmp/over" && echo old >"$tmp/over/kept.png" && run 0 0 "$@" && cp "$tmp/over/kept.png" "$tmp/new.png"
	calls=$(cat "$tmp/calls") n=1 bad='' failed=0
	while [ $n -le "$calls" ]; do
		echo old >"$tmp/over/kept.png"
		run $n $((n % 2 ? EIO : ENOSPC)) "$@"
		status=$?
		failed=$((failed + status))
		kept=$(head -c 3 "$tmp/over/kept.png" | tr -d '\0')
		[ "$kept" = old ] || cmp -s "$tmp/over/kept.png" "$tmp/new.png" || bad="$bad call $n: half of a file;"
		[ $status -ne 0 ] || [ "$kept" != old ] || bad="$bad call $n: exit 0, the old file;"
		[ "$(ls -A "$tmp/over")" = kept.png ] || bad="$bad call $n: left: $(ls -A "$tmp/over");"
		n=$((n + 1))
	done
	is "over a file: $calls calls" "" "$bad"
	ok "over a file: some of them are needed" test $failed -gt 0
}
if decodes; then
	over
	holds fit --tokens 300 "$picture" --write small.png
	holds fit --tokens 300 "$picture" "$SRCDIR/samples/screenshot.png" --write-dir .
else
	skip "vtok fit --write" "$undecoded"
fi

# What a scan has kept of itself when the disk is full: the next one goes on behind the last whole line of it.
goes_on() { # ARGUMENT...
	set -- scan -m qwen3-vl-8b --resume state "$@"
	rm -rf "$tmp/there"
	run 0 0 "$@"
	cp "$tmp/out" "$tmp/good"
	calls=$(cat "$tmp/calls") n=1 bad='' failed=0
	while [ $n -le "$calls" ]; do
		rm -rf "$tmp/there"
		run $n $((n % 2 ? ENOSPC : EIO)) "$@"
		status=$?
		failed=$((failed + status))
		[ $status -eq 0 ] || [ -s "$tmp/err" ] || bad="$bad call $n: exit $status without a word;"
		(cd "$tmp/there" && "$VTOK" "$@" <"$tmp/sizes" >"$tmp/out" 2>"$tmp/err") && cmp -s "$tmp/good" "$tmp/out" ||
			bad="$bad after call $n: $(cat "$tmp/err")"
		n=$((n + 1))
	done
	is "a scan goes on after a fault: $calls calls" "" "$bad"
	ok "some of them are needed" test $failed -gt 0
}
cp "$tmp/sizes" "$tmp/list"
goes_on --from sizes "$tmp/list"

holds chart -o json
holds engines
holds fit -o md --tokens 300 --why 640x480
every_format() { # ARGUMENT...
	for format in table csv json jsonl md; do
		"$VTOK" "$@" -o $format <"$tmp/sizes" >"$tmp/good" 2>&1
		[ $? -ne 2 ] || continue # not one of its formats
		holds "$@" -o $format
	done
}
if [ -n "${VTOK_ALL_CALLS:-}" ]; then
	every_format count --all 640x480 1x1
	every_format estimate --all 640x480
	every_format explain -m internvl3-8b 640x480
	every_format fit --tokens 300 --why 1920x1080
	every_format check -m qwen3-vl-8b --engine vllm@0.20 1920x1080
	every_format scan -m qwen3-vl-8b -
	every_format plan -m qwen3-vl-8b -g h100 --rate 10 640x480
	every_format chart
	for list in models hardware engines strategies themes; do
		every_format $list
	done
fi
tap_end
