#!/bin/sh
# Every C file stands as .clang-format wants it. Versions of clang-format differ in what they write: 14 is ours.
. "${SRCDIR:-.}/tests/tap.sh"
cd "${SRCDIR:-.}" || exit 99

format=
for name in clang-format-14 clang-format; do
	if [ -z "$format" ] && "$name" --version 2>/dev/null | grep -q 'version 14\.'; then
		format=$name
	fi
done
[ -n "$format" ] || skip_all "no clang-format of version 14"

files=$(find src include tests fuzz bench tools examples -name '*.[ch]')
ok "there are files to look at" test -n "$files"
# shellcheck disable=SC2086 # names of ours, without blanks
"$format" --dry-run -Werror $files >"$tmp/said" 2>&1
is "every file is formatted: $format -i FILE does it" "" "$(sed -n 's/^\([^ ]*:[0-9]*\):.*/\1/p' "$tmp/said")"

# the check speaks where something is wrong, and leaves alone what a table has switched off
printf 'int  a ;\n' >"$tmp/bad.c"
printf '/* clang-format off */\nint  a ;\n/* clang-format on */\n' >"$tmp/table.c"
ok "a blank too many is found" sh -c '! "$0" --dry-run -Werror --style=file --assume-filename=src/bad.c <"$1"' "$format" "$tmp/bad.c"
ok "a table may switch it off" sh -c '"$0" --dry-run -Werror --style=file --assume-filename=src/table.c <"$1"' "$format" "$tmp/table.c"
tap_end
