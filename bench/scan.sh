#!/bin/sh
# scan.sh VTOK [FILES]: `vtok scan` over many small pictures beside a program that opens each, reads 4 KiB and closes
# it (bench/bin/floor_files), and beside Pillow, exiftool and ImageMagick's identify where they are. All read the same
# list, in turn; the median of five rounds each. Files that are read once lie in the cache of the system.
vtok=${1:-./vtok} files=${2:-100000}
floor=${BUILDDIR:-$(dirname "$0")/..}/bench/bin/floor_files
[ -x "$floor" ] || floor=bench/bin/floor_files
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
"$floor" -g "$dir" "$files" || exit 1
find "$dir" -type f >"$dir.list"
trap 'rm -rf "$dir" "$dir.list"' EXIT

seconds() { # COMMAND...: user and system time of the whole, and on the wall
	for _ in 1 2 3 4 5; do
		start=$(date +%s.%N)
		"$@" <"$dir.list" >/dev/null 2>&1
		echo "$start $(date +%s.%N)" | awk '{ printf "%.3f\n", $2 - $1 }'
	done | sort -n | sed -n 3p
}
say() { # NAME SECONDS
	awk -v name="$1" -v s="$2" -v n="$files" -v floor="$base" \
		'BEGIN { printf "%-34s %10.0f files/s  %6.3f s  %6.3f of the floor\n", name, n / s, s, floor / s }'
}
base=$(seconds "$floor" -)
say "open, read 4 KiB, close" "$base"
say "vtok scan -" "$(seconds "$vtok" scan --no-config -m qwen2.5-vl -)"
say "vtok scan FOLDER" "$(seconds "$vtok" scan --no-config -m qwen2.5-vl "$dir")"
say "vtok scan -j0 -" "$(seconds "$vtok" scan --no-config -j0 -m qwen2.5-vl -)"
if python3 -c 'import PIL' 2>/dev/null; then
	say "Pillow" "$(seconds python3 -c 'import sys
from PIL import Image
for line in sys.stdin: Image.open(line.rstrip("\n")).size')"
fi
if command -v exiftool >/dev/null; then
	say "exiftool" "$(seconds exiftool -fast2 -ImageSize -T -@ -)"
fi
if command -v identify >/dev/null; then
	head -n 1000 "$dir.list" >"$dir.few" && mv "$dir.few" "$dir.list"
	files=$(wc -l <"$dir.list") base=$(seconds "$floor" -)
	say "identify (1,000 files)" "$(seconds sh -c 'xargs -n 100 identify -ping -format "%w %h\n"')"
fi
