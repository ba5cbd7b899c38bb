#!/bin/sh
# The README's two commands on a bare Debian, from nothing: a fresh system of that name is made in a folder, the tree is
# copied into it as git sees it (what it ignores stays behind), and there
#	./bootstrap && ./vtok samples/letter-300dpi.jpg     the dashboard shows the picture's frame, in a pseudo terminal
#	./bootstrap --dev && make check                     every test passes
#
#	tests/hosts/debian.sh bookworm | trixie | ... [BASE]
#
# BASE is a minimal system of that name made earlier (debootstrap --variant=minbase); it is copied, not changed. Needs root,
# debootstrap and the network; without one of them it says SKIP and why. DEBIAN_MIRROR names the mirror where the one that
# this machine's apt uses does not carry the suite, DEBIAN_ARCH another architecture that this kernel runs (i386). Ends with one line, PASS, FAIL or SKIP; exit 0, 1 or 77.
set -u
suite=${1-} base=${2-}
case $suite in
'' | -*)
	sed -n '2,12s/^# \{0,1\}//p' "$0" >&2
	exit 2
	;;
esac

skip() {
	echo "SKIP $suite: $*"
	exit 77
}
fail() {
	echo "FAIL $suite: $*"
	exit 1
}
[ "$(id -u)" -eq 0 ] || skip "not root"
command -v debootstrap >/dev/null 2>&1 || skip "no debootstrap"
command -v unshare >/dev/null 2>&1 || skip "no unshare"
unshare --mount true 2>/dev/null || skip "this system allows no mounts"
cd "$(dirname "$0")/../.." || exit 1
git rev-parse --is-inside-work-tree >/dev/null 2>&1 || skip "not a clone"

# The first archive that apt reads here which calls itself Debian's.
mirror=${DEBIAN_MIRROR-}
[ -n "$mirror" ] ||
	mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' 2>/dev/null | sort -u | sed -n 1p)

work=$(mktemp -d "${TMPDIR:-/tmp}/vtok-host.XXXXXX") || exit 1
# Every mount is made in a namespace of its own, which ends with the command: nothing is mounted here.
trap 'rm -rf --one-file-system "$work"' EXIT
trap 'exit 130' INT TERM
root=$work/root
if [ -n "$base" ]; then
	cp -a "$base" "$root" || fail "cannot copy $base"
else
	echo "== $suite: debootstrap"
	# shellcheck disable=SC2086 # no mirror is no word
	debootstrap --variant=minbase ${DEBIAN_ARCH:+--arch="$DEBIAN_ARCH"} "$suite" "$root" $mirror >"$work/log" 2>&1 || {
		tail -n 5 "$work/log"
		skip "debootstrap made no system (no network?)"
	}
fi
mkdir -p "$root/root/vtok" && git ls-files -z --cached --others --exclude-standard | xargs -0 tar cf - | tar xf - -C "$root/root/vtok" || fail "cannot copy the tree"
cp -L /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null

# A command in the clone there, with what a machine has: processes, devices, pseudo terminals.
there() { # COMMAND
	unshare --mount sh -c '
		mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && mount --make-rslave "$1/dev" || exit 1
		exec chroot "$1" env -i HOME=/root TERM=xterm-256color PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
			sh -c "cd /root/vtok && $2"' sh "$root" "$1"
}
began=$(date +%s)
step() { # WHAT COMMAND
	echo "== $suite: $1"
	there "$2" >"$work/log" 2>&1 </dev/null || {
		grep -E '^(FAIL|ERROR|not ok|# (expected|found))|error:|Error' "$work/log" | head -n 40
		tail -n 15 "$work/log"
		fail "$1"
	}
	# what a newcomer would take for a fault
	if grep -E 'warning:|^\./bootstrap: |I/O error' "$work/log"; then
		fail "$1: it says the above"
	fi
}

step './bootstrap' ./bootstrap
step './vtok samples/letter-300dpi.jpg' "
	(sleep 2; printf q) | script -qec 'stty cols 80 rows 24; ./vtok samples/letter-300dpi.jpg' screen >/dev/null &&
	grep -q 'letter-300dpi' screen && rm screen"
step './bootstrap --dev && make check' './bootstrap --dev && make check'
echo "PASS $suite ($(there 'dpkg --print-architecture') $(cat "$root/etc/debian_version")), $(($(date +%s) - began)) s:" \
	"$(grep -E '^# (TOTAL|PASS|SKIP|FAIL)' "$work/log" | tr -s ' \n' ' ')"
