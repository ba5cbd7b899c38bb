#!/bin/sh
# The section KEYS of vtok(1) is what the program's key table says: between the two comment lines it must be the output of
# tests/print-keys. To bring it up to date: make update-keys.
. "${SRCDIR:-.}/tests/tap.sh"
"$BUILDDIR/tests/print-keys" >"$tmp/table"
sed -n '/^\.\\" keys: made by tests\/print-keys/,/^\.\\" keys: end/p' "$SRCDIR/man/vtok.1" | sed '1d;$d' >"$tmp/manual"
ok "the manual has a section with keys" test -s "$tmp/manual"
ok "the manual's keys are the program's" diff -u "$tmp/manual" "$tmp/table"
tap_end
