#!/bin/sh
# The tree with every compiler that a Debian has, in folders of their own: built without a warning, and all tests pass.
#
#	tests/hosts/compilers.sh trixie | bookworm | ... [BASE [COMPILER]...]
#
# COMPILER is a package of that Debian and its command (gcc-13, clang); when none is given, all of gcc-12, gcc-13, gcc-14 and
# clang that it has. BASE as for debian.sh, whose needs these are ('' for none). Ends with one line, PASS, FAIL or SKIP; exit 0, 1 or 77.
set -u
suite=${1-} base=${2-}
. "$(dirname "$0")/system.sh"
case $suite in
'' | -*) usage ;;
esac
shift $(($# < 2 ? $# : 2))
system_needs
root=$work/root
system_make "$root" "$base"
system_tree "$root/build/vtok"
began=$(date +%s) done=

system_step './bootstrap --dev' "$root" /build/vtok './bootstrap --dev && make -s distclean'
[ $# -gt 0 ] || set -- $(system_run "$root" / 'apt-cache search --names-only "^(gcc-1[234]|clang)$"' | cut -d' ' -f1 | LC_ALL=C sort -r)
[ $# -gt 0 ] || fail "no compiler of these names"
for compiler; do
	system_step "$compiler" "$root" / "
		apt-get install -y -q --no-install-recommends $compiler && mkdir -p /build/$compiler && cd /build/$compiler &&
		../vtok/configure -q CC=$compiler --enable-werror && make -s -j\$(nproc) && make -s check"
	echo "   $(system_run "$root" / "$compiler --version" | sed -n 1p): $(counted)"
	done="$done $compiler"
done
echo "PASS $suite$done, $(($(date +%s) - began)) s"
