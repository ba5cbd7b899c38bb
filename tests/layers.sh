#!/bin/sh
# Includes point down only: base < core < registry, image < draw < state < view < tui < cli. See HACKING.md.
. "${SRCDIR:-.}/tests/tap.sh"
cd "${SRCDIR:-.}/src" || exit 99

# FOLDER "ALLOWED FOLDERS": every #include "x/..." of FOLDER must be one of these
allow() {
	ok "$1 has sources" test -n "$(find "$1" -name '*.c')"
	bad=$(grep -HnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' "$1"/*.[ch] 2>/dev/null |
		grep -vE "\"(config\.h|$(echo "$2" | sed 's/ /|/g'))(/|\")" )
	is "$1 includes only: $2" "" "$bad"
}

# FOLDER PATTERN REASON: none of these system headers or calls, except in the files named by $4
forbid() {
	bad=$(grep -HnE "$2" "$1"/*.[ch] 2>/dev/null | grep -vE "^(${4:-/})")
	is "$1: $3" "" "$bad"
}

allow base "base"
allow core "base core"
allow registry "base core registry generated"
allow image "base image"
allow import "base core registry import"
allow lib "base core registry image import lib vtok"
allow draw "base registry draw"
allow state "base core registry draw state"
allow view "base core registry draw state view"
allow tui "base draw state view tui"

curses='include[[:space:]]*<(n?curses|ncursesw/|term)'
forbid base "$curses" "no curses"
forbid core "$curses" "no curses"
forbid core 'include[[:space:]]*<(stdlib|unistd|fcntl)|[^_](malloc|calloc|realloc|fopen)[[:space:]]*\(' "no allocation, no files"
forbid registry "$curses" "no curses"
forbid registry '[^a-z_](fopen|open)[[:space:]]*\(' "files only in registry_load.c" "registry/registry_load\.c"
forbid import "$curses" "no curses"
forbid lib "$curses" "no curses"
forbid draw "$curses" "no curses"
registry=$(grep -Hn '#include "registry/' draw/*.[ch] | grep -v '"registry/ini_read.h"')
is "draw knows of the registry its INI reader alone" "" "$registry"
paper=$(grep -Hn '#include "draw/' state/*.[ch] | grep -v '"draw/theme.h"')
is "state knows of draw the themes alone" "" "$paper"
forbid state "$curses" "no curses"
forbid state '[^a-z_](fopen|open|printf|time|clock_gettime)[[:space:]]*\(' "no files, no clock, no output"
forbid view "$curses" "no curses"
forbid view '[^a-z_](fopen|open|printf|time|clock_gettime)[[:space:]]*\(' "no files, no clock, no output"
forbid cli "$curses" "no curses"
tap_end
