#!/bin/sh
# The README's two commands on a bare Debian, from nothing: a fresh system of that name is made in a folder, the tree is
# copied into it as git sees it (what it ignores stays behind), and there
#	./bootstrap && ./vtok samples/letter-300dpi.jpg     the dashboard shows the picture's frame, in a pseudo terminal
#	./bootstrap --dev && make check                     every test passes
# and the first one once more, by a user without root, who has the packages now.
#
#	tests/hosts/debian.sh bookworm | trixie | ... [BASE]
#
# BASE is a minimal system of that name made earlier (debootstrap --variant=minbase); it is copied, not changed. Needs root,
# debootstrap and the network; without one of them it says SKIP and why (system.sh has the variables that it reads). Ends with
# one line, PASS, FAIL or SKIP; exit 0, 1 or 77.
set -u
suite=${1-} base=${2-}
. "$(dirname "$0")/system.sh"
case $suite in
'' | -*) usage ;;
esac
system_needs
root=$work/root
system_make "$root" "$base"
system_tree "$root/build/vtok"

began=$(date +%s)
step() { # WHAT COMMAND
	system_step "$1" "$root" /build/vtok "$2"
	# what a newcomer would take for a fault; manual pages that a package of Debian says it has are not ours
	if grep -E 'warning:|^\./bootstrap: |I/O error' "$work/log" | grep -v '^update-alternatives: '; then
		fail "$1: it says the above"
	fi
}

step './bootstrap' ./bootstrap
step './vtok samples/letter-300dpi.jpg' "
	(sleep 2; printf q) | script -qec 'stty cols 80 rows 24; ./vtok samples/letter-300dpi.jpg' screen >/dev/null &&
	grep -q 'letter-300dpi' screen && rm screen"
step './bootstrap --dev && make check' './bootstrap --dev && make check'
tests=$(counted)
system_tree "$root/home/user/vtok"
step './bootstrap, without root' '
	useradd --no-create-home user && chown -R user /home/user &&
	su user -c "cd /home/user/vtok && HOME=/home/user ./bootstrap && ./vtok count -m llava-1.5-7b samples/letter-300dpi.jpg"'
echo "PASS $suite ($(system_run "$root" / 'dpkg --print-architecture') $(cat "$root/etc/debian_version"))," \
	"$(($(date +%s) - began)) s: $tests"
