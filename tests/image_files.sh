#!/bin/sh
# Pictures and what is none on the command line: one row or one line each, the exact words, the exit code.
. "${SRCDIR:-.}/tests/tap.sh"
cd "$SRCDIR" || exit 99
count() { "$VTOK" count -m llava-1.5-7b -o csv --no-header "$@" 2>/dev/null; }

# NAME REASON FILE
refused() {
	is "$1" "llava-1.5-7b,,,error,,,,,,,$2,$3" "$(count "$3")"
	exits "$1: exit code" 1 "$VTOK" count -m llava-1.5-7b "$3"
}

# as displayed: the turned photo stands upright
sizes=$(count samples/*.jpg samples/*.png | cut -d, -f2,3,12)
is "the samples have their sizes" "2480,3508,samples/letter-300dpi.jpg
3024,4032,samples/photo-turned.jpg
4032,3024,samples/photo.jpg
1170,2532,samples/phone.png
1920,1080,samples/screenshot.png" "$sizes"
exits "good pictures: exit code" 0 "$VTOK" count -m llava-1.5-7b samples/photo.jpg tests/data/images/tiny.gif \
	tests/data/images/tiny.bmp tests/data/images/lossless.webp

refused "a missing file" "no such file" /nonexistent/letter.jpg
refused "a directory" "is a directory" /
refused "a device" "not a regular file" /dev/null
refused "a text" '"not an image (PNG, JPEG, GIF, BMP, WebP, TIFF, AVIF, HEIC or JPEG XL)"' samples/README
: >"$tmp/empty.png"
refused "a file of no bytes" "the file is empty" "$tmp/empty.png"
head -c 20 samples/photo.jpg >"$tmp/cut.jpg"
refused "a cut JPEG" "truncated JPEG: the header is cut off" "$tmp/cut.jpg"
head -c 20 samples/phone.png >"$tmp/cut.png"
refused "a cut PNG" "truncated PNG: the header is cut off" "$tmp/cut.png"
printf 'II*\0\010\0\0\0' >"$tmp/scan.tif"
refused "a cut TIFF" "truncated TIFF: the header is cut off" "$tmp/scan.tif"
is "TIFF, AVIF, HEIC and JPEG XL have their sizes, as displayed" "16,24 24,16 16,24 24,16 24,16 16,24 " \
	"$(cd tests/data/images && count turned-300dpi.tif big.tif turned.avif tiny.heic bare.jxl turned.jxl |
		cut -d, -f2,3 | tr '\n' ' ')"
head -c 16 samples/phone.png >"$tmp/lying.png"
printf '\177\377\377\377\0\0\0\001\010\002\0\0\0\0\0\0\0' >>"$tmp/lying.png"
refused "a lying PNG" '"PNG of 2147483647x1: a side is at most 1,000,000,000 pixels"' "$tmp/lying.png"
mkfifo "$tmp/pipe.png"
refused "a pipe nobody writes to" "not a regular file" "$tmp/pipe.png"

# a command that draws one picture draws no other in its place
tui=
"$VTOK" tui --help >/dev/null 2>&1 && tui=tui
for command in render 'render --view image' chart 'chart -o csv' 'chart -o svg' explain estimate $tui; do
	exits "$command, a missing file: exit code" 1 "$VTOK" $command /nonexistent/letter.jpg
	is "$command, a missing file: one line" "vtok: /nonexistent/letter.jpg: no such file" "$err"
	is "$command, a missing file: and nothing else" "" "$out"
	exits "$command, a text: exit code" 1 "$VTOK" $command samples/README
	is "$command, a text: one line" "vtok: samples/README: not an image (PNG, JPEG, GIF, BMP, WebP, TIFF, AVIF, HEIC or JPEG XL)" "$err"
done

is "the others are done all the same" "2" "$(count samples/photo.jpg /nonexistent samples/phone.png | grep -c ',ok,')"
tap_end
