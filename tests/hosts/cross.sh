#!/bin/sh
# The tree built on a Debian for another architecture, and its tests run under qemu's emulation of a user's programs: with the
# same counts as here, whatever the order of bytes and the width of words.
#
#	tests/hosts/cross.sh bookworm s390x | bookworm arm64 | trixie riscv64 | bookworm i386 | ... [BASE [TESTS]]
#
# The build sees no emulation: what it runs was made by CC_FOR_BUILD. BASE as for debian.sh, whose needs these are; besides, the
# kernel has to let a user's namespace say what emulates programs (Linux 6.7); i386 needs no emulation. TESTS are those of make
# check (TESTS=...), all of them when not given. Ends with one line, PASS, FAIL or SKIP; exit 0, 1 or 77.
set -u
suite=${1-} arch=${2-} base=${3-} tests=${4-}
. "$(dirname "$0")/system.sh"
case $arch in
s390x) triplet=s390x-linux-gnu cpu=s390x ;;
arm64) triplet=aarch64-linux-gnu cpu=aarch64 ;;
riscv64) triplet=riscv64-linux-gnu cpu=riscv64 ;;
i386) triplet=i686-linux-gnu cpu= ;;
*) usage ;;
esac
multiarch=$triplet
[ $arch != i386 ] || multiarch=i386-linux-gnu # the compiler is called by its oldest machine, the libraries are not
system_needs
began=$(date +%s)
root=$work/root
system_make "$root" "$base"
system_tree "$root/build/vtok"
suite="$suite $arch"

system_step "packages" "$root" / "
	dpkg --add-architecture $arch && apt-get update -q && apt-get install -y -q --no-install-recommends \
		gcc gcc-$triplet make autoconf automake libtool pkgconf xz-utils libstb-dev libinih-dev libjansson-dev libncurses-dev \
		libc6-dev:$arch libinih-dev:$arch libjansson-dev:$arch libncurses-dev:$arch libwebp-dev:$arch libcmocka-dev:$arch \
		libvterm-dev:$arch ${cpu:+qemu-user-static} \
		python3 parallel man-db ncurses-term bsdutils util-linux procps"
# The C library's files of locales are in the order of bytes of its machine: what is emulated has its own.
locales=
if [ $arch = s390x ]; then
	locales=/usr/lib/locale-of-$arch
	system_step "its locale C.UTF-8" "$root" /tmp "
		apt-get download -q libc-bin:$arch && dpkg-deb -x libc-bin_*_$arch.deb its && mv its/usr/lib/locale $locales"
fi
system_step "configure --host=$triplet" "$root" /build/vtok "
	autoreconf --install && PKG_CONFIG_LIBDIR=/usr/lib/$multiarch/pkgconfig:/usr/share/pkgconfig ./configure -q --host=$triplet"
system_step "make" "$root" /build/vtok 'make -s -j$(nproc) && make -s -j$(nproc) check TESTS='
echo "   $(system_run "$root" /build/vtok 'readelf -h vtok' | sed -n 's/^ *\(Data\|Machine\): *//p' | tr '\n' ' ')"

# In a user's namespace, whose table of emulators is its own: this machine's is left as it is.
emulated() { # COMMAND
	unshare --user --map-root-user --mount sh -c '
		mount --rbind /proc "$1/proc" && mount --rbind /dev "$1/dev" && mount --rbind /sys "$1/sys" &&
			mount -t binfmt_misc none "$1/proc/sys/fs/binfmt_misc" || exit 1
		exec chroot "$1" env -i HOME=/root TERM=xterm-256color PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
			${4:+QEMU_SET_ENV=LOCPATH="$4"} sh -c "
			if [ -n \"$2\" ]; then
				grep -h . /usr/lib/binfmt.d/qemu-$2*.conf >/proc/sys/fs/binfmt_misc/register || exit 1
			fi
			cd /build/vtok && $3"' sh "$root" "$cpu" "$1" "$locales"
}
echo "== $suite: make check"
[ -z "$cpu" ] || emulated true 2>"$work/log" || skip "no emulation: $(tail -n 1 "$work/log")"
emulated "./vtok --version" || fail "the program does not run"
emulated "make -s -j\$(nproc) check ${tests:+TESTS=\"$tests\"}" >"$work/log" 2>&1 </dev/null || {
	echo "   $(counted)"
	failed "make check"
}
echo "PASS $suite, $(($(date +%s) - began)) s: $(counted)"
