#!/bin/sh
# The README's commands in a clone whose path is long and full of blanks and letters beyond ASCII: a copy of the tree, as git
# sees it, in a temporary folder of that kind. There
#	./bootstrap --dev && make check && make install DESTDIR=...	(libtool installs into no folder whose name has blanks)
#
#	tests/hosts/odd-path.sh [CONFIGURE-ARGUMENTS...]
#
# What automake cannot do is not tried: a build folder elsewhere needs a source path without blanks (`configure` calls it
# unsafe when named by such a path; ../configure from a folder inside the clone works), and a quotation mark, a backslash,
# $, # or & in the path is refused for every build. Ends with one line, PASS or FAIL; exit 0 or 1.
set -u
fail() {
	echo "FAIL odd path: $*"
	exit 1
}
cd "$(dirname "$0")/../.." || exit 1
top=$(mktemp -d "${TMPDIR:-/tmp}/vtok-odd.XXXXXX") || exit 1
trap 'rm -rf "$top"' EXIT
trap 'exit 130' INT TERM
clone="$top/a clone with  blanks/größe 図/$(printf '%0100d' 0)/$(printf '%090d' 0)"
mkdir -p "$clone" && git ls-files -z --cached --others --exclude-standard | xargs -0 tar cf - | tar xf - -C "$clone" ||
	fail "cannot copy the tree"
cd "$clone" || exit 1
ROOT=$top/installed
export ROOT
echo "== in $(pwd | wc -c | tr -d ' ') bytes of path"
for step in './bootstrap --dev -- "$@"' './vtok count -m llava-1.5-7b samples/*.jpg' 'make check' \
	'make -s install DESTDIR="$ROOT" && "$ROOT/usr/local/bin/vtok" --version'; do
	echo "== $step"
	sh -c "$step" sh "$@" >"$top/log" 2>&1 </dev/null || {
		grep -E '^(FAIL|ERROR|not ok|# (expected|found))|error:' "$top/log" | head -n 40
		tail -n 10 "$top/log"
		fail "$step"
	}
	summary=$(grep -E '^# (TOTAL|PASS|SKIP|FAIL)' "$top/log" | tr -s ' \n' ' ')
	[ -z "$summary" ] || counted=$summary
done
echo "PASS odd path: $counted"
