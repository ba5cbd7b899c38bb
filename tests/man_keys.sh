#!/bin/sh
# Parts of the manual are what the program's own tables say: the knobs and the keys of the dashboard in vtok(1), the keys of
# registry files in vtok(5). Between the two comment lines there must be the output of the program that the first one names. To bring
# them up to date: make update-keys.
. "${SRCDIR:-.}/tests/tap.sh"
compare() { # PAGE PROGRAM
	"$BUILDDIR/tests/$2" >"$tmp/table"
	sed -n "/^\.\\\\\" keys: made by tests\/$2\$/,/^\.\\\\\" keys: end/p" "$SRCDIR/man/$1" | sed '1d;$d' >"$tmp/manual"
	ok "$1 has the section of $2" test -s "$tmp/manual"
	ok "and there stands what it prints (make update-keys writes it)" diff -u "$tmp/manual" "$tmp/table"
}
compare vtok.1 print-keys
compare vtok.1 print-knobs
compare vtok.5 print-schema
tap_end
