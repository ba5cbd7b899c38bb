#!/bin/sh
# How near the pictures that `vtok fit --write` makes come to ImageMagick's Lanczos in linear light: five pictures, PSNR in dB
# (40 and more cannot be told apart by eye), and beside it ImageMagick's own Lanczos without linear light.
#   bench/resize.sh      (make bench runs it; VTOK and SRCDIR as in the tests)
: "${VTOK:=./vtok}" "${SRCDIR:=.}"
convert=$(command -v convert-im6.q16 || command -v magick || command -v convert) || {
	echo "resize: SKIP no ImageMagick"
	exit 0
}
compare=$(command -v compare) || {
	echo "resize: SKIP no compare of ImageMagick"
	exit 0
}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

psnr() { "$compare" -metric PSNR "$1" "$2" null: 2>&1 | sed 's/ .*//'; }

printf '%-20s %12s %16s %16s\n' picture size "vtok, dB" "gamma left, dB"
for name in photo.jpg photo-turned.jpg letter-300dpi.jpg phone.png screenshot.png; do
	file=$SRCDIR/samples/$name
	size=$("$VTOK" fit -m qwen3-vl-8b --tokens 1024 --write "$tmp/vtok.png" --force -o csv --no-header "$file" | cut -d, -f5,6 | tr , x)
	[ -n "$size" ] || exit 1
	"$convert" "$file" -auto-orient -colorspace RGB -filter Lanczos -resize "$size!" -colorspace sRGB -depth 8 "$tmp/linear.png" || exit 1
	"$convert" "$file" -auto-orient -filter Lanczos -resize "$size!" -depth 8 "$tmp/plain.png" || exit 1
	printf '%-20s %12s %16s %16s\n' "$name" "$size" "$(psnr "$tmp/vtok.png" "$tmp/linear.png")" "$(psnr "$tmp/plain.png" "$tmp/linear.png")"
done
