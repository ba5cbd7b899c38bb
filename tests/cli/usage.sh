#!/bin/sh
# Help, versions, wrong options and results that cannot be written: exit codes and one line each.
. "${SRCDIR:-.}/tests/tap.sh"

one_line() { is "$1: one line on stderr" 1 "$(printf '%s\n' "$err" | wc -l | tr -d ' ')"; }

# NAME CODE PATTERN ARGUMENTS...: that exit code, nothing on stdout, one line that matches on stderr
refuses() {
	name=$1 code=$2 pattern=$3
	shift 3
	exits "$name: exit code $code" "$code" "$VTOK" "$@"
	is "$name: nothing on stdout" "" "$out"
	like "$name: says why" "$pattern" "$err"
	one_line "$name"
}

exits "--version" 0 "$VTOK" --version
like "--version names the program" '^vtok [0-9]+\.[0-9]+' "$out"
exits "--help" 0 "$VTOK" --help
is "--help writes nothing to stderr" "" "$err"
commands=$(printf '%s\n' "$out" | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
for want in count estimate explain chart models hardware themes; do
	like "--help lists $want" "^$want\$" "$commands"
done
is "--help stays within 80 columns" "" "$(printf '%s\n' "$out" | awk 'length > 81')"

for c in $commands; do
	exits "$c --help" 0 "$VTOK" "$c" --help
	like "$c --help starts with its usage" "^Usage: vtok $c" "$(printf '%s\n' "$out" | head -1)"
	is "$c --help writes nothing to stderr" "" "$err"
	is "$c --help: a choice's default is no number" 0 "$(printf '%s\n' "$out" | tr -s '\n ' ' ' | grep -c 'data type[^:]*default [0-9]')"
	is "$c --help stays within 80 columns" "" "$(printf '%s\n' "$out" | awk 'length > 80')"
	is "$c --help has no blank at the end of a line" "" "$(printf '%s\n' "$out" | grep ' $')"
	exits "$c --version" 0 "$VTOK" "$c" --version
	refuses "$c with an unknown option" 2 "$c: unknown option --no-such-thing" "$c" --no-such-thing
	exits "$c --help on a full disk" 1 sh -c '"$1" "$2" --help >/dev/full' sh "$VTOK" "$c"
	like "$c --help on a full disk: says so" 'cannot write' "$err"
done

for c in estimate explain plan chart render strategies import; do
	refuses "$c -" 1 '^vtok: -: standard input is not read here; a file of that name is ./-$' "$c" -
done
exits "fit --aspects -: exit code 1" 1 "$VTOK" fit --tokens 5 --aspects -
is "fit --aspects -: says why" "vtok: -: standard input is not read here; a file of that name is ./-" "$err"
refuses "--at of a picture" 2 'expected a size like 1024x768, got "x"' render --at x 640x480
refuses "--size of a screen" 2 'expected a size like 80x24, got "x"' render --size x 640x480
refuses "a word that is no command" 2 'did you mean vtok count' cuont
refuses "a misspelt option" 2 'did you mean --model' count --modle x 1x1
refuses "an unknown letter" 2 'unknown option -Z' count -Z 1x1
refuses "an option of another command" 2 'unknown option --keys' count --keys x 1x1
refuses "a value that is missing" 2 '--model: MODEL is missing' count 1x1 -m
refuses "a number that is none" 2 'whole number from 0 to 256, got "two"' count -j two 1x1
refuses "a number out of range" 2 '--jobs: expected' count --jobs=999 1x1
refuses "a choice that is none" 2 'expected one of exact, formula' count --lens both 1x1
refuses "a format another command has" 2 'table, csv, json, jsonl, md, got "svg"' count -o svg 1x1
refuses "a flag with a value" 2 'takes no value' count --all=yes 1x1
refuses "an argument too many" 2 'one argument too many: 2x2' explain 1x1 2x2
refuses "no input" 2 'no input' count
refuses "an unknown model" 2 'did you mean .*qwen3-vl-8b' count -m qwen3-vl-8 1x1
refuses "a model unlike any" 2 'no model "zzzzzz"; see vtok models$' count -m zzzzzz 1x1
refuses "an empty model" 2 'no model ""; see vtok models$' count -m '' 1x1
refuses "a hardware unlike any" 2 'no hardware "zzzzzz"; see vtok hardware$' estimate -g zzzzzz 1x1
refuses "a name longer than any" 2 'no model "x*"; see vtok models$' count -m "$(printf '%5000s' | tr ' ' x)" 1x1
refuses "a video with frames and a length" 2 'exclude each other' count --frames 3 --video 5 1x1
refuses "a least area above the largest" 2 '--min-pixels 1000 is more than --max-pixels 10' count --min-pixels 1k --max-pixels 10 1x1
refuses "an unknown hardware" 2 'no hardware "h1000"' estimate -g h1000 1x1
refuses "an unknown engine" 2 'no engine "vlm"' estimate --engine vlm 1x1
refuses "an unknown dtype" 2 '--kv: expected one of .*bf16' estimate --kv bf61 1x1
refuses "an unknown metric" 2 'expected tokens, share, .* or ' chart --metric tokns
refuses "an unknown theme" 2 'no theme "drak"' themes drak
refuses "a bad date" 2 '--rules: expected a date' count --rules 2025-13 -m gpt-4o 1x1
refuses "a registry file that is not there" 3 'no-such.ini' count -f "$tmp/no-such.ini" 1x1
printf '[processor qwen2.5-vl]\npatsch = 14\n' >"$tmp/bad.ini"
refuses "a registry file with a wrong key" 3 'bad.ini:2: .*patsch' count -f "$tmp/bad.ini" 1x1
# a folder that another user keeps closed, as with HOME under sudo -u; root needs to become somebody for that
dd if=/dev/zero of="$tmp/big.ini" bs=1 count=0 seek=8388609 2>"$tmp/dd.log"
refuses "a registry file larger than any" 3 'big.ini: cannot read: larger than 8 MiB' count -f "$tmp/big.ini" 1x1
refuses "a folder" 3 'cannot read: it is a directory' count -f "$tmp" 1x1
refuses "a device" 3 '/dev/null: cannot read: not a regular file' count -f /dev/null 1x1
printf '[processor piped]\nsource = this test\nstrategy = merge\npatch = 14\nmerge = 2\n' >"$tmp/piped.ini"
want=$("$VTOK" count -f "$tmp/piped.ini" -m piped 640x480)
is "a registry file from a pipe" "$want" "$(cat "$tmp/piped.ini" | "$VTOK" count -f /dev/stdin -m piped 640x480)"
is "one that takes its time" "$want" "$( (head -n 2 "$tmp/piped.ini" && sleep 0.1 && tail -n +3 "$tmp/piped.ini") | "$VTOK" count -f /dev/stdin -m piped 640x480)"
exits "one that is empty" 3 sh -c ': | "$1" count -f /dev/stdin 1x1' sh "$VTOK"
like "is no file without sections" '/dev/stdin: cannot read: nothing comes out of this pipe' "$err"
exits "one without an end" 3 sh -c 'yes "# no end" | "$1" count -f /dev/stdin 1x1' sh "$VTOK"
like "is left after 8 MiB" '/dev/stdin: cannot read: larger than 8 MiB' "$err"
if [ -r /proc/self/environ ]; then
	exits "a registry file whose size is said to be 0 is read" 3 env A='no section' "$VTOK" count -f /proc/self/environ 1x1
	like "and found wrong" '/proc/self/environ:1: ' "$err"
fi
mkdir -p "$tmp/odd/vtok/prices.ini"
exits "a folder where the user's own prices should be" 3 env XDG_CONFIG_HOME="$tmp/odd" "$VTOK" count 1x1
like "is named" 'odd/vtok/prices.ini: cannot read: it is a directory' "$err"
exits "a place for own files longer than any path" 0 env XDG_CONFIG_HOME="/$(head -c 5000 /dev/zero | tr '\0' x)" "$VTOK" count 1x1
exits "one that is not whole" 0 sh -c 'cd "$1" && XDG_CONFIG_HOME=odd "$2" count 1x1' sh "$tmp" "$VTOK"
exits "none at all" 0 env -u XDG_CONFIG_HOME -u HOME "$VTOK" count 1x1
mkdir -p "$tmp/closed/vtok" && printf '[hardware h100-sxm]\nname = Mine\n' >"$tmp/closed/vtok/hardware.ini"
nobody=
[ "$(id -u)" -ne 0 ] || nobody="setpriv --reuid 65534 --clear-groups"
if $nobody "$VTOK" --version >/dev/null 2>&1; then
	chmod 0 "$tmp/closed"
	exits "settings in a closed folder are not there" 0 env XDG_CONFIG_HOME="$tmp/closed" $nobody "$VTOK" count 1x1
	chmod 755 "$tmp" "$tmp/closed" && chmod 0 "$tmp/closed/vtok/hardware.ini"
	exits "a closed file is a mistake" 3 env XDG_CONFIG_HOME="$tmp/closed" $nobody "$VTOK" count 1x1
	like "and is named" 'closed/vtok/hardware.ini: .*[Pp]ermission denied' "$err"
	rm "$tmp/closed/vtok/hardware.ini"
	printf '[dashboard]\ntheme = light\n' >"$tmp/closed/vtok/settings.ini" && chmod 0 "$tmp/closed/vtok/settings.ini"
	exits "closed settings, as root may leave them, are none" 0 env XDG_CONFIG_HOME="$tmp/closed" $nobody "$VTOK" render 1x1
	like "and a note says so" '^vtok: .*closed/vtok/settings.ini: .*[Pp]ermission denied; going on without$' "$err"
else
	skip "a closed folder and closed files" "root cannot become another user here"
fi

mkdir -p "$tmp/home" && cp "$SRCDIR/samples/phone.png" "$tmp/home/p.png"
exits "the prompt knows the home folder" 0 env HOME="$tmp/home" "$VTOK" render --size 80x24 --keys "o ~ / p . p n g Enter"
is "and finds the picture there" "" "$(printf '%s\n' "$out" | grep 'no such file')"

# every id that count takes
for m in gpt-4o claude-standard gemini-2.5 chameleon qwen2.5-vl qwen2.5-vl@ollama qwen2.5-vl-7b@ollama; do
	exits "render takes $m" 0 "$VTOK" render -m $m --size 100x30 1920x1080
	tokens=$("$VTOK" count -o csv --no-header -m $m 1920x1080 | cut -d, -f5)
	like "$m: the tokens of count" "[^0-9]$tokens( .*)?visual tokens" "$(printf '%s\n' "$out" | tr -d ,)"
	like "$m: its name in the head" "$m(, exact)?\$" "$(printf '%s\n' "$out" | head -1)"
done
like "a hosted model: the reason in place of the costs" 'a hosted model: the vendor runs it' \
	"$("$VTOK" render -m gpt-4o 1920x1080)"
like "a limit gives the share" '2.06 %|2.1 %' "$("$VTOK" render -m gpt-4o -c 128000 1920x1080)"
mkdir -p "$tmp/settings/vtok" && printf '[dashboard]\nmodel = gpt-4o\n' >"$tmp/settings/vtok/settings.ini"
like "settings may name a hosted model" 'gpt-4o' "$(XDG_CONFIG_HOME="$tmp/settings" "$VTOK" render 1920x1080)"
is "the level of detail counts" "85" "$("$VTOK" render -m gpt-4o --detail low 1920x1080 | grep -o '[0-9]* visual tokens' | cut -d' ' -f1)"

# `script` gives a terminal
if LC_ALL=C script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	for c in render "chart -o text --size 60x12"; do
		LC_ALL=C script -qec "\"\$VTOK\" $c" /dev/null </dev/null >"$tmp/typed" 2>/dev/null
		ok "$c in the C locale: something" test -s "$tmp/typed"
		is "$c in the C locale: a terminal gets ASCII" 0 "$(tr -d '\000-\177' <"$tmp/typed" | wc -c | tr -d ' ')"
		script -qec "\"\$VTOK\" $c" /dev/null </dev/null >"$tmp/typed" 2>/dev/null
		ok "$c in a UTF-8 locale: more" test "$(tr -d '\000-\177' <"$tmp/typed" | wc -c)" -gt 0
	done
else
	skip "locale of a terminal" "no script command"
fi

refuses "completions for another shell" 2 'bash, zsh, fish' --completions tcsh
refuses "a processor where a checkpoint is needed" 2 'name a checkpoint: .*qwen3-vl-8b' estimate -m qwen3-vl 1x1

exits "options end at --" 1 "$VTOK" count -o csv -- -m 1x1
like "what follows -- is an input" ',no such file,-m$' "$out"
is "-mNAME, -m NAME, --model=NAME and --model NAME are the same" "4" "$(
	for how in -mllava-1.5 '-m llava-1.5' --model=llava-1.5 '--model llava-1.5'; do
		"$VTOK" count -o csv $how 1x1
	done | grep -c '^llava-1.5,')"

if [ -e /dev/full ]; then
	for args in "count 640x480" "estimate 640x480" "estimate -o json 640x480" "explain 640x480" "models" "hardware" \
		"themes" "chart" "--completions bash"; do
		exits "$args on a full disk" 1 sh -c '"$1" $2 >/dev/full' sh "$VTOK" "$args"
		like "$args on a full disk: says so" 'cannot write the result' "$err"
	done
else
	skip "commands on a full disk" "no /dev/full"
fi

# the reader leaves after one line: no message, exit code 1
for args in "count -m qwen2.5-vl -" "count -j 3 -m qwen2.5-vl -"; do
	yes 640x480 | { "$VTOK" $args 2>"$tmp/err"; echo $? >"$tmp/code"; } | head -1 >"$tmp/out"
	is "$args into a closed pipe: quiet" "" "$(cat "$tmp/err")"
	is "$args into a closed pipe: exit code" 1 "$(cat "$tmp/code")"
done

for shell in bash zsh fish; do
	if command -v $shell >/dev/null 2>&1; then
		"$VTOK" --completions $shell >"$tmp/completion"
		ok "$shell takes its completions" $shell -n "$tmp/completion"
	else
		skip "$shell takes its completions" "no $shell"
	fi
done
exits "completions for fish" 0 "$VTOK" --completions fish
for c in $commands; do
	like "fish completes $c" "-a $c " "$out"
done
if command -v bash >/dev/null 2>&1; then
	"$VTOK" --completions bash >"$tmp/completion"
	is "bash offers models after -m" "qwen3-vl-8b" "$(PATH="$(dirname "$VTOK"):$PATH" bash -c '
		. "$1"; COMP_WORDS=(vtok count -m qwen3-vl-8b) COMP_CWORD=3; _vtok; printf "%s\n" "${COMPREPLY[@]}"' \
		bash "$tmp/completion" | grep -x qwen3-vl-8b)"
else
	skip "bash offers models after -m" "no bash"
fi
tap_end
