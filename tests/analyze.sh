#!/bin/sh
# Readers of the source, one after the other: cppcheck, clang-tidy, gcc -fanalyzer. Each line that they write is a finding; what
# they are wrong about stands in tests/analyze/, .clang-tidy or beside the line, with the reason. `make analyze` runs it, in a
# built tree; it takes minutes.
#
#	tests/analyze.sh [cppcheck | clang-tidy | gcc]...
#
# Exit 0 nothing found, 1 something, 77 when none of them is here.
set -u
cd "${SRCDIR:-.}" || exit 99
build=${BUILDDIR:-.}
# stb is left to its authors: src/image/stb.c compiles the part that vtok uses, and runs it confined
files=$(find src tools -name '*.c' ! -name stb.c | sort)
includes="-Isrc -I. -I$build -Iinclude $(pkg-config --cflags stb 2>/dev/null)"
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
out=$(mktemp) || exit 99
trap 'rm -f "$out" "$out.known"' EXIT
found=0 ran=0

# Takes out what tests/analyze/NAME knows, a line each: FILE OPTION REASON.
unknown() { # NAME
	sed -n '/^[^#]/s/^\([^ ]*\) \([^ ]*\) .*/\1:.*\2/p' "tests/analyze/$1" >"$out.known"
	grep -v -f "$out.known"
}
# Runs what reads the list of files on standard input.
reader() { # NAME COMMAND...
	name=$1
	shift
	ran=$((ran + 1))
	printf '%s\n' "$files" | "$@" >"$out" 2>&1
	# headers of other makers are theirs
	lines=$(grep -E ': (warning|error|performance|portability): ' "$out" | sed "s,^$PWD/,," | grep -v '^/' | sort -u | unknown "$name")
	if [ -n "$lines" ]; then
		printf '%s\n' "$lines"
		echo "== $name: $(printf '%s\n' "$lines" | wc -l) findings"
		found=1
	else
		echo "== $name: nothing"
	fi
}
here() { command -v "$1" >/dev/null 2>&1 || { echo "== no $1 here" && false; }; }

[ $# -gt 0 ] || set -- cppcheck clang-tidy gcc
for tool; do
	here "$tool" || continue
	case $tool in
	cppcheck)
		# shellcheck disable=SC2086 # words
		reader cppcheck cppcheck -q -j"$jobs" --std=c11 --language=c --enable=warning,performance,portability --inline-suppr \
			--template='{file}:{line}: {severity}: {message} [{id}]' -D_GNU_SOURCE $includes --file-list=-
		;;
	clang-tidy)
		reader clang-tidy xargs -n 8 -P "$jobs" sh -c '
			clang-tidy --quiet "$@" -- -std=c11 -D_GNU_SOURCE '"$includes"' -DVTOK_PKGDATADIR=\"\"' sh
		;;
	gcc)
		reader gcc xargs -n 4 -P "$jobs" sh -c '
			for file; do
				gcc -std=c11 -O1 -fanalyzer -D_GNU_SOURCE '"$includes"' -DVTOK_PKGDATADIR=\"\" -c "$file" -o /dev/null
			done' sh
		;;
	*)
		echo "analyze.sh: no reader '$tool'" >&2
		exit 2
		;;
	esac
done
[ $ran -gt 0 ] || exit 77
exit $found
