#!/bin/sh
# The library as it is installed: header, symbols, pkg-config file, shared and static, and the example program.
. "$SRCDIR/tests/tap.sh"
unset MAKEFLAGS MFLAGS MAKELEVEL
root=$tmp/root

ok "installs into DESTDIR" make -C "$BUILDDIR" -s install DESTDIR="$root"
pc=$(find "$root" -name vtok.pc)
prefix=$(sed -n 's/^prefix=//p' "$pc")
config() {
	PKG_CONFIG_PATH=$(dirname "$pc") pkg-config --define-variable=prefix="$root$prefix" "$@" vtok
}
lib=$(config --variable=libdir)
header=$(config --variable=includedir)/vtok/vtok.h

is "pkg-config knows the version" "$("$VTOK" --version)" "vtok $(config --modversion)"
is "and the header has it" "$(config --modversion)" \
	"$(sed -n 's/^#define VTOK_VERSION_[MP][A-Z]* \([0-9]*\)$/\1/p' "$header" | paste -s -d .)"
ok "the header is installed" test -f "$header"
ok "the header is C99 by itself" $CC -std=c99 -pedantic -Wall -Wextra -Werror -fsyntax-only -x c "$header"
if command -v c++ >/dev/null 2>&1; then
	ok "the header is C++ by itself" c++ -Wall -Wextra -Werror -fsyntax-only -x c++ "$header"
else
	skip "the header is C++ by itself" "no c++"
fi

# A program that was compiled before finds what it knows where it was: names, sizes and places are kept in a file.
# Without LP64 the places are others.
if [ "$(getconf LONG_BIT)" = 64 ]; then
	ok "the program of sizes builds" $CC $EXTRA_CFLAGS "$SRCDIR/tests/abi.c" -o "$tmp/abi" $(config --cflags)
	{
		nm -D --defined-only "$lib/libvtok.so" | sed -n 's/^[0-9a-f]* [A-Z] //p' | LC_ALL=C sort
		"$tmp/abi"
	} >"$tmp/abi.txt"
	is "names, sizes and places are those of tests/data/abi.txt" "" "$(diff "$SRCDIR/tests/data/abi.txt" "$tmp/abi.txt")"
	[ -z "${UPDATE_ABI-}" ] || cp "$tmp/abi.txt" "$SRCDIR/tests/data/abi.txt"
else
	echo "ok $((tap_n = tap_n + 1)) - names, sizes and places # SKIP not a 64-bit system"
fi

declared=$(sed -n 's/^.*[ *]\(vtok_[a-z_]*\)(.*$/\1/p' "$header" | grep -v '^ \*' | sort -u)
exported=$(nm -D --defined-only "$lib/libvtok.so" | sed -n 's/^[0-9a-f]* [A-Z] //p' | sort -u)
for name in $exported; do
	echo "$name" | grep -q '^vtok_' || foreign="$foreign $name"
done
is "only vtok_ symbols are exported" "" "$foreign"
for name in $exported; do
	grep -q "[ *]$name(" "$header" || undeclared="$undeclared $name"
done
is "every exported function is declared" "" "$undeclared"
for name in $declared; do
	echo "$exported" | grep -qx "$name" || missing="$missing $name"
done
is "every declared function is exported" "" "$missing"
like "the soname has a version" "libvtok\.so\.[0-9]+\]" "$(readelf -d "$lib/libvtok.so" | grep SONAME)"

want="qwen2.5-vl-7b: 2691 visual tokens for 1920x1080"
ok "the example builds with pkg-config" \
	$CC $EXTRA_CFLAGS "$SRCDIR/examples/count_one.c" -o "$tmp/count_one" $(config --cflags --libs)
out=$(LD_LIBRARY_PATH=$lib "$tmp/count_one" qwen2.5-vl-7b 1920 1080)
is "and counts" "$want" "$(echo "$out" | head -n 1)"
like "and prices it" "time to the first token: [0-9.]+ ms" "$out"
like "and explains" "resize +.*28" "$out"
exits "an unknown model is a fault" 1 env LD_LIBRARY_PATH="$lib" "$tmp/count_one" qwen2.5-vl-7c 10 10
like "that offers the nearest names" "qwen2\.5-vl-7b" "$err"

if command -v c++ >/dev/null 2>&1; then
	ok "a C++ program builds" c++ $EXTRA_CFLAGS "$SRCDIR/tests/use.cc" -o "$tmp/use" $(config --cflags --libs)
	is "and counts, estimates and reads a picture" "$("$VTOK" count --no-header -o csv -m qwen2.5-vl-7b "$SRCDIR/samples/letter-300dpi.jpg" | cut -d, -f5) timed" \
		"$(LD_LIBRARY_PATH=$lib "$tmp/use" "$SRCDIR/samples/letter-300dpi.jpg")"
else
	echo "ok $((tap_n = tap_n + 1)) - a C++ program # SKIP no c++"
fi

ok "the example builds with the static library" \
	$CC $EXTRA_CFLAGS "$SRCDIR/examples/count_one.c" -o "$tmp/count_static" \
	$(config --cflags) "$lib/libvtok.a" $(config --static --libs-only-l | sed 's/-lvtok//')
if objcopy --version >/dev/null 2>&1; then
	is "its other names are local" "" \
		"$(nm --defined-only "$lib/libvtok.a" | sed -n 's/^[0-9a-f]* [A-TV-Z] //p' | grep -Ev '^(vtok_|__x86\.)')"
else
	skip "its other names are local" "no objcopy"
fi
is "and counts the same" "$want" "$("$tmp/count_static" qwen2.5-vl-7b 1920 1080 | head -n 1)"

ok "uninstalls what it installed" make -C "$BUILDDIR" -s uninstall DESTDIR="$root"
is "and leaves no file" "" "$(find "$root" -type f -o -type l)"
tap_end
