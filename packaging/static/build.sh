#!/bin/sh
# Makes vtok one file without any library, for any Linux of this architecture: with musl as its C library, and with ncurses,
# inih, jansson and libwebp built against it from Debian's source packages, the versions that Debian ships.
#
#	packaging/static/build.sh FILE		in a Debian whose apt has a deb-src line; what it needs is in `needs` below
#
# No part of it is under the LGPL: musl, jansson MIT; ncurses X11; inih, libwebp BSD; stb public domain or MIT; libgcc's few
# functions come with GCC's runtime exception. LICENCES, written beside FILE, has their words. What the file lacks are libraries
# that are loaded for a file at hand, which a static program cannot: pages of PDFs, pixels of HEIC, AVIF, JPEG XL and TIFF (their
# sizes are there). Exit 0, or 1 and what is missing.
set -eu
needs='apt-get dpkg-source musl-gcc make autoreconf libtoolize pkg-config infocmp tic'
file=${1-}
case $file in
'' | -*)
	sed -n '2,/^set -eu/s/^# \{0,1\}//p' "$0" >&2
	exit 2
	;;
esac
file=$(cd "$(dirname "$file")" && pwd)/$(basename "$file")
for need in $needs; do
	command -v "$need" >/dev/null || {
		echo "build.sh: $need is missing (Debian: build-essential dpkg-dev musl-tools autoconf automake libtool pkgconf" \
			"ncurses-bin libstb-dev libinih-dev libjansson-dev libncurses-dev)" >&2
		exit 1
	}
done
tree=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/vtok-static.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
prefix=$work/prefix
jobs=$(getconf _NPROCESSORS_ONLN)
CC=musl-gcc
CFLAGS="-Os -ffunction-sections -fdata-sections -ffile-prefix-map=$work=."
export CC CFLAGS
mkdir -p "$prefix/include" "$prefix/lib"
cd "$work"

# The kernel's headers, which musl leaves to the system, and stb's.
multiarch=$(gcc -print-multiarch)
ln -s /usr/include/linux /usr/include/asm-generic "/usr/include/$multiarch/asm" /usr/include/stb "$prefix/include/"

source_of() { # PACKAGE: its folder
	apt-get source -q "$1" >"$work/log" 2>&1 || {
		cat "$work/log" >&2
		echo "build.sh: no source of $1: apt wants a deb-src line, and a mirror that carries it" >&2
		exit 1
	}
	find . -mindepth 1 -maxdepth 1 -type d -name "${2-$1}-*" | sed -n 1p
}
built() { # WHAT COMMAND...
	echo "== $1"
	shift
	"$@" >"$work/log" 2>&1 || {
		tail -n 20 "$work/log" >&2
		exit 1
	}
}
words() { # NAME FILE...: for LICENCES
	printf '==== %s\n\n' "$1"
	shift
	cat "$@"
	echo
}

ncurses=$(source_of ncurses)
make_ncurses() {
	cd "$ncurses" && ./configure --prefix="$prefix" --enable-widec --enable-ext-colors --enable-ext-mouse --with-termlib \
		--without-shared --without-debug --without-ada --without-cxx --without-cxx-binding --without-progs --without-tests \
		--without-manpages --disable-db-install --with-default-terminfo-dir=/usr/share/terminfo \
		--with-terminfo-dirs=/etc/terminfo:/lib/terminfo:/usr/share/terminfo &&
		make -j"$jobs" libs && make install.libs install.includes
}
built "ncurses" make_ncurses
cd "$work"

inih=$(source_of libinih inih)
[ -n "$inih" ] || inih=$(find . -mindepth 1 -maxdepth 1 -type d -name 'libinih-*' | sed -n 1p)
make_inih() {
	cd "$inih" && $CC $CFLAGS -c ini.c -o ini.o && ar rcs "$prefix/lib/libinih.a" ini.o && cp ini.h "$prefix/include/"
}
built "inih" make_inih
cd "$work"

jansson=$(source_of jansson)
make_jansson() {
	cd "$jansson" && autoreconf -fi && ./configure --prefix="$prefix" --disable-shared && make -j"$jobs" -C src install
}
built "jansson" make_jansson
cd "$work"

webp=$(source_of libwebp)
make_webp() {
	cd "$webp" && autoreconf -fi && ./configure --prefix="$prefix" --disable-shared --disable-png --disable-jpeg --disable-tiff \
		--disable-gif --disable-gl --disable-sdl --disable-wic --disable-libwebpmux --disable-libwebpdemux &&
		make -j"$jobs" -C sharpyuv install && make -j"$jobs" -C src install
}
built "libwebp" make_webp
cd "$work"

mkdir vtok
(cd "$tree" && if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
	git ls-files -z --cached --others --exclude-standard
else
	find . -type f -print0
fi | xargs -0 tar cf -) | tar xf - -C vtok
make_vtok() {
	cd vtok && { [ -x configure ] || autoreconf --install; } && ./configure -q --enable-static-binary --disable-shared \
		CPPFLAGS="-idirafter $prefix/include" LDFLAGS="-L$prefix/lib -Wl,--gc-sections" \
		INIH_CFLAGS=-I"$prefix/include" INIH_LIBS=-linih JANSSON_CFLAGS=-I"$prefix/include" JANSSON_LIBS=-ljansson \
		STB_CFLAGS=-I"$prefix/include/stb" STB_LIBS=' ' WEBP_CFLAGS=-I"$prefix/include" WEBP_LIBS='-lwebp -lsharpyuv' \
		NCURSES_CFLAGS="-I$prefix/include/ncursesw -I$prefix/include -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=600" \
		NCURSES_LIBS='-lncursesw -ltinfow' \
		TERMINFO_CFLAGS="-I$prefix/include/ncursesw -I$prefix/include -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=600" \
		TERMINFO_LIBS='-ltinfow' &&
		make -s -j"$jobs" vtok && strip -o "$file" vtok
}
built "vtok" make_vtok
cd "$work"
{
	words vtok "$tree/LICENSE"
	words "musl (its C library)" /usr/share/doc/musl/copyright
	words ncurses "$ncurses/COPYING"
	words inih "$inih/LICENSE.txt"
	words jansson "$jansson/LICENSE"
	words libwebp "$webp/COPYING"
	words stb /usr/share/doc/libstb-dev/copyright
} >"$(dirname "$file")/LICENCES"
echo "== $file: $(wc -c <"$file") bytes"
