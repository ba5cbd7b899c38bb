#!/bin/sh
# The image view: what a processor does to a picture, in numbers that a pocket calculator gives too, and the picture
# itself in characters.
. "${SRCDIR:-.}/tests/tap.sh"
cd "$SRCDIR" || exit 99
frame() { "$VTOK" render --no-config --view image "$@" 2>&1; }

# NAME PATTERN, of $out
shows() { like "$1" "$2" "$out"; }

# 4032 x 3024 into 6 x 5 tiles of 384: 2304 / 4032 = 0.571; 2304 * 3/4 = 1728 of 1920 rows: a tenth is padding
out=$(frame --ascii --keys Tab -m llava-onevision-7b samples/photo.jpg)
shows "anyres: resized with its aspect kept" 'resized to +2,304 x 1,728 px'
shows "anyres: scale" 'scale +0\.571$'
shows "anyres: no distortion" 'distortion +none'
shows "anyres: padding" 'padding +10\.0 %'
shows "anyres: tiles" 'tiles +6 x 5 \+ overview'
shows "anyres: what is fed has its size" 'fed 2,304 x 1,920'
shows "anyres: the overview is drawn" '^ *\+ overview'
shows "anyres: an assumed page is called one" 'the picture is a whole page'

# a phone's photo: turned upright, then squeezed into a square: 896/3024 = 0.296, 896/4032 = 0.222, 4/3 = 33.3 %
out=$(frame --ascii --size 120x30 -m gemma-3-4b samples/photo-turned.jpg)
shows "square: turned upright" 'JPEG +3,024 x 4,032 px'
shows "square: as stored" 'stored as +4,032 x 3,024 px'
shows "square: who turned it" 'EXIF 6 +turned by vllm'
shows "square: two scales" 'scale +0\.296 x 0\.222'
shows "square: distortion" 'distortion +33\.3 %'
# no dpi: 4032 pixels are the 297 mm of A4, 344.8 dpi; 12 points are 57.5 pixels, times 0.222
shows "square: small print" '12-pt text +12\.8 px, was 57\.5'

# a scan that states 300 dpi: 12 points are 50 pixels; 3520/3508 of that is 50.2
out=$(frame --ascii --size 120x30 -m qwen3-vl-8b samples/letter-300dpi.jpg)
shows "merge: resized to whole blocks" 'resized to +2,496 x 3,520 px'
shows "merge: text height from the file's density" '12-pt text +50\.2 px, was 50\.0'
shows "merge: says where the density is from" 'from the 300 dpi|300 dpi the file states'
shows "merge: no padding" 'padding +none'

# 24 x 16 pixels become 336 x 336: 336 * 336 / (24 * 16) = 294
out=$(frame --size 100x30 -m llava-1.5-7b tests/data/images/tiny.png)
shows "upscaled for nothing" 'upscaled for nothing'
shows "... and how much" '294 times'
if decodes; then
	is "the picture is drawn in half-blocks" "yes" \
		"$(echo "$out" | grep -q '█████' && echo yes)"
else
	skip "the picture is drawn in half-blocks" "$undecoded"
fi

out=$(frame --ascii --keys Tab)
shows "without a picture the geometry is there" 'fed 1,024 x 1,024'
shows "without a picture: how to open one" 'o opens a picture'

head -c 5000 samples/photo.jpg >"$tmp/cut.jpg"
out=$(frame --ascii --size 160x30 "$tmp/cut.jpg")
shows "pixels that cannot be decoded: the size holds" 'JPEG +4,032 x 3,024 px'
if decodes; then
	shows "... and one line says why there is no picture" 'its pixels cannot be shown: the file is cut'
else
	skip "... and one line says why there is no picture" "$undecoded"
fi

# the middle of 37 x 79 tokens is column 19, row 40: (39 * 37) + 19 = 1462; column 18 * 32 = 576 of 1184 is 569.2 of 1170
# pixels, row 39 * 32 = 1248 of 2528 is 1249.98 of 2532
out=$(frame -m qwen3-vl-8b samples/phone.png)
shows "a token has a place" 'token +1,462 of 2,923'
shows "... a column and a row" 'column, row +19, 40 of 37 x 79'
shows "... a corner in the original" 'from +569, 1249$'
shows "... and another" 'to +600, 1282 px'
shows "... and patches" 'patches +2 x 2 of 16 px'
out=$(frame --keys 'Home Right Down Down' -m qwen3-vl-8b samples/phone.png)
shows "arrows go from token to token" 'token +76 of 2,923'
out=$(frame --keys 'End' -m llava-next-7b --size 100x40 samples/photo.jpg)
shows "a rule that drops tokens: no place is claimed" 'the rule drops or adds tokens'
out=$(frame --keys 'Tab Tab' --size 100x30 -m internvl3-8b samples/photo.jpg)
shows "one tile" 'one tile 448 x 448'
shows "... is said of a token" 'in tile +[0-9]+ of [0-9]+'
out=$(frame --keys 'Tab Tab Tab' --size 100x30 -m internvl3-8b samples/photo.jpg)
shows "Tab leads back to the picture" 'picture 4,032 x 3,024'
out=$(frame --keys + --size 100x30 -m qwen3-vl-8b 1024x1024)
shows "+ turns the knob as elsewhere" 'picture 1,056 x 1,056'
is "b leaves the picture alone" "" "$(frame --keys b samples/phone.png | grep 'visual tokens')"

out=$(frame --size 40x12 samples/phone.png)
shows "narrow: the numbers" 'PNG +1,170 x 2,532 px'
for size in 28x7 30x9 41x12 60x16 79x23 200x60 250x20; do
	frame --size $size samples/phone.png >"$tmp/out"
	is "$size is filled and not more" "${size#*x}" "$(wc -l <"$tmp/out" | tr -d ' ')"
done
tap_end
