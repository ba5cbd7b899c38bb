#!/bin/sh
# layers_rules.sh ROOT [BUILD...]: the rules that hold the house up, read from the sources under ROOT/src and, where
# folders with objects are named, from those. Prints "RULE: where and what" for each violation, nothing where all hold.
#
#   rooms     a folder includes the folders below it and no other
#   circles   no unit (a .c with its .h) includes another in a circle
#   curses    nobody but tui/caps.c includes a library of the terminal
#   quiet     core takes no memory and opens no file; of the registry one file does; state and view touch nothing outside
#   strategy  how one rule counts is known to core and registry alone
#   usual     an id that is meant where nothing is said stands in core/usual.h alone
#   cases     what differs between knobs or quantities is in their tables, not in switches over them
#   listed    every record of a kind is in the list of its kind
#   words     one word for one thing: static_assert, ARRAY_SIZE
#   calls     no unit calls another in a circle                                  (objects)
#   alone     what one file alone uses is static                                 (objects)
root=$1
shift
cd "$root/src" || exit 99

# FOLDER: what its files may include: folders, or single headers of others
rooms='
base: base
core: base core
registry: base core registry
image: base image
import: base core registry import
lib: base core registry image import lib vtok
draw: base draw registry/ini_read.h
state: base core registry state draw/theme.h
view: base core registry draw state view
tui: base draw state view tui
cli: base core registry image import lib draw state view tui cli
'
# Rows that name a model for its own sake: the family it stands for, its own curve.
ids_allowed='import/import_families.c qwen3-vl-8b
view/chart_curves.c qwen3-vl-8b'
# KIND FILE: where the records of a kind are listed.
lists='command cli/commands.c
strategy core/strategies.c
schema registry/kinds.c
panel view/panels.c
view view/views.c'

from_sources() {
	awk -v rooms="$rooms" -v ids_allowed="$ids_allowed" -v lists="$lists" -v ids="$(
		sed -n 's/^#define USUAL_[A-Z]* "\(.*\)"$/\1/p' core/usual.h)" '
	function fault(rule, text) { print rule ": " FILENAME ":" FNR ": " text }
	BEGIN {
		n = split(rooms, line, "\n")
		for (i = 1; i <= n; i++)
			if (split(line[i], part, ": ") == 2)
				allow[part[1]] = " " part[2] " config.h "
		n = split(ids_allowed, line, "\n")
		for (i = 1; i <= n; i++)
			fine[line[i]] = 1
		ids_n = split(ids, id, "\n")
		if (!ids_n)
			print "usual: core/usual.h: no id found there"
		n = split(lists, line, "\n")
		for (i = 1; i <= n; i++) {
			split(line[i], part, " ")
			list_of[part[1]] = part[2]
		}
	}
	FNR == 1 {
		split(FILENAME, part, "/")
		room = part[1]
		unit = FILENAME
		sub(/\.[ch]$/, "", unit)
		if (FILENAME ~ /\.c$/)
			has[room] = 1
		if (!(room in allow))
			fault("rooms", "the folder " room " is in no row")
		in_comment = 0
	}
	{
		text = $0
		if (in_comment) {
			if (!sub(/^.*\*\//, "", text))
				next
			in_comment = 0
		}
		gsub(/\/\*([^*]|\*[^\/])*\*\//, " ", text)
		if (sub(/\/\*.*/, "", text))
			in_comment = 1
	}
	text ~ /^[ \t]*#[ \t]*include[ \t]*"/ {
		split(text, part, "\"")
		target = part[2]
		folder = target
		sub(/\/.*/, "", folder)
		if (!index(allow[room], " " folder " ") && !index(allow[room], " " target " "))
			fault("rooms", room " includes " target)
		sub(/\.h$/, "", target)
		if (folder == room && target != unit)
			print "edge " unit " " target
		if (target == "core/strategy" && room != "core" && room != "registry")
			fault("strategy", room " includes core/strategy.h")
	}
	text ~ /include[ \t]*<(n?curses|ncursesw\/|term\.h)/ && FILENAME != "tui/caps.c" {
		fault("curses", "includes the terminal")
	}
	room == "core" && text ~ /include[ \t]*<(stdlib|stdio|unistd|fcntl)|(^|[^a-z_])(malloc|calloc|realloc|fopen|open)[ \t]*\(/ {
		fault("quiet", "memory or files in core")
	}
	room == "registry" && FILENAME != "registry/registry_load.c" && text ~ /(^|[^a-z_])(fopen|open)[ \t]*\(/ {
		fault("quiet", "files are opened by registry_load.c alone")
	}
	(room == "state" || room == "view" || room == "draw") &&
	text ~ /include[ \t]*<(stdio|time|unistd|fcntl)|(^|[^a-z_])(fopen|open|printf|time|clock_gettime)[ \t]*\(/ {
		fault("quiet", "files, clock or output in " room)
	}
	index(text, "\"") {
		for (i = 1; i <= ids_n; i++)
			if (index(text, "\"" id[i] "\"") && FILENAME != "core/usual.h" && !((FILENAME " " id[i]) in fine))
				fault("usual", "\"" id[i] "\" stands in core/usual.h")
	}
	text ~ /(^|[^a-zA-Z_])case[ \t]+(KNOB|Q)_/ {
		fault("cases", "a switch over knobs or quantities")
	}
	FILENAME != "base/base.h" && 	text ~ /_Static_assert|sizeof[ (][a-z_]+\)? *\/ *sizeof/ {
		fault("words", "static_assert and ARRAY_SIZE are what we write")
	}
	text ~ /^const struct [a-z]+ [a-z_0-9]+ = \{/ {
		split(text, part, " ")
		if (part[3] in list_of)
			record[part[4]] = part[3]
	}
	# "&schema_model", or "each(merge)" of a list that is made of one line for each
	text ~ /&[a-z]+_[a-z_0-9]+|each\([a-z_0-9]+\)/ {
		rest = text
		while (match(rest, /&[a-z]+_[a-z_0-9]+|each\([a-z_0-9]+/)) {
			name = substr(rest, RSTART, RLENGTH)
			sub(/^&[a-z]+_|^each\(/, "", name)
			named[FILENAME " " name] = 1
			rest = substr(rest, RSTART + RLENGTH)
		}
	}
	END {
		for (name in record) {
			rest = name
			sub(/^[a-z]+_/, "", rest)
			if (!((list_of[record[name]] " " rest) in named))
				print "listed: " name " is not in " list_of[record[name]]
		}
		for (room in allow)
			if (!(room in has))
				print "rooms: " room " has no sources"
	}' */*.[ch]
}

# RULE: edges "from to" in, a line for each circle out.
circles() {
	sort -u | tsort 2>&1 >/dev/null | awk -v rule="$1" '
	/loop|cycle/ { if (path) print rule ": " path; path = ""; next }
	{ sub(/^tsort: /, ""); path = path (path ? " -> " : "") $0 }
	END { if (path) print rule ": " path }'
}

# The newest object of each unit that still has a source: "FILE: SYMBOL TYPE ..." for each external name in it.
symbols() {
	for dir; do
		ls -t "$dir"/src/*/*.o "$dir"/src/*/.libs/*.o 2>/dev/null
	done | awk '{
		n = split($0, part, "/")
		room = part[n - 1] == ".libs" ? part[n - 2] : part[n - 1]
		unit = part[n]
		sub(/\.o$/, "", unit)
		sub(/^.*-/, "", unit)
		if (!seen[room "/" unit]++)
			print room "/" unit, $0
	}' | while read -r unit object; do
		[ ! -f "$unit.c" ] || echo "$object"
	done | tr '\n' '\0' | xargs -0 ${NM:-nm} -A -P -g 2>/dev/null |
		sed 's,^.*/src/,,; s,/\.libs/,/,; s,/[^/]*-,/,; s,\.o[^ ]*: , ,'
}

from_objects() {
	symbols "$@" | awk '
	$2 ~ /^__/ { next } # what a sanitizer puts beside our names
	$1 == "image/stb" && $2 ~ /^stbi/ { next } # constants that newer versions of stb leave external
	$3 == "U" { use[++n] = $1 " " $2; next }
	$3 ~ /^[TDRBSCV]$/ { home[$2] = $1 }
	END {
		for (i = 1; i <= n; i++) {
			split(use[i], part, " ")
			if (!(part[2] in home) || home[part[2]] == part[1])
				continue
			used[part[2]] = 1
			split(home[part[2]], to, "/")
			split(part[1], from, "/")
			if (to[1] == from[1])
				print "edge " part[1] " " home[part[2]]
		}
		for (name in home)
			if (!(name in used) && name != "main")
				print "single " name " " home[name]
	}'
}

# NAME HOME: true when another source, a test or a tool says the name; a build without some part has no object for that.
is_named() {
	grep -lw "$1" */*.c ../tests/*.[ch] ../fuzz/*.c ../bench/*.c ../tools/*.c ../include/vtok/vtok.h 2>/dev/null |
		grep -qvx "$2\.c"
}

found=$(from_sources)
printf '%s\n' "$found" | grep -v '^edge ' | grep .
printf '%s\n' "$found" | sed -n 's/^edge //p' | circles circles
[ $# -gt 0 ] || exit 0
found=$(from_objects "$@")
printf '%s\n' "$found" | sed -n 's/^edge //p' | circles calls
printf '%s\n' "$found" | sed -n 's/^single //p' | while read -r name home; do
	is_named "$name" "$home" || echo "alone: $home.c: nobody else uses $name"
done
exit 0
