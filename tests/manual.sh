#!/bin/sh
# Is the manual whole? Every option and command of the program is in vtok(1), and no other; no formatter complains about a page.
# Its examples are run by tests/documents.sh.
. "${SRCDIR:-.}/tests/tap.sh"
page=$SRCDIR/man/vtok.1
PATH=$(dirname "$VTOK"):$PATH
export PATH

sed 's/\\-/-/g; s/\\f.//g' "$page" >"$tmp/plain"
commands=$(vtok --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
for c in $commands; do
	ok "the page has the command $c" awk -v want=".B $c" '$0 == want && last == ".TP" { seen = 1 } { last = $0 } END { exit !seen }' "$tmp/plain"
	[ "$c" = tui ] || ok "the synopsis has the command $c" grep -qx "\.SY \"vtok $c\"" "$tmp/plain"
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

# Every variable of the environment that the program reads.
sed -n '/^\.SH ENVIRONMENT/,/^\.SH SEE/p' "$page" >"$tmp/environment"
variables=$(grep -rhoE '(getenv|env_dir|size_of_environment)\("[A-Z_]+"\)' "$SRCDIR/src" --include='*.c' | cut -d '"' -f 2 | sort -u)
ok "the source reads variables" test "$(echo "$variables" | grep -c .)" -ge 15
for name in $variables; do
	grep -qE "^\.BR? (.*[ \"])?$name( |\$)" "$tmp/environment" || unread="$unread $name"
done
is "ENVIRONMENT has every variable that the source reads" "" "$unread"

# vtok(5): every kind of section is in the list of kinds and is described. vtok(3): every function, every struct that grows.
kinds=$(sed -n 's/^\.SS Keys of \[\(.*\)\]$/\1/p' "$SRCDIR/man/vtok.5")
ok "vtok(5) has the keys of its sections" test "$(echo "$kinds" | grep -c .)" -ge 10
sed -n '/^\.B \[kind id\]/,/^\.TP/p' "$SRCDIR/man/vtok.5" >"$tmp/list"
for kind in $kinds; do
	grep -q "^\.BR* $kind\( \|$\)" "$tmp/list" && grep -q "^\.B \[$kind " "$SRCDIR/man/vtok.5" || unsaid="$unsaid $kind"
done
is "vtok(5) lists and describes every kind of section" "" "$unsaid"
header=$SRCDIR/include/vtok/vtok.h
for name in $(sed -n 's/^[a-z].*[ *]\(vtok_[a-z_]*\)(.*$/\1(/p; s/^#define \(VTOK_[A-Z]*_INIT\)\>.*/\1/p' "$header"); do
	grep -qF "$name" "$SRCDIR/man/vtok.3" || missing="$missing $name"
done
is "vtok(3) has every function and initialiser of the header" "" "$missing"

formatted() { # WHAT COMMAND...: it says nothing about any page
	what=$1
	shift
	for file in "$SRCDIR"/man/vtok.*; do
		is "$what: ${file##*/}" "" "$("$@" "$file" 2>&1)"
	done
}
by_man() { LC_ALL=C.UTF-8 MANROFFSEQ= man --warnings -E UTF-8 -l -Tutf8 -Z "$1" >/dev/null; }
# Lines of the source are as long as ours are everywhere; mandoc's style wants 80.
by_mandoc() { mandoc -T lint "$1" | grep -v 'STYLE: input text line longer than 80 bytes'; }
# A page by its name would be refused where the folder's has characters of other alphabets.
by_groff() { groff -man -ww -Kutf8 -Tutf8 -z <"$1"; }
if man --version >/dev/null 2>&1; then
	formatted "no warnings" by_man
else
	skip "no warnings about the pages" "no man of man-db"
fi
if command -v groff >/dev/null 2>&1; then
	formatted "no warnings of groff" by_groff
else
	skip "no warnings of groff" "no groff"
fi
if command -v mandoc >/dev/null 2>&1; then
	formatted "nothing for mandoc's lint" by_mandoc
else
	skip "nothing for mandoc's lint" "no mandoc"
fi
tap_end
