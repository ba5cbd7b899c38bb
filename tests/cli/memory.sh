#!/bin/sh
# Memory runs out at one call after the other: each command either does without, with the same result, or says so in one
# line and exits with 1.
. "${SRCDIR:-.}/tests/tap.sh"

faults fail_malloc.c allocator

printf '[processor mine]\nsource = this test\nstrategy = merge\npatch = 14\nmerge = 2\n' >"$tmp/mine.ini"
seq 1 200 | sed 's/.*/&00x&0/' >"$tmp/sizes"

before='' # what makes the files of a command as they were
# the N-th call fails, FAIL_ALL: and all after it
run() { # N ARGUMENT...
	at=$1
	shift
	eval "$before"
	FAIL_AT=$at LD_PRELOAD=$tmp/fail.so "$VTOK" "$@" <"$tmp/sizes" >"$tmp/out" 2>"$tmp/err"
}

# what is wrong with the last run, or nothing; a child that decodes says it in words of its own, or ends
wrong() { # STATUS
	lines=0
	while [ $lines -lt 2 ] && read -r _; do lines=$((lines + 1)); done <"$tmp/err"
	if [ "$1" -eq "$usual" ] && cmp -s "$tmp/good" "$tmp/out"; then
		:
	elif [ "$1" -eq 0 ]; then
		echo "exit 0, another result"
	elif [ "$1" -eq 1 ] && [ "$lines" -eq 0 ] &&
		grep -Eq ',(error|missing),.*(out of memory|not enough memory|annot allocate memory|the decoder failed)' "$tmp/out"; then
		: # the row of that input says it
	elif [ "$1" -ne 1 ] || [ "$lines" -ne 1 ] || ! grep -Eq 'out of memory|Cannot allocate memory' "$tmp/err"; then
		echo "exit $1, $(head -2 "$tmp/err")"
	fi
}

# Each place that asks for memory and that no command before has asked at, and some of the others, evenly.
: >"$tmp/tried"
chosen() { # CALLS
	awk -v step=$(($1 / 2 + 1)) 'NR == FNR { tried[$1]; next }
		!($1 in tried) || (FNR - 1) % step == 0 { print FNR }
		{ tried[$1] }' "$tmp/tried" "$tmp/places"
	sort -u "$tmp/places" >>"$tmp/tried"
}

short() { # ARGUMENT...
	name="vtok $1 $2 $(basename -- "${3:-}")"
	eval "$before"
	FAIL_AT=0 FAIL_SAY=$tmp/places LD_PRELOAD=$tmp/fail.so "$VTOK" "$@" <"$tmp/sizes" >"$tmp/good" 2>"$tmp/err"
	usual=$?
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
	for n in 1 $((calls / 2)) "$calls"; do
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
short import "$SRCDIR/tests/data/import/gemma-3-4b-copy"
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
before=
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
for folder in "$SRCDIR"/tests/data/gguf/*/; do
	short import "$folder"
done
for file in "$SRCDIR"/tests/data/gguf/alone/*; do
	short import "$file"
done
short import "$SRCDIR/tests/data/import/qwen3.5-9b-copy/config.json"
tap_end
