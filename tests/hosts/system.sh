# Sourced by the scripts of this folder: a folder that is thrown away at the end, the tree in it, and a small Debian with commands
# run in it. Nothing is installed on the machine itself. Where the system is another, or none, $suite says what is tried.
#
# DEBIAN_MIRROR names the mirror where the one that this machine's apt uses does not carry the suite, DEBIAN_ARCH another
# architecture that this kernel runs (i386), TARBALL a file of `make dist` whose tree is tried in place of this one.

skip() {
	echo "SKIP $suite: $*"
	exit 77
}
fail() {
	echo "FAIL $suite: $*"
	exit 1
}
usage() { # the head of the script
	sed -n '2,/^set -u/s/^# \{0,1\}//p' "$0" >&2
	exit 2
}

# Moves to the top of the tree, and sets $work, a folder that goes with the script.
work_folder() {
	[ -z "${TARBALL-}" ] || TARBALL=$(realpath "$TARBALL") || exit 1
	cd "$(dirname "$0")/../.." || exit 1
	work=$(mktemp -d "${TMPDIR:-/tmp}/vtok-host.XXXXXX") || exit 1
	# Every mount is made in a namespace of its own, which ends with the command: nothing is mounted here.
	trap 'rm -rf --one-file-system "$work"' EXIT
	trap 'exit 130' INT TERM
}

# For system_tree.
needs_clone() { [ -n "${TARBALL-}" ] || git rev-parse --is-inside-work-tree >/dev/null 2>&1 || skip "not a clone"; }

# Both, and what making a system takes.
system_needs() {
	[ "$(id -u)" -eq 0 ] || skip "not root"
	command -v debootstrap >/dev/null 2>&1 || skip "no debootstrap"
	command -v unshare >/dev/null 2>&1 || skip "no unshare"
	unshare --mount true 2>/dev/null || skip "this system allows no mounts"
	work_folder
	needs_clone
}

# A fresh minimal system of $suite; BASE is one made earlier (debootstrap --variant=minbase): it is copied, not changed.
system_make() { # FOLDER [BASE]
	if [ -n "${2-}" ]; then
		cp -a "$2" "$1" || fail "cannot copy $2"
	else
		# The first archive that apt reads here which calls itself Debian's.
		mirror=${DEBIAN_MIRROR-}
		[ -n "$mirror" ] ||
			mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' 2>/dev/null | sort -u | sed -n 1p)
		echo "== $suite: debootstrap"
		# shellcheck disable=SC2086 # no mirror is no word
		debootstrap --variant=minbase ${DEBIAN_ARCH:+--arch="$DEBIAN_ARCH"} "$suite" "$1" $mirror >"$work/log" 2>&1 || {
			tail -n 5 "$work/log"
			skip "debootstrap made no system (no network?)"
		}
	fi
	cp -L /etc/resolv.conf "$1/etc/resolv.conf" 2>/dev/null
}

# The tree as git sees it (what it ignores stays behind), or that of TARBALL.
system_tree() { # FOLDER
	if [ -n "${TARBALL-}" ]; then
		mkdir -p "$1" && tar xf "$TARBALL" --strip-components=1 --no-same-owner -C "$1" || fail "cannot unpack $TARBALL"
		return
	fi
	mkdir -p "$1" && git ls-files -z --cached --others --exclude-standard | xargs -0 tar cf - | tar xf - -C "$1" ||
		fail "cannot copy the tree"
}

# A command in the folder DIR of that system, with what a machine has: processes, devices, pseudo terminals, processors that
# can be counted (GNU parallel's lscpu complains without /sys).
system_run() { # ROOT DIR COMMAND
	unshare --mount sh -c '
		mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && mount --make-rslave "$1/dev" &&
			mount --bind -o ro /sys "$1/sys" || exit 1
		exec chroot "$1" env -i HOME=/root TERM=xterm-256color PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
			DEBIAN_FRONTEND=noninteractive sh -c "cd $2 && $3"' sh "$@"
}

# The same, into $work/log; what went wrong is shown, and ends the script.
system_step() { # WHAT ROOT DIR COMMAND
	echo "== $suite: $1"
	system_run "$2" "$3" "$4" >"$work/log" 2>&1 </dev/null || failed "$1"
}

# What went wrong in $work/log, what the tests said of it, which would go with the folder, and the end.
failed() { # WHAT
	grep -E '^(FAIL|ERROR|not ok|# (expected|found))|error:|Error' "$work/log" | head -n 40
	tail -n 15 "$work/log"
	kept=${TMPDIR:-/tmp}/vtok-host-$(echo "$suite" | tr ' ' -).log
	find "$work" -xdev -name test-suite.log -exec cat {} + >"$kept"
	if [ -s "$kept" ]; then
		echo "see $kept"
	else
		rm "$kept"
	fi
	fail "$1"
}

# What automake counted, of the last step.
counted() { grep -E '^# (TOTAL|PASS|SKIP|FAIL)' "$work/log" | tr -s ' \n' ' '; }
