#!/bin/sh
# Two builds of one tree give the same bytes: in folders of other names, another language, time zone, day, mask of rights and
# number of jobs. What `make install` brings is compared, file by file.
#
#	tests/hosts/reproducible.sh [CONFIGURE-ARGUMENTS...]
#
# Without -g, whose tables name the folder; a distribution keeps them with -ffile-prefix-map, as debian/ does. Ends with one line,
# PASS or FAIL; exit 0 or 1.
set -u
fail() {
	echo "FAIL reproducible: $*"
	exit 1
}
cd "$(dirname "$0")/../.." || exit 1
top=$(mktemp -d "${TMPDIR:-/tmp}/vtok-twice.XXXXXX") || exit 1
trap 'rm -rf "$top"' EXIT
trap 'exit 130' INT TERM

build() { # FOLDER JOBS CONFIGURE-ARGUMENTS...
	folder=$top/$1/tree jobs=$2
	shift 2
	echo "== in $folder"
	mkdir -p "$folder" && git ls-files -z --cached --others --exclude-standard | xargs -0 tar cf - | tar xf - -C "$folder" &&
		cd "$folder" && {
		autoreconf --install && ./configure -q CFLAGS=-O2 "$@" && make -s -j"$jobs" && make -s install DESTDIR="$folder/../root"
	} >"$top/log" 2>&1 || {
		tail -n 10 "$top/log"
		fail "the build in $folder"
	}
	(cd ../root && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
}
(umask 022 && LC_ALL=C TZ=UTC build a 1 "$@") >"$top/first" || { cat "$top/first"; exit 1; }
(umask 027 && LC_ALL=C.UTF-8 TZ=Pacific/Auckland build a-folder-of-another-name 4 "$@") >"$top/second" || { cat "$top/second"; exit 1; }
sed -i '/^== /d' "$top/first" "$top/second"
diff "$top/first" "$top/second" || fail "these differ"
echo "PASS reproducible: $(wc -l <"$top/first") files"
