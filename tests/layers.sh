#!/bin/sh
# The house holds: tests/layers_rules.sh says its rules and finds nothing in the tree, and finds each violation that is
# planted in a copy of it, by the rule it breaks and by no other. See HACKING.md.
. "${SRCDIR:-.}/tests/tap.sh"
src=${SRCDIR:-.} build=${BUILDDIR:-.}
rules() { sh "$src/tests/layers_rules.sh" "$@"; }

of_sources='rooms circles curses quiet strategy usual cases listed words'
of_objects='calls alone'
{ : | tsort; } >/dev/null 2>&1 || skip_all "no tsort here"
if [ -z "$(${NM:-nm} -P -g "$build"/src/base/*error.o "$build"/src/base/.libs/*error.o 2>/dev/null)" ]; then
	of_objects= build=
fi

rules "$src" ${build:+"$build"} >"$tmp/found"
for rule in $of_sources $of_objects; do
	is "$rule: $(sed -n "s/^#   $rule *\(.*\)/\1/p" "$src/tests/layers_rules.sh" | sed 's/ *(objects)$//')" "" \
		"$(sed -n "s/^$rule: //p" "$tmp/found")"
done
[ -n "$of_objects" ] || skip "calls, alone" "no nm that reads the objects here"

# A copy of the sources with one thing wrong in each of some files: every one is found by its rule, and nothing else is.
copy=$tmp/copy
mkdir -p "$copy/src"
for room in "$src"/src/*/; do
	mkdir "$copy/src/$(basename "$room")" && cp "$room"*.[ch] "$copy/src/$(basename "$room")"
done
for dir in tests fuzz bench tools include; do
	ln -s "$(cd "$src" && pwd)/$dir" "$copy/$dir"
done
mkdir "$copy/src/attic" "$tmp/objects" "$tmp/objects/src" "$tmp/objects/src/base"
chmod -R u+w "$copy/src"

# RULE WHAT FILE TEXT [PATTERN]: TEXT at the end of FILE; the rule says a line that begins with FILE, or PATTERN.
planted() {
	printf '\n%s\n' "$4" >>"$copy/src/$3"
	printf '%s\t%s\t%s\n' "$1" "$2" "${5:-$3:}" >>"$tmp/plants"
}
planted rooms "core looks up" core/grid.c '#include "registry/registry.h"'
planted rooms "somebody includes cli" tui/tui.c '#  include "cli/options.h"'
planted rooms "state looks at cells" state/state.h '#include "draw/cells.h"'
planted rooms "draw looks into the registry" draw/cells.c '#include "registry/registry.h"'
planted rooms "a folder in no row" attic/old.c 'int old;'
planted circles "two units that include each other" core/reason.h '#include "core/model.h"' '.*core/reason'
planted circles "three of them" base/utf8.h '#include "base/unit.h"' '.*base/utf8'
planted curses "curses in a view" view/screen.c '#include <ncurses.h>'
planted quiet "memory in core" core/kv.c 'static void *grab(void) { return malloc(1); }'
planted quiet "a file in core" core/params.c '#include <stdio.h>'
planted quiet "a file opened beside registry_load.c" registry/kinds.c 'static int f(void) { return open("x", 0); }'
planted quiet "the clock in state" state/turn.c 'static long now(void) { return time(0); }'
planted strategy "a view asks the strategy" view/notes.c '#include "core/strategy.h"'
planted usual "a usual id once more" cli/setup.c 'static const char *card = "h100-sxm";'
planted cases "a switch over knobs" cli/out.c 'static int f(int k) { switch (k) { case KNOB_KV: return 1; } return 0; }'
planted cases "a switch over quantities" view/bars.c 'static int f(int k) { switch (k) { case Q_TTFT: return 1; } return 0; }'
planted words "another word for static_assert" base/str.c '_Static_assert(1, "");'
planted words "a quotient of sizes" base/arena.c 'static int a[2], n = sizeof(a) / sizeof(a[0]);'
for kind in command:cli/cmd strategy:core/strategy schema:registry/schema panel:view/panel view:view/view; do
	name=${kind#*:}_planted
	planted listed "a ${kind%%:*} in no list" "$name.c" \
		"const struct ${kind%%:*} $(basename "$name") = {0};" "$(basename "$name") "
done
printf '/* malloc(1), "vllm"\n case KNOB_KV: */ /* #include <stdio.h> */\n' >>"$copy/src/core/arith.c" # said, not done
if [ -n "$of_objects" ]; then
	planted alone "a function that nobody calls" base/lonely.c 'int lonely(void); int lonely(void) { return 1; }'
	planted calls "two units that call each other" base/ping.c \
		'int ping(void), pong(void); int ping(void) { return pong(); }' '.*base/p[io]ng'
	printf 'int ping(void), pong(void);\nint pong(void) { return ping(); }\n' >"$copy/src/base/pong.c"
	for unit in lonely ping pong; do
		${CC:-cc} -c -o "$tmp/objects/src/base/$unit.o" "$copy/src/base/$unit.c"
	done
fi

rules "$copy" ${build:+"$build" "$tmp/objects"} | grep -vxF -f "$tmp/found" >"$tmp/spoken"
while IFS='	' read -r rule what pattern; do
	like "planted: $what" "^$rule: $pattern" "$(cat "$tmp/spoken")"
	grep -v "^$rule: $pattern" "$tmp/spoken" >"$tmp/rest"
	mv "$tmp/rest" "$tmp/spoken"
done <"$tmp/plants"
is "planted: no rule speaks of anything else" "" "$(cat "$tmp/spoken")"
tap_end
