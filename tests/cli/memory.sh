#!/bin/sh
# Memory runs out at one call after the other: each command either does without, with the same result, or says so in one
# line (a scan in one for each folder too) and exits with 1; either way it has given back what it took. With VTOK_ALL_CALLS set
# every call fails, not one of each place, in every format.
. "${SRCDIR:-.}/tests/tap.sh"

faults fail_malloc.c allocator

printf '[processor mine]\nsource = this test\nstrategy = merge\npatch = 14\nmerge = 2\n' >"$tmp/mine.ini"
seq 1 200 | sed 's/.*/&00x&0/' >"$tmp/sizes"

before='' # what makes the files of a command as they were
kept=0    # allocations that the command keeps to its end when nothing fails
# JSON is read by a library that goes on wrongly without memory: there the program ends at once, with all that it has
ends_at_once=
named='' # more of the name of a test
# the N-th call fails, FAIL_ALL: and all after it
run() { # N ARGUMENT...
	at=$1
	shift
	eval "$before"
	FAIL_AT=$at FAIL_LIVE=$tmp/live LD_PRELOAD=$tmp/fail.so "$VTOK" "$@" <"$tmp/sizes" >"$tmp/out" 2>"$tmp/err"
}

# what is wrong with the last run, or nothing; a child that decodes says it in words of its own, or ends
wrong() { # STATUS
	read -r live <"$tmp/live"
	[ "$live" -le "$kept" ] || [ -n "$ends_at_once" ] || echo "$((live - kept)) allocations leak"
	lines=0
	while [ $lines -lt 2 ] && read -r _; do lines=$((lines + 1)); done <"$tmp/err"
	if [ "$1" -eq "$usual" ] && cmp -s "$tmp/good" "$tmp/out"; then
		:
	elif [ "$1" -eq 0 ] && grep -A 1 'pixels cannot be shown:' "$tmp/out" | grep -Eq 'memory|the decoder failed'; then
		: # the view says it
	elif [ "$1" -eq 0 ]; then
		echo "exit 0, another result"
	elif [ "$1" -eq 1 ] && [ "$lines" -eq 0 ] &&
		grep -Eq 'out of memory|not enough memory|annot allocate memory|the decoder failed' "$tmp/out"; then
		: # the row of that input says it
	elif [ "$1" -ne 1 ] || [ "$lines" -lt 1 ] || [ "$lines" -gt "$most" ] || grep -Evq 'out of memory|Cannot allocate memory' "$tmp/err"; then
		echo "exit $1, $(head -2 "$tmp/err")"
	fi
}

# Each place that asks for memory and that no command before has asked at, and the first of the others.
: >"$tmp/tried"
chosen() { # CALLS
	[ -z "${VTOK_ALL_CALLS:-}" ] || {
		seq 1 "$1"
		return
	}
	awk 'FILENAME == ARGV[1] { tried[$1]; next } # which is empty at first
		!($1 in tried) || FNR == 1 { print FNR }
		{ tried[$1] }' "$tmp/tried" "$tmp/places"
	sort -u "$tmp/places" >>"$tmp/tried"
}

# From which calls on all fail.
from_here() {
	if [ -n "${VTOK_ALL_CALLS:-}" ]; then
		seq 1 "$calls"
	else
		echo 1 $((calls / 2)) "$calls"
	fi
}

short() { # ARGUMENT...
	echo "$1" >>"$tmp/asked"
	name="vtok $1 ${2:-} $(basename -- "${3:-}")$named"
	most=1
	[ "$1" != scan ] || most=2
	eval "$before"
	FAIL_AT=0 FAIL_SAY=$tmp/places FAIL_LIVE=$tmp/live LD_PRELOAD=$tmp/fail.so "$VTOK" "$@" <"$tmp/sizes" >"$tmp/good" 2>"$tmp/err"
	usual=$?
	read -r kept <"$tmp/live"
	calls=$(wc -l <"$tmp/places") found='' said=0
	for n in $(chosen "$calls"); do
		run "$n" "$@"
		status=$?
		said=$((said + status))
		bad=$(wrong $status)
		[ -z "$bad" ] || found="$found call $n: $bad;"
	done
	FAIL_ALL=1
	export FAIL_ALL
	for n in $(from_here); do
		run $n "$@"
		status=$?
		said=$((said + status))
		bad=$(wrong $status)
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
ends_at_once=yes
short import "$SRCDIR/tests/data/import/gemma-3-4b-copy"
ends_at_once=
short check -m qwen3-vl-8b --engine vllm@0.20 1920x1080
short fit --tokens 300 1920x1080
short plan -m qwen3-vl-8b -g h100 --rate 10 640x480
short strategies 640x480
short scan -m qwen3-vl-8b -

# ------------------------------------------------------------ requests
cd "$SRCDIR" && SRCDIR=$PWD && cd "$tmp" || exit 99
. "$SRCDIR/tests/requests.sh"
printf '{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}' >request.json
short check --request request.json
chat qwen3-vl-8b "$(part "$(url 3024 4032)")" "$(part "$(url 640 480)")" >request.json
chat qwen3-vl-8b "$(part "$(url 64 64)")" | sed 's/^{/{"mm_processor_kwargs":{"max_pixels":802816},/' >>request.json
short check --request request.json --engine vllm@0.20
short count --request request.json
short fit --request request.json --tokens 500 --why

# ------------------------------------------------------------ files, folders, archives
mkdir pictures && cp "$SRCDIR/samples/phone.png" "$SRCDIR/tests/data/images/tiny.jpg" "$SRCDIR/tests/data/images/tiny.gif" pictures
mkdir pictures/more && cp "$SRCDIR/tests/data/images/turned.webp" pictures/more
short scan -m qwen3-vl-8b pictures
printf 'name,width,height\na,640,480\nb,320,240\n' >table.csv
short scan -m qwen3-vl-8b --from csv --cap 64t --top 1 -o json table.csv
printf '{"width":640,"height":480,"key":"a"}\nnothing\n{}\n' >rows
ends_at_once=yes
short scan -m qwen3-vl-8b --errors ok --from jsonl --estimate -o table rows
short scan -m qwen3-vl-8b -m gemma-3-4b --partial - 
"$VTOK" scan --no-config -m qwen3-vl-8b --partial - <sizes >a
"$VTOK" scan --no-config -m qwen3-vl-8b --partial table.csv --from csv >b
short scan --merge a b
short plan -m qwen3-vl-8b -g h100 --rate 10 --scan a
before='rm -f state'
short scan -m qwen3-vl-8b --from sizes --resume state sizes
short scan -m qwen3-vl-8b --resume state pictures
"$VTOK" scan --no-config -m qwen3-vl-8b --from sizes --resume kept sizes >/dev/null
before='cp kept state'
short scan -m qwen3-vl-8b --from sizes --resume state sizes
before='' ends_at_once=
if command -v tar >/dev/null; then
	tar cf shard.tar pictures
	short scan -m qwen3-vl-8b shard.tar
	short count -m qwen3-vl-8b shard.tar
else
	skip "members of a tar" "no tar here"
fi
short fit --tokens 100 --common pictures/phone.png pictures/tiny.jpg
short fit --tokens 100 --aspects -o table 640x480
short fit --tokens 100 --settings all 4032x3024
before='rm -rf small'
short fit --tokens 100 --write-dir small pictures/phone.png
before=

# ------------------------------------------------------------ what a user has
mkdir -p conf/vtok/themes && export XDG_CONFIG_HOME="$tmp/conf"
sed "s/theme dark/theme own/" "$SRCDIR/themes/dark.ini" >conf/vtok/themes/own.ini
cp mine.ini conf/vtok/models.ini
printf '[settings]\ntheme = own\n' >conf/vtok/settings.ini
short themes own
short models mine
short render -m mine --theme own 640x480
short render --script "$SRCDIR/samples/talk.steps" 640x480
printf 'gpt-4o\nqwen3-vl-8c\n' >names
short models --check names
unset XDG_CONFIG_HOME
ends_at_once=yes
for folder in "$SRCDIR"/tests/data/gguf/*/; do
	short import "$folder"
done
for file in "$SRCDIR"/tests/data/gguf/alone/*; do
	short import "$file"
done
short import "$SRCDIR/tests/data/import/qwen3.5-9b-copy/config.json"
ends_at_once=

# ------------------------------------------------------------ what nothing above does
short engines
short themes light
short explain -o md -m internvl3-8b 640x480
short count -o md --video 10 -m qwen3-vl-8b 640x480
short count -m qwen3-vl-8b pictures/phone.png pictures/tiny.gif pictures/none
short check -o json -m gpt-4o 640x480
short fit -o jsonl --tokens 300 -m qwen3-vl-8b -m gemma-3-4b 640x480
before='rm -f small.png'
short fit --tokens 100 --write small.png pictures/phone.png
before=
short chart --lens formula
short estimate -o table -m gpt-4o -m qwen3-vl-8b 640x480
short models -o md gpt-4o
short render --view image pictures/tiny.jpg

# ------------------------------------------------------------ every format, and a dashboard in a terminal
every_format() { # ARGUMENT...
	for format in table csv json jsonl md; do
		"$VTOK" "$@" -o $format <sizes >good 2>&1
		[ $? -ne 2 ] || continue # not one of its formats
		named=" ... -o $format"
		short "$@" -o $format
	done
	named=
}
# It begins, shows a frame and the pixels of a picture, and ends; or it says why not when the terminal is itself again. What the
# library does that reads the terminal's description is its own: it ends the program in other words, or falls over a name it has
# no room for (ncurses 6.4); and with the C library's locales it keeps what it took.
dashboard() { # N
	printf '4q' | FAIL_AT=$1 script -qec "stty rows 40 cols 120; LD_PRELOAD=$tmp/fail.so exec '$VTOK' --no-config \
		'$tmp/pictures/phone.png'" /dev/null >"$tmp/out" 2>"$tmp/err"
}
dashboards() {
	found='' said=0
	FAIL_SAY=$tmp/places dashboard 0
	usual=$? calls=$(wc -l <"$tmp/places")
	for n in $(seq 1 "$calls"); do
		dashboard "$n"
		status=$?
		said=$((said + status))
		grep -q '\[?1049h' "$tmp/out" || continue # it never had the terminal
		grep -q '\[?1049l' "$tmp/out" || found="$found call $n: the terminal is not given back;"
		[ $status -ne 139 ] || continue # its own memory, when all is given back (ncurses 6.4)
		[ $status -eq 0 ] || grep -Eq 'out of memory|Cannot allocate memory' "$tmp/out" || found="$found call $n: exit $status;"
	done
	is "a dashboard: $calls calls" "" "$found"
	ok "a dashboard: some of them are needed" test $usual -eq 0 -a $said -gt 0
}
if [ -n "${VTOK_ALL_CALLS:-}" ]; then
	if command -v script >/dev/null; then
		dashboards
	else
		skip "a dashboard" "no script here (bsdutils)"
	fi
	every_format count --all 640x480 1x1
	every_format count --sum -m gpt-4o -
	every_format count --request request.json
	every_format estimate --all 640x480
	every_format explain -m internvl3-8b 640x480
	every_format fit --tokens 300 --why 1920x1080
	every_format fit --request request.json --tokens 500
	every_format check -m qwen3-vl-8b --engine vllm@0.20 1920x1080
	every_format check --request request.json
	every_format scan -m qwen3-vl-8b pictures
	every_format plan -m qwen3-vl-8b -g h100 --rate 10 640x480
	every_format chart
	for list in models hardware engines strategies themes; do
		every_format $list
	done
fi
for c in $("$VTOK" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
	[ "$c" = tui ] || ok "vtok $c was among them" grep -qx "$c" "$tmp/asked"
done
tap_end
