#!/bin/sh
# vtok count -: one row for every line, in order, whatever it holds; threads change nothing; memory stays.
. "${SRCDIR:-.}/tests/tap.sh"
stream() { "$VTOK" count -m qwen2.5-vl-7b -o csv --no-header "$@" -; }

printf '640x480\r\n\n640,480\n640 480\n  640X480  \nnonsense\n0x0\n1x2\0z\n28x28' >"$tmp/odd"
is "spellings, CRLF, empty and bad lines, no newline at the end" "ok:640x480
error:
ok:\"640
ok:640 480
ok:  640X480  
error:nonsense
error:0x0
error:1x2?z
ok:28x28" "$(stream <"$tmp/odd" | sed 's/"\(  640X480  \)"/\1/' | awk -F, '{ print $4 ":" $12 }')"
exits "bad lines are counted in the exit code" 1 sh -c '"$1" count - <"$2"' sh "$VTOK" "$tmp/odd"
exits "good lines are fine" 0 sh -c 'echo 1x1 | "$1" count -' sh "$VTOK"
exits "nothing is fine" 0 sh -c '"$1" count - </dev/null' sh "$VTOK"

awk 'BEGIN { x = "a"; while (length(x) < 300000) x = x x; print x; print "1x1"; print substr(x, 1, 4097); print "2x2" }' |
	stream >"$tmp/long"
is "a line without end is one row, and the next one is whole" "error ok error ok " \
	"$(awk -F, '{ printf "%s ", $4 }' "$tmp/long")"
is "a line without end is cut" "" "$(awk 'length > 4300' "$tmp/long")"

awk -v n=100000 -f "$SRCDIR/bench/sizes.awk" >"$tmp/sizes"
printf 'bad\n\n6994x25\n' >>"$tmp/sizes"
stream <"$tmp/sizes" >"$tmp/rows"
is "as many rows as lines" 100003 "$(wc -l <"$tmp/rows" | tr -d ' ')"
is "in order" "" "$(sed 's/.*,//' "$tmp/rows" | diff - "$tmp/sizes" | head -3)"
for j in 2 3 8 0; do
	stream -j $j <"$tmp/sizes" >"$tmp/rows-j"
	ok "-j $j gives the same bytes" cmp "$tmp/rows" "$tmp/rows-j"
done
"$VTOK" count -o json -m qwen2.5-vl-7b -j 3 - <"$tmp/sizes" >"$tmp/json"
is "json from several threads is one list" "array 100003" "$("$BUILDDIR/tests/run-json" "" <"$tmp/json")"
is "arguments and the stream mix" "1x1 2x2 3x3 4x4 " \
	"$(printf '2x2\n3x3\n' | stream 1x1 - 4x4 2>/dev/null | awk -F, '{ printf "%s ", $12 }')"

# a row comes back before the next line is sent
mkfifo "$tmp/to" "$tmp/from"
for j in 1 3; do
	stream -j $j <"$tmp/to" >"$tmp/from" &
	exec 3>"$tmp/to" 4<"$tmp/from"
	echo 640x480 >&3
	read -r answer <&4
	echo 28x28 >&3
	read -r second <&4
	exec 3>&- 4<&-
	wait
	like "-j $j answers when the input pauses" '^qwen2.5-vl-7b,640,480,ok,391' "$answer"
	like "-j $j answers again" '^qwen2.5-vl-7b,28,28,ok,4' "$second"
done

# a sanitized program cannot live under a limit of addresses, nor one that is emulated
if [ "${SANITIZE:-no}" = no ] && (ulimit -v 60000; exec "$VTOK" --version) >/dev/null 2>&1; then
	yes 1920x1080 | head -2000000 | (ulimit -v 60000; stream) | tail -1 >"$tmp/last"
	like "two million lines within 60 MB of addresses" '^qwen2.5-vl-7b,1920,1080,ok,2691' "$(cat "$tmp/last")"
else
	skip "two million lines within 60 MB of addresses" "a sanitized or emulated program needs more addresses"
fi

# it keeps files of its own under HOME
HOME=$tmp
export HOME
if parallel --version 2>/dev/null | grep -q GNU; then
	# its command is a line for a shell
	counted='"$VTOK" count -m qwen2.5-vl-7b -o csv --no-header -'
	parallel --pipe --block 100k -j 2 --keep-order "$counted" \
		<"$tmp/sizes" >"$tmp/parallel" 2>"$tmp/parallel.err"
	ok "GNU parallel gives the same bytes" cmp "$tmp/rows" "$tmp/parallel"
	total='{ n += $5; s += $7 } END { printf "%d %d\n", n, s }'
	is "and the same totals in any order" "$(awk -F, "$total" "$tmp/rows")" "$(
		parallel --pipe --block 50k -j 3 "$counted" \
			<"$tmp/sizes" 2>/dev/null | awk -F, "$total")"
else
	skip "GNU parallel gives the same bytes" "no GNU parallel"
	skip "and the same totals in any order" "no GNU parallel"
fi
# names that end with a NUL, as find -print0 writes them: a newline, a return, blanks belong to the name
odd=$(printf '%s/a\nb\r.png' "$tmp")
cp "$SRCDIR/tests/data/images/tiny.png" "$odd"
for command in count check 'fit --tokens 999'; do
	printf '%s\0%s\0' "$odd" 64x48 >"$tmp/null"
	is "$command -0: a name with a newline is one record" 0,0,0 "$(
		"$VTOK" $command -m gpt-4o -0 -o csv --no-header - <"$tmp/null" >"$tmp/null.csv" 2>"$tmp/null.err"
		printf '%s,' $?
		grep -c 'no such file' "$tmp/null.csv" "$tmp/null.err" | sed 's/.*://' | paste -s -d, -)"
done
is "count -0: two rows" 2 "$(stream -0 <"$tmp/null" | wc -l | tr -d ' ')"
is "count -0: the lines of a list are one record" 1 "$(printf '1x1\n2x2\n' | stream -0 | wc -l | tr -d ' ')"
is "count -0 -j 4: the same" "$(stream -0 <"$tmp/null")" "$(stream -0 -j 4 <"$tmp/null")"

# a byte order mark, as PowerShell and editors write it, with the first line and by itself
mark=$(printf '\357\273\277')
for command in count check 'fit --tokens 999' 'fit --common --tokens 999' 'scan --from paths' 'scan --from auto'; do
	for input in 640x480 "$SRCDIR/samples/photo.jpg"; do
		case $command$input in *paths640x480) continue ;; esac
		plain=$(echo "$input" | "$VTOK" $command -m gpt-4o - 2>&1)
		marked=$(printf '%s%s\r\n' "$mark" "$input" | "$VTOK" $command -m gpt-4o - 2>&1)
		is "$command: a byte order mark before ${input##*/}" "$plain" "$marked"
	done
done
is "a mark that comes by itself" "$(echo 640x480 | stream)" "$({ printf %s "$mark"; sleep 0.2; echo 640x480; } | stream)"
is "a mark in the second line is a name's" error "$(printf '1x1\n%s1x1\n' "$mark" | stream | sed -n 2p | cut -d, -f4)"

# characters that nobody sees, in names: escaped or replaced wherever they come out
for hex in e280ae e281a6 e281a9 e2808b e280a8 f3a08181 efbfbf c29b 9b 1b; do
	leaks=
	raw=$(printf "$(echo "$hex" | awk '{ for (i = 1; i < length($0); i += 2) printf "\\%03o", index("0123456789abcdef", substr($0, i, 1)) * 16 - 16 + index("0123456789abcdef", substr($0, i + 1, 1)) - 1 }')")
	for format in csv json jsonl md table; do
		"$VTOK" count -m qwen2.5-vl-7b -o $format "x${raw}y.png" >"$tmp/seen" 2>&1
		LC_ALL=C grep -qF "$raw" "$tmp/seen" && leaks="$leaks $format"
	done
	"$VTOK" check -m gpt-4o "x${raw}y.png" >"$tmp/seen" 2>&1
	LC_ALL=C grep -qF "$raw" "$tmp/seen" && leaks="$leaks check"
	"$VTOK" explain -m qwen2.5-vl-7b "x${raw}y.png" >"$tmp/seen" 2>&1
	LC_ALL=C grep -qF "$raw" "$tmp/seen" && leaks="$leaks explain"
	is "bytes $hex in a name reach nobody" "" "$leaks"
done
tap_end
