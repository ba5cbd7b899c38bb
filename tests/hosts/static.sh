#!/bin/sh
# The program as one file (packaging/static/build.sh), made on a bare Debian and tried in a folder that has nothing else: no
# library, no terminfo, no file of facts. It counts, draws the pixels of a picture and shows the dashboard to terminals of
# several kinds.
#
#	tests/hosts/static.sh bookworm | trixie | ... [BASE [FILE]]
#
# BASE as for debian.sh, whose needs these are; the program is left in FILE. With PROGRAM=FILE one made before is tried. Ends
# with one line, PASS, FAIL or SKIP; exit 0, 1 or 77.
set -u
suite=${1-} base=${2-} keep=${3-}
. "$(dirname "$0")/system.sh"
case $suite in
'' | -*) usage ;;
esac
most=3000000 # bytes
[ -z "$keep" ] || keep=$(cd "$(dirname "$keep")" && pwd)/$(basename "$keep")
system_needs
root=$work/root empty=$work/empty
make_program() {
	system_make "$root" "$base"
	system_tree "$root/build/vtok"
	sed 's/^deb /deb-src /' "$root/etc/apt/sources.list" >"$root/etc/apt/sources.list.d/src.list"
	system_step "packages" "$root" / '
		apt-get update -q && apt-get install -y -q --no-install-recommends build-essential dpkg-dev musl-tools autoconf \
			automake libtool pkgconf xz-utils ncurses-bin ncurses-term libstb-dev linux-libc-dev'
	system_step "build" "$root" /build 'mkdir static && vtok/packaging/static/build.sh static/vtok'
}
program=${PROGRAM-}
if [ -z "$program" ]; then
	make_program
	program=$root/build/static/vtok
fi
PATH=$PATH:/usr/sbin:/sbin
[ -z "$keep" ] || cp "$program" "$keep"
size=$(wc -c <"$program")
[ "$size" -le $most ] || fail "$size bytes, more than $most"
readelf -dl "$program" | grep -E 'NEEDED|interpreter' && fail "it wants the above"

mkdir "$empty" && cp "$program" "$empty/vtok" && cp samples/photo.jpg samples/phone.png tests/data/images/lossy.webp "$empty/" || fail "cannot copy"
alone() { env -i PATH="$PATH" LC_ALL=C.UTF-8 TERM="${type-}" chroot "$empty" /vtok "$@"; }
expect() { # WHAT PATTERN ARGUMENT...
	what=$1 pattern=$2
	shift 2
	alone "$@" >"$work/log" 2>&1 && grep -q -- "$pattern" "$work/log" || {
		head -n 20 "$work/log"
		fail "$what: no '$pattern' in the above"
	}
	echo "== $suite: $what"
}
expect "counts" ',576,' count -o csv -m llava-1.5-7b 336x336
expect "reads a picture's size" phone.png count -o csv -m qwen2.5-vl-7b /phone.png
expect "knows its facts" '^qwen2.5-vl-7b' models
for picture in photo.jpg phone.png lossy.webp; do
	expect "draws $picture" '[▀▄█]' render --no-config --view image --size 100x30 "/$picture"
done
for type in xterm-256color screen-256color tmux-256color linux vt100 rxvt-unicode-256color xterm-kitty foot; do
	(sleep 1; printf q) | script -qec "stty cols 80 rows 24; env -i PATH=$PATH LC_ALL=C.UTF-8 TERM=$type chroot '$empty' /vtok /photo.jpg" \
		"$work/screen" >/dev/null
	tr -d '\000' <"$work/screen" | grep -q 'photo.jpg' || {
		head -c 300 "$work/screen"
		fail "no dashboard for $type"
	}
	grep -q 'not known here' "$work/screen" && fail "$type is not known"
done
echo "== $suite: dashboards of eight types"
(cd "$empty" && ls -A)
echo "PASS static binary of $suite: $size bytes"
