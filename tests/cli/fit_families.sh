#!/bin/sh
# vtok fit --write of every family, end to end: a small picture that each has to make smaller, within half of what it takes.
. "${SRCDIR:-.}/tests/tap.sh"

decodes || skip_all "$undecoded"
"$VTOK" fit -m qwen3-vl-8b --tokens 400 --write "$tmp/small.jpg" "$SRCDIR/samples/screenshot.png" >/dev/null
n=0 wrong=
for id in $("$VTOK" models -o csv --no-header | awk -F, '$2 == "processor" || $2 == "hosted" {print $1}'); do
	whole=$("$VTOK" count -m "$id" -o csv --no-header "$tmp/small.jpg" | cut -d, -f5)
	[ "${whole:-0}" -gt 1 ] || continue
	line=$("$VTOK" fit -m "$id" --tokens $((whole / 2 + 20)) --force --write "$tmp/family.jpg" -o csv --no-header "$tmp/small.jpg") || continue
	got=$("$VTOK" count -m "$id" ${line:+--detail "$(printf '%s\n' "$line" | cut -d, -f8 | sed 's/^$/auto/')"} -o csv --no-header "$tmp/family.jpg" |
		awk -F, '{print $7 == "" ? $5 : $7}')
	[ "$got" -le $((whole / 2 + 20)) ] && [ "$got" = "$(printf '%s\n' "$line" | cut -d, -f7)" ] || wrong="$wrong $id:$got"
	n=$((n + 1))
done
is "every written file has the tokens that its row says" "" "$wrong"
ok "of most families ($n)" test "$n" -ge 110
tap_end
