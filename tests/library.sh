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
# Without LP64, which the compiler knows and not this machine, the places are others.
long_bytes=$(echo __SIZEOF_LONG__ | $CC -E -P - | tail -n 1)
if [ "$long_bytes" = 8 ]; then
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

# examples/count_one.*: the same program in each language, built as a user would, prints what the program prints. What goes wrong
# ends with a status and one line: a mistyped name, a size that no table has, one that the model refuses, words in place of numbers.
model=qwen2.5-vl-7b
figure() { # COLUMN, as estimate writes it for a request without text, to six digits
	"$VTOK" estimate --no-config -m $model -t 0 -r 0 -o csv 1920x1080 |
		awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i } NR == 2 { printf "%.6g", $column }'
}
want="$model: $("$VTOK" count --no-config --no-header -o csv -m $model 1920x1080 | cut -d, -f5) visual tokens for 1920x1080
	share of the context: $(figure context_used_share) share
	KV cache of one request: $(figure kv_bytes_per_request) bytes
	time to the first token: $(figure prefill_ttft_ms) ms
	at most 1280 tokens: $("$VTOK" fit --no-config -t 0 -r 0 --tokens 1280 -o csv --no-header -m $model 1920x1080 |
	awk -F, '{ print $5 "x" $6 ", " $7 " tokens" }')"
like "the program gives all of it" "2691 visual.* share.*e.08 bytes.* [0-9.]+ ms.*, 1[0-9]+ tokens$" "$(echo $want)"
shows() { # LANGUAGE COMMAND...
	language=$1
	shift
	is "$language: counts, estimates and fits as the program does" "$want" \
		"$(LD_LIBRARY_PATH=$lib "$@" $model 1920 1080 | grep -v '^		')"
	exits "$language: an unknown model is a fault" 1 env LD_LIBRARY_PATH="$lib" "$@" qwen2.5-vl-7c 10 10
	like "$language: that offers the nearest names" "^no model .*qwen2\.5-vl-7b" "$err"
	exits "$language: no pixels are a fault" 1 env LD_LIBRARY_PATH="$lib" "$@" $model 0 10
	like "$language: that names the side" "^width: expected" "$err"
	exits "$language: a size that the model refuses" 1 env LD_LIBRARY_PATH="$lib" "$@" $model 9000 10
	like "$language: comes with the reason" "^$model refuses .*aspect" "$err"
	exits "$language: a side is a number" 2 env LD_LIBRARY_PATH="$lib" "$@" $model 1920 1080p
	like "$language: or there is the usage" "^usage: .*MODEL WIDTH HEIGHT$" "$err"
}
# What was installed is built, not the source tree's: the examples, and the one of vtok(3).
doc=$(find "$root" -path '*/doc/vtok/examples' -type d)
cp "$doc"/count_one.* "$tmp/" || exit 99
for file in README.md LICENSE docs/tutorial.md docs/trust.md samples/photo.jpg examples/cluster/spark.py bench/calibrate.py; do
	ok "installs $file" cmp "$SRCDIR/$file" "${doc%/examples}/$file"
done
pages=${doc%/examples}
for page in "$pages"/*.md "$pages"/*/*.md "$doc"/*/*.md; do
	for link in $(grep -o '](\([^):]*\))' "$page" | sed 's/^](//; s/)$//; s/#.*//'); do
		[ -e "$(dirname "$page")/$link" ] || astray="$astray ${page#"$pages"/}:$link"
	done
done
is "every link of the installed pages leads somewhere" "" "$astray"
sed -n '/^\.EX/,/^\.EE/p' "$SRCDIR/man/vtok.3" | sed '/^\./d; s/\\-/-/g; s/\\e/\\/g' >"$tmp/manual.c"
ok "the example of vtok(3) builds" $CC $EXTRA_CFLAGS -Wall -Werror "$tmp/manual.c" -o "$tmp/manual" $(config --cflags --libs)
is "and prints what the page says" "$(sed -n 's/^\.BR "\([0-9]* tokens\)" \.$/\1/p' "$SRCDIR/man/vtok.3")" \
	"$(LD_LIBRARY_PATH=$lib "$tmp/manual")"
ok "C: builds with pkg-config" $CC $EXTRA_CFLAGS "$tmp/count_one.c" -o "$tmp/count_one" $(config --cflags --libs)
shows C "$tmp/count_one"
like "C: and explains" "resize +.*28" "$(LD_LIBRARY_PATH=$lib "$tmp/count_one" $model 1920 1080)"
# Before 1.0 the library is none for a header of another minor version, be it older or newer.
mkdir -p "$tmp/other/vtok" && sed 's/^\(#define VTOK_VERSION_MINOR\) .*/\1 99/' "$header" >"$tmp/other/vtok/vtok.h"
refuses() { # LANGUAGE FILE COMPILER, which may be several words
	language=$1 file=$2
	shift 2
	ok "$language: builds with another header" "$@" $EXTRA_CFLAGS "-I$tmp/other" "$file" -o "$tmp/another" $(config --cflags --libs)
	exits "$language: and does not go on" 1 env LD_LIBRARY_PATH="$lib" "$tmp/another" $model 640 480
	like "$language: but says both versions" "^libvtok $(config --modversion) is not one for this header \([0-9]+\.99\.[0-9]+\)$" "$err"
}
refuses C "$tmp/count_one.c" $CC
if command -v c++ >/dev/null 2>&1; then
	ok "C++: builds with pkg-config" c++ $EXTRA_CFLAGS "$tmp/count_one.cc" -o "$tmp/count_one_cc" $(config --cflags --libs)
	shows C++ "$tmp/count_one_cc"
	refuses C++ "$tmp/count_one.cc" c++
else
	skip "C++" "no c++"
fi
if [ "$SANITIZE" = yes ]; then
	skip "Python, Go" "a sanitized library loads into sanitized programs alone"
else
	# where the library was made for another machine: its header beside that of the interpreter
	its_machine='import sys
a, b = (open(path, "rb").read(20) for path in (sys.executable, sys.argv[1]))
sys.exit(a[:4] == b[:4] == b"\x7fELF" and a[4:6] + a[18:] != b[4:6] + b[18:])'
	if ! python3 -c 'import ctypes' 2>/dev/null; then
		skip "Python" "no python3"
	elif ! python3 -c "$its_machine" "$lib/libvtok.so"; then
		skip "Python" "the python3 here is of another machine than the library"
	else
		shows Python python3 "$tmp/count_one.py"
		if [ "$long_bytes" = 8 ]; then
			PYTHONPATH=$tmp python3 "$tmp/count_one.py" --layout >"$tmp/layout"
			is "Python: sizes and places are those of the C compiler" "" "$(grep -vxF -f "$SRCDIR/tests/data/abi.txt" "$tmp/layout")"
			is "Python: and all of them" "" "$(sed -n 's/^struct \(.*\) .*/\1/p' "$tmp/layout" | while read -r name; do
				grep "^$name\." "$SRCDIR/tests/data/abi.txt" | grep -vxF -f "$tmp/layout"
			done)"
		fi
	fi
	if command -v go >/dev/null 2>&1; then
		printf '#!/bin/sh\nPKG_CONFIG_PATH=%s exec pkg-config --define-variable=prefix=%s "$@"\n' \
			"$(dirname "$pc")" "$root$prefix" >"$tmp/pkg-config" && chmod +x "$tmp/pkg-config"
		ok "Go: builds with pkg-config" env PKG_CONFIG="$tmp/pkg-config" GOCACHE="$tmp/go" GO111MODULE=off GOPATH="$tmp/path" \
			go build -o "$tmp/count_one_go" "$tmp/count_one.go"
		shows Go "$tmp/count_one_go"
	else
		skip "Go" "no go"
	fi
fi

if command -v c++ >/dev/null 2>&1; then
	ok "a C++ program builds" c++ $EXTRA_CFLAGS "$SRCDIR/tests/use.cc" -o "$tmp/use" $(config --cflags --libs)
	is "and counts, estimates and reads a picture" "$("$VTOK" count --no-header -o csv -m qwen2.5-vl-7b "$SRCDIR/samples/letter-300dpi.jpg" | cut -d, -f5) timed" \
		"$(LD_LIBRARY_PATH=$lib "$tmp/use" "$SRCDIR/samples/letter-300dpi.jpg")"
else
	echo "ok $((tap_n = tap_n + 1)) - a C++ program # SKIP no c++"
fi

ok "the example builds with the static library" \
	$CC $EXTRA_CFLAGS "$tmp/count_one.c" -o "$tmp/count_static" \
	$(config --cflags) "$lib/libvtok.a" $(config --static --libs-only-l | sed 's/-lvtok//')
if objcopy --version >/dev/null 2>&1; then
	# N is a debugger's: an assembler that leaves lengths to the linker (RISC-V's) keeps its labels there
	is "its other names are local" "" \
		"$(nm --defined-only "$lib/libvtok.a" | sed -n 's/^[0-9a-f]* [A-MO-TV-Z] //p' | grep -Ev '^(vtok_|__x86\.)')"
else
	skip "its other names are local" "no objcopy"
fi
is "and counts the same" "$want" "$("$tmp/count_static" $model 1920 1080 | grep -v '^		')"

ok "uninstalls what it installed" make -C "$BUILDDIR" -s uninstall DESTDIR="$root"
is "and leaves no file" "" "$(find "$root" -type f -o -type l)"
tap_end
