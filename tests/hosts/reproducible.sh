#!/bin/sh
# Two builds of one tree give the same bytes: in folders of other names, another language, time zone, day, mask of rights and
# number of jobs. What `make install` brings is compared, file by file.
#
#	tests/hosts/reproducible.sh [CONFIGURE-ARGUMENTS...]
#
# Without -g, whose tables name the folder; a distribution keeps them with -ffile-prefix-map, as debian/ does. Ends with one line,
# PASS, FAIL or SKIP; exit 0, 1 or 77.
set -u
suite=reproducible
. "$(dirname "$0")/system.sh"
work_folder
needs_clone

build() { # FOLDER JOBS CONFIGURE-ARGUMENTS...
	folder=$work/$1/tree jobs=$2
	shift 2
	echo "== in $folder" >&2
	system_tree "$folder"
	cd "$folder" && {
		autoreconf --install && ./configure -q CFLAGS=-O2 "$@" && make -s -j"$jobs" && make -s install DESTDIR="$folder/../root"
	} >"$work/log" 2>&1 || failed "the build in $folder"
	(cd ../root && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
}
# 26 hours apart: it is another day at any time
(umask 022 && LC_ALL=C TZ=AAA12 build a 1 "$@") >"$work/first" || { cat "$work/first"; exit 1; }
(umask 027 && LC_ALL=C.UTF-8 TZ=BBB-14 build a-folder-of-another-name 4 "$@") >"$work/second" || { cat "$work/second"; exit 1; }
diff "$work/first" "$work/second" || fail "these differ"
echo "PASS $suite: $(wc -l <"$work/first") files"
