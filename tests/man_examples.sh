#!/bin/sh
# Is the manual true? Runs every "$ " line of man/vtok.1 and compares the output that the page shows below it; "..." stands for
# any lines. Then: every option and command of the program is in the page, and no other.
. "${SRCDIR:-.}/tests/tap.sh"
page=$SRCDIR/man/vtok.1
cp "$SRCDIR"/samples/*.png "$SRCDIR"/samples/*.jpg "$SRCDIR"/samples/*.steps "$tmp/" || exit 99
chmod -R u+w "$tmp"
printf '1920x1080\n640x480\n1024x768\n' >"$tmp/sizes.txt"
PATH=$(dirname "$VTOK"):$PATH
export PATH

# one file for each example: the command, then what the page shows
mkdir "$tmp/ex"
sed -n '/^\.EX/,/^\.EE/p' "$page" | sed "s/\\\\-/-/g; s/\\\\(aq/'/g; s/\\\\&//g; s/\\\\e/\\\\/g" |
	awk -v dir="$tmp/ex" '
		/^\.E[XE]/ { file = ""; next }
		/^\$ / { file = sprintf("%s/%02d", dir, ++n); print substr($0, 3) >file; next }
		file { print >file }'

for ex in "$tmp"/ex/*; do
	command=$(head -1 "$ex")
	case $command in
	parallel*) parallel --version 2>/dev/null | grep -q GNU || {
		skip "$command" "no GNU parallel"
		continue
	} ;;
	esac
	(cd "$tmp" && sh -c "$command") >"$tmp/out" 2>"$tmp/err"
	code=$?
	# what other programs of the line complain about (GNU parallel counts processors) is not vtok's
	is "runs: $command" "0" "$code$(sed -n '/^vtok/s/^/ /p' "$tmp/err")"
	tail -n +2 "$ex" >"$tmp/shown"
	if grep -q '^\.\.\.$' "$tmp/shown"; then
		rest=$(sed '1,/^\.\.\.$/d' "$tmp/shown")
		n=$(printf '%s' "$rest" | grep -c '')
		is "ends as shown: $command" "$rest" "$(tail -n "$n" "$tmp/out" | head -n "$n")"
		ok "prints something: $command" test -s "$tmp/out"
	else
		is "prints what is shown: $command" "$(cat "$tmp/shown")" "$(cat "$tmp/out")"
	fi
done

sed 's/\\-/-/g; s/\\f.//g' "$page" >"$tmp/plain"
commands=$(vtok --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
for c in $commands; do
	ok "the page has the command $c" grep -qx "\.B $c" "$tmp/plain"
	vtok "$c" --help >>"$tmp/helps"
done
options=$(grep -oE '^  (-., |    )--[a-z-]+' "$tmp/helps" | grep -oE -- '--[a-z-]+' | sort -u)
for option in $options; do
	ok "the page has the option $option" grep -qE "^\.(B|BI|BR|TP).*$option( |\$|\")" "$tmp/plain"
done
for option in $(grep -E '^\.(B|BI|BR) ' "$tmp/plain" | grep -oE -- '--[a-z][a-z-]+' | sort -u); do
	case $option in
	--completions | --keep-order | --sshlogin) continue ;;
	esac
	ok "the program has the page's option $option" grep -qF -- "$option" "$tmp/helps"
done
if man --version >/dev/null 2>&1; then
	for file in "$SRCDIR"/man/vtok.*; do
		is "no warnings: ${file##*/}" "" "$(LC_ALL=C.UTF-8 MANROFFSEQ= man --warnings -E UTF-8 -l -Tutf8 -Z "$file" 2>&1 >/dev/null)"
	done
else
	skip "no warnings about the pages" "no man of man-db"
fi
tap_end
