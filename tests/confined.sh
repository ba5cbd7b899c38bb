#!/bin/sh
# A decoder is confined or does not run: on a system that sets no filter of system calls there is no picture, one line says
# so, and the user's own word in settings.ini shows it all the same.
. "${SRCDIR:-.}/tests/tap.sh"
cd "$SRCDIR" || exit 99

"$BUILDDIR/tests/no-seccomp" true
[ $? -ne 77 ] || skip_all "no system without seccomp can be played here"
picture() { XDG_CONFIG_HOME=$tmp "$@" render --view image -m llava-1.5-7b --size 170x30 tests/data/images/tiny.png; }
refusing() { picture "$BUILDDIR/tests/no-seccomp" "$VTOK"; }
words='cannot be shown: this system cannot'

exits "without a filter: exit code" 0 refusing
like "... in words" "$words" "$out"
like "... with the way out" "unconfined-pictures" "$out"
is "... and the picture is not there" 0 "$(printf '%s\n' "$out" | grep -c '█████')"
like "the size is read all the same" '24 x 16 px' "$out"

mkdir -p "$tmp/vtok" && printf '[dashboard]\nunconfined-pictures = yes\n' >"$tmp/vtok/settings.ini"
exits "unconfined-pictures = yes: exit code" 0 refusing
ok "... shows the picture" grep -q '█████' "$tmp/out"
is "... for this run alone is what --no-config says: none" 1 \
	"$("$BUILDDIR/tests/no-seccomp" "$VTOK" render --no-config --view image --size 170x30 tests/data/images/tiny.png |
		grep -c "$words")"
exits "... where a filter is set too" 0 picture "$VTOK"
ok "... the picture" grep -q '█████' "$tmp/out"

printf '[dashboard]\nunconfined-pictures = no\n' >"$tmp/vtok/settings.ini"
exits "unconfined-pictures = no: exit code" 0 refusing
like "... says so" "$words" "$out"
printf '[dashboard]\nunconfined-pictures = maybe\n' >"$tmp/vtok/settings.ini"
exits "another word is a mistake" 3 refusing
like "... with its line" 'settings.ini:2: .*unconfined-pictures: expected yes or no, got "maybe"' "$err"
tap_end
