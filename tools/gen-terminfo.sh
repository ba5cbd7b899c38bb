#!/bin/sh
# Writes the table of src/tui/entries.h: the terminals named, as this machine's terminfo describes them. One that is not known
# here is left out, the first one has to be.
#
#	tools/gen-terminfo.sh TYPE... >TABLE
set -eu
infocmp "$1" >/dev/null
printf '#include "tui/entries.h"\n\nconst struct entry entries[] = {\n'
for type; do
	infocmp -x "$type" >/dev/null 2>&1 || continue
	# the extensions of ncurses too: shapes of the cursor, 24 bit colours, bracketed paste
	printf '\t{"%s", "%s"},\n' "$type" "$(infocmp -x -Q2 "$type" | grep -v '^#' | tr -d ' \n')"
done
printf '};\nconst size_t entries_n = sizeof(entries) / sizeof(*entries);\n'
