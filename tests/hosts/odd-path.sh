#!/bin/sh
# The README's commands in a clone whose path is long and full of blanks and letters beyond ASCII: a copy of the tree, as git
# sees it, in a temporary folder of that kind. There
#	./bootstrap --dev && make check && make install DESTDIR=...	(libtool installs into no folder whose name has blanks)
#
#	tests/hosts/odd-path.sh [CONFIGURE-ARGUMENTS...]
#
# What automake cannot do is not tried: a build folder elsewhere needs a source path without blanks (`configure` calls it
# unsafe when named by such a path; ../configure from a folder inside the clone works), and a quotation mark, a backslash,
# $, # or & in the path is refused for every build. Ends with one line, PASS, FAIL or
# SKIP; exit 0, 1 or 77.
set -u
suite="odd path"
. "$(dirname "$0")/system.sh"
work_folder
needs_clone
clone="$work/a clone with  blanks/größe 図/$(printf '%0100d' 0)/$(printf '%090d' 0)"
system_tree "$clone"
cd "$clone" || exit 1
ROOT=$work/installed
export ROOT
echo "== in $(pwd | wc -c | tr -d ' ') bytes of path"
for step in './bootstrap --dev -- "$@"' './vtok count -m llava-1.5-7b samples/*.jpg' 'make check' \
	'make -s install DESTDIR="$ROOT" && "$ROOT/usr/local/bin/vtok" --version'; do
	echo "== $step"
	sh -c "$step" sh "$@" >"$work/log" 2>&1 </dev/null || failed "$step"
	[ "$step" != 'make check' ] || tests=$(counted)
done
echo "PASS $suite: $tests"
