#!/bin/sh
# vtok fit --write, --write-dir, --settings: files that meet the budget when they are counted again, whole or not at all.
. "${SRCDIR:-.}/tests/tap.sh"

decodes || skip_all "$undecoded"
field() { printf '%s\n' "$out" | sed -n "$1p" | cut -d, -f"$2"; }

# one picture, lying on its side in the file
photo=$SRCDIR/samples/photo-turned.jpg
exits "a picture is written" 0 "$VTOK" fit -m qwen3-vl-8b --tokens 300 --write "$tmp/a.jpg" -o csv --no-header "$photo"
is "with the size that was found" "$(field 1 5,6)" "$("$VTOK" count -o csv --no-header "$tmp/a.jpg" | cut -d, -f2,3)"
is "its tokens" 287 "$("$VTOK" count -m qwen3-vl-8b -o csv --no-header "$tmp/a.jpg" | cut -d, -f7)"
ok "it is upright without a tag" sh -c 'grep -aq Exif "$1" && ! grep -aq Exif "$2"' - "$photo" "$tmp/a.jpg"
exits "never over a file" 1 "$VTOK" fit -m qwen3-vl-8b --tokens 200 --write "$tmp/a.jpg" -o csv --no-header "$photo"
is "its row says so" error "$(field 1 15)"
is "the file is the old one" 287 "$("$VTOK" count -m qwen3-vl-8b -o csv --no-header "$tmp/a.jpg" | cut -d, -f7)"
exits "but by force" 0 "$VTOK" fit -m qwen3-vl-8b --tokens 200 --force --write "$tmp/a.jpg" -o csv --no-header "$photo"
ok "then it is the new one" test "$("$VTOK" count -m qwen3-vl-8b -o csv --no-header "$tmp/a.jpg" | cut -d, -f7)" -le 200
"$VTOK" fit --tokens 300 --quality 20 --write "$tmp/q20.jpg" "$photo" >/dev/null
"$VTOK" fit --tokens 300 --quality 95 --write "$tmp/q95.jpg" "$photo" >/dev/null
ok "quality counts" test "$(wc -c <"$tmp/q20.jpg")" -lt "$(wc -c <"$tmp/q95.jpg")"

# what holds is copied as it is
exits "a picture that holds" 0 "$VTOK" fit --tokens 9000 --write "$tmp/same.png" -o csv --no-header "$SRCDIR/tests/data/images/tiny.png"
ok "keeps every byte" cmp -s "$tmp/same.png" "$SRCDIR/tests/data/images/tiny.png"
{ cat "$SRCDIR/tests/data/images/tiny.png" && head -c 2000000 /dev/zero; } >"$tmp/long.png"
exits "so does one of 2 MB" 0 "$VTOK" fit --tokens 9000 --write "$tmp/same2.png" -o csv --no-header "$tmp/long.png"
ok "with every byte" cmp -s "$tmp/same2.png" "$tmp/long.png"

# a stream of files with bad ones among them
mkdir "$tmp/in"
cp "$SRCDIR/samples/screenshot.png" "$tmp/in/one.png"
head -c 3000 "$photo" >"$tmp/in/cut.jpg"
echo text >"$tmp/in/text.jpg"
cp "$SRCDIR/tests/data/images/tiny.gif" "$tmp/in/drawing.gif"
printf '%s\n' "$tmp/in/one.png" "$tmp/in/cut.jpg" "$tmp/in/text.jpg" "$tmp/in/none.png" "$tmp/in/drawing.gif" >"$tmp/list"
exits "many, and bad ones among them" 1 "$VTOK" fit -m internvl3-8b --tokens 1300 --write-dir "$tmp/made" -o csv --no-header - <"$tmp/list"
is "each has its row" "ok error error error ok" "$(printf '%s\n' "$out" | cut -d, -f15 | tr '\n' ' ' | sed 's/ $//')"
is "the good ones are there, and nothing else" "drawing.png one.png" "$(ls "$tmp/made" | tr '\n' ' ' | sed 's/ $//')"
ok "within the budget" test "$("$VTOK" count -m internvl3-8b -o csv --no-header "$tmp/made/one.png" | cut -d, -f7)" -le 1300

# one longest side for all
exits "with --common" 1 "$VTOK" fit --common --tokens 500 --write-dir "$tmp/common" -o csv --no-header "$tmp/in/one.png" "$photo" 640x480
is "a size alone is no picture" "ok ok error" "$(printf '%s\n' "$out" | cut -d, -f15 | tr '\n' ' ' | sed 's/ $//')"
is "each is written at the size of its row" "$(printf '%s\n' "$out" | sed 2q | cut -d, -f5,6)" \
	"$("$VTOK" count -o csv --no-header "$tmp/common/one.png" "$tmp/common/photo-turned.jpg" | cut -d, -f2,3)"

# what goes with what
for bad in "--write a.gif x.png" "--write a.jpg x.png y.png" "--write a.jpg -" "--write a.jpg --write-dir d x.png" "--force x.png" \
	"--write-dir d --aspects x.png" "--write a.png -m qwen3-vl-8b -m internvl3-8b x.png" "--quality 101 --write a.jpg x.png" \
	"--settings all x.png y.png" "--settings all -" "--settings all --aspects 640x480" "--settings all --common 640x480" \
	"--settings all -m qwen3-vl-8b -m internvl3-8b 640x480" "--settings vlm 640x480" "--settings vllm@new 640x480"; do
	# shellcheck disable=SC2086 # words
	exits "refused: $bad" 2 "$VTOK" fit --tokens 100 $bad
done
exits "a folder that cannot be" 1 "$VTOK" fit --tokens 100 --write-dir "$tmp/no/such/place" "$photo"
like "says why" "no/such/place: No such file or directory" "$err"
: >"$tmp/a file"
exits "a file where a folder should be" 1 "$VTOK" fit --tokens 100 --write-dir "$tmp/a file" "$photo"
like "says so" "a file: not a folder" "$err"
exits "settings for a file that is not there" 1 "$VTOK" fit --tokens 100 --settings all "$tmp/nothing.png"
like "says which" "nothing.png: no such file" "$err"
exits "a size is no picture" 1 "$VTOK" fit --tokens 100 --write "$tmp/b.png" -o csv --no-header 640x480
ok "nothing was written" test ! -e "$tmp/b.png"
ln -s /dev/null "$tmp/device.png"
exits "a device is no file to write over" 1 "$VTOK" fit --tokens 300 --force --write "$tmp/device.png" -o csv --no-header "$photo"
mkdir "$tmp/full"
exits "a disk that is full" 1 sh -c 'trap "" XFSZ; ulimit -f 8; exec "$0" "$@"' "$VTOK" fit --tokens 300 --write "$tmp/full/b.png" -o csv --no-header "$photo"
like "the row says so" 'error,.*(File too large|No space)' "$out"
is "and nothing is left of it" "" "$(ls -A "$tmp/full")"

# settings
exits "settings of one engine" 0 "$VTOK" fit -m qwen2.5-vl-7b --tokens 1024 --settings vllm@0.20 -o csv 4032x3024
is "their columns" engine,version,scope,text,unit,trap,source,verified "$(printf '%s\n' "$out" | head -1)"
like "a line to copy" 'max_pixels' "$out"
exits "where nothing holds there is a reason" 1 "$VTOK" fit -m llava-1.5 --tokens 10 --settings vllm 640x480
exits "a model without a cap" 0 "$VTOK" fit -m llava-1.5 --tokens 576 --settings vllm -o csv --no-header 640x480
is "is told to resize before" "vllm,,client,resize before sending,,,," "$out"
tap_end
