#!/bin/sh
# Does docs/dashboard.svg show what the program shows? It is made again, and has to have the same bytes: `make update-film` writes it.
. "${SRCDIR:-.}/tests/tap.sh"
film=$BUILDDIR/tools/make-film
# a frame is taken when the screen is quiet; a machine with too much to do may be quiet in the middle of one
for _ in 1 2 3; do
	(cd "$SRCDIR/samples" && "$film" "$tmp/new.svg") >"$tmp/film.log" 2>&1
	cmp -s "$tmp/new.svg" "$SRCDIR/docs/dashboard.svg" && break
done
like "the picture that moves is made" '^</svg>$' "$(tail -n 1 "$tmp/new.svg" 2>/dev/null || cat "$tmp/film.log")"
if cmp -s "$tmp/new.svg" "$SRCDIR/docs/dashboard.svg"; then
	ok "docs/dashboard.svg is what the program shows" true
elif ! decodes; then
	skip "docs/dashboard.svg is what the program shows" "$undecoded"
else
	is "docs/dashboard.svg is what the program shows: make update-film, and look at it" "" \
		"$(diff "$SRCDIR/docs/dashboard.svg" "$tmp/new.svg" | grep -c '^>') lines differ"
fi
if command -v python3 >/dev/null; then
	ok "it is XML" python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' "$SRCDIR/docs/dashboard.svg"
else
	skip "it is XML" "no python3 here"
fi
tap_end
