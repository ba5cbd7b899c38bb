#!/bin/sh
# Pixels of the formats whose libraries are loaded for the file at hand: made by the formats' own tools, decoded by vtok and
# by the tool, and compared value by value. What a tool or a library is missing for is left out, with the reason.
. "${SRCDIR:-.}/tests/tap.sh"
cd "$tmp" || exit 99

command -v python3 >/dev/null || skip_all "no python3 here"

# compare.py OURS.png THEIRS: the greatest difference of any value of two pictures, alpha too. Reads PNG of 8 bits, PPM, and
# TIFF of RGBA strips without compression, which is what tiff2rgba writes (its colours are multiplied by alpha: so are ours).
cat >compare.py <<'PY'
import struct, sys, zlib

def png(b):
    at, data, w, h, kind, palette = 8, b"", 0, 0, 0, None
    while at < len(b):
        n, name = struct.unpack(">I4s", b[at:at + 8])
        body = b[at + 8:at + 8 + n]
        at += 12 + n
        if name == b"IHDR":
            w, h, bits, kind = struct.unpack(">IIBB", body[:10])
            assert bits == 8 and body[12] == 0, "a PNG of other bits"
        elif name == b"IDAT":
            data += body
    c = {0: 1, 2: 3, 4: 2, 6: 4}[kind]
    raw, out, last = zlib.decompress(data), [], bytes(w * c)
    for y in range(h):
        f, row = raw[y * (w * c + 1)], bytearray(raw[y * (w * c + 1) + 1:(y + 1) * (w * c + 1)])
        for i in range(w * c):
            a, u, ul = (row[i - c] if i >= c else 0), last[i], (last[i - c] if i >= c else 0)
            p = a + u - ul
            near = min((abs(p - a), 0, a), (abs(p - u), 1, u), (abs(p - ul), 2, ul))[2]
            row[i] = (row[i] + [0, a, u, (a + u) // 2, near][f]) & 255
        out.append(row)
        last = row
    px = []
    for row in out:
        for x in range(w):
            v = row[x * c:(x + 1) * c]
            px.append(tuple(v[:1]) * 3 + (v[1],) if c == 2 else tuple(v[:1]) * 3 + (255,) if c == 1 else tuple(v) + (255,) * (4 - c))
    return w, h, px

def ppm(b):
    head = b.split(None, 4)
    w, h, c = int(head[1]), int(head[2]), 3 if head[0] == b"P6" else 1
    v = b[len(b) - w * h * c:]
    return w, h, [(tuple(v[i * c:(i + 1) * c]) * (3 // c)) + (255,) for i in range(w * h)]

def tiff(b):
    e = "<" if b[:2] == b"II" else ">"
    at, tags = struct.unpack(e + "I", b[4:8])[0], {}
    for i in range(struct.unpack(e + "H", b[at:at + 2])[0]):
        tag, kind, n, value = struct.unpack(e + "HHI4s", b[at + 2 + 12 * i:at + 14 + 12 * i])
        size = {3: 2, 4: 4}.get(kind)
        if size:
            where = value if n * size <= 4 else b[struct.unpack(e + "I", value)[0]:]
            tags[tag] = struct.unpack(e + "%d%s" % (n, "H" if size == 2 else "I"), where[:n * size])
    w, h, c = tags[256][0], tags[257][0], tags.get(277, (1,))[0]
    v = b"".join(b[o:o + n] for o, n in zip(tags[273], tags[279]))
    return w, h, [tuple(v[i * c:(i + 1) * c]) + (255,) * (4 - c) for i in range(w * h)]

def read(path):
    b = open(path, "rb").read()
    return (png if b[:4] == b"\x89PNG" else ppm if b[:1] == b"P" else tiff)(b)

ours, theirs = read(sys.argv[1]), read(sys.argv[2])
assert ours[:2] == theirs[:2], "%dx%d, not %dx%d" % (ours[:2] + theirs[:2])
worst = 0
for a, b in zip(ours[2], theirs[2]):
    if len(sys.argv) > 3:
        a = tuple((v * a[3] + 127) // 255 for v in a[:3]) + a[3:]
    worst = max(worst, max(abs(x - y) for x, y in zip(a, b)))
print(worst)
PY

# A picture that codecs have work with: waves of all colours, edges, and with alpha a ramp of it.
python3 - <<'PY'
import math, struct, zlib
def write(path, w, h, c):
    rows = b""
    for y in range(h):
        rows += b"\0"
        for x in range(w):
            p = [int(127 + 120 * math.sin(x / 7 + y / 11)), int(127 + 120 * math.cos(x / 5)), 255 if (x // 16 + y // 16) % 2 else y]
            rows += bytes(p + ([255 * x // (w - 1)] if c == 4 else []))
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    open(path, "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 6 if c == 4 else 2, 0, 0, 0)) +
                           chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
write("wave.png", 90, 62, 3)
write("clear.png", 90, 62, 4)
write("odd.png", 67, 45, 3)
PY

# written NAME FILE: our pixels of it, in ours.png; where there are none the test of that name is left out, or fails
written() {
	[ -s "$2" ] || { skip "$1" "the tool made no such file: it has no encoder here" && return 1; }
	rm -f ours.png
	row=$("$VTOK" fit --no-config --tokens 100000 --write ours.png -o csv --no-header "$2")
	case $row in
	*"without lib"* | *"is not on this system"* | *"has no decoder of"* | *"cannot confine"*) skip "$1" "${row##*,}" ;;
	*)
		[ ! -s ours.png ] || return 0
		is "$1" "a picture" "$row"
		;;
	esac
	return 1
}
# same NAME FILE WHAT-THE-TOOL-MADE [multiplied]: within one step of 255, for tools that compute in floating point
same() {
	name=$1 file=$2 theirs=$3
	shift 3
	written "$name" "$file" || return
	[ -s "$theirs" ] || { skip "$name" "the tool gave no picture" && return; }
	worst=$(python3 compare.py ours.png "$theirs" "$@" 2>&1 | tail -n 1)
	case $worst in
	0 | 1) ok "$name" true ;;
	*) is "$name" "no difference" "$worst" ;;
	esac
}
# with TOOL NAME: whether the tool is there; otherwise the test of that name is left out
with() {
	case $1 in
	# other programs have this name too
	convert) convert -version 2>/dev/null | grep -q ImageMagick && return ;;
	*) command -v "$1" >/dev/null && return ;;
	esac
	skip "$2" "no $1 here"
	return 1
}
made() { "$@" >/dev/null 2>&1; }

if with avifenc "AVIF" && with avifdec "AVIF"; then
	made avifenc -s 10 wave.png wave.avif && made avifdec wave.avif theirs.png
	same "AVIF: 4:4:4" wave.avif theirs.png
	made avifenc -s 10 --lossless clear.png clear.avif && made avifdec clear.avif theirs.png
	same "AVIF: without loss, transparent" clear.avif theirs.png
	made avifenc -s 10 --irot 1 wave.png turned.avif
	written "AVIF: a turn of its boxes is made" turned.avif &&
		is "AVIF: a turn of its boxes is made" 62,90 "$("$VTOK" count --no-config -o csv --no-header ours.png | cut -d, -f2,3)"
fi
if with heif-enc "HEIC" && with heif-convert "HEIC"; then
	made heif-enc -q 80 wave.png -o wave.heic && made heif-convert wave.heic theirs.png
	same "HEIC" wave.heic theirs.png
	made heif-enc -q 80 odd.png -o odd.heic && made heif-convert odd.heic theirs.png
	same "HEIC: odd sides, cut from what is coded" odd.heic theirs.png
fi
if with cjxl "JPEG XL" && with djxl "JPEG XL"; then
	made cjxl -d 0 wave.png wave.jxl && made djxl wave.jxl theirs.png
	same "JPEG XL: without loss" wave.jxl theirs.png
	made cjxl -d 2 odd.png odd.jxl && made djxl odd.jxl theirs.png
	same "JPEG XL: with loss" odd.jxl theirs.png
	made cjxl -d 0 clear.png clear.jxl && made djxl clear.jxl theirs.png
	same "JPEG XL: transparent" clear.jxl theirs.png
fi
if with convert "TIFF" && with tiff2rgba "TIFF"; then
	for how in none zip jpeg group4; do
		made convert wave.png -compress $how wave-$how.tif && made tiff2rgba -c none wave-$how.tif theirs.tif
		same "TIFF: $how" wave-$how.tif theirs.tif
	done
	made convert clear.png -compress lzw clear.tif && made tiff2rgba -c none clear.tif theirs.tif
	same "TIFF: transparent" clear.tif theirs.tif multiplied
	made convert wave.png -colors 16 -type palette pal.tif && made tiff2rgba -c none pal.tif theirs.tif
	same "TIFF: a palette" pal.tif theirs.tif
	made convert wave.png -depth 16 -interlace plane deep.tif && made tiff2rgba -c none deep.tif theirs.tif
	same "TIFF: 16 bits, planes" deep.tif theirs.tif
	if with tiffcp "TIFF: tiles"; then
		made tiffcp -t -w 32 -l 32 -c zip wave-none.tif tiles.tif && made tiff2rgba -c none tiles.tif theirs.tif
		same "TIFF: tiles" tiles.tif theirs.tif
		made tiffcp -8 -B wave-none.tif big.tif && made tiff2rgba -c none wave-none.tif theirs.tif
		same "TIFF: 64 bits of places, big endian" big.tif theirs.tif
	fi
	# what libtiff makes no RGB of ends in its own sentence
	made convert wave.png -define quantum:format=floating-point -depth 32 float.tif
	"$VTOK" fit --no-config --tokens 100000 --write float.png -o csv --no-header float.tif >float.row
	like "TIFF: floating point is refused, with a reason" 'error,.*(libtiff|Sorry|confine)' "$(cat float.row)"
fi

# the program itself is linked with none of them
if command -v objdump >/dev/null; then
	needed=$(objdump -p "$VTOK" 2>/dev/null | awk '$1 == "NEEDED" { print $2 }' | grep -E 'heif|jxl|tiff|qpdf|stdc' | tr '\n' ' ')
	is "none of these libraries is linked" "" "$needed"
else
	skip "none of these libraries is linked" "no objdump here"
fi

# huge on paper: one line each, in time, and nothing written
python3 - <<'PY'
import struct
tags = [(256, 4, 1, 12000), (257, 4, 1, 8000), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 8000), (279, 4, 1, 96000000)]
open("huge.tif", "wb").write(b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) +
                             b"".join(struct.pack("<HHII", *t) for t in tags) + struct.pack("<I", 0))
PY
row=$("$VTOK" fit --no-config --tokens 100 --write huge.png -o csv --no-header huge.tif)
like "huge.tif: one line" 'error,"?its pixels cannot be written: ' "$row"
ok "huge.tif: nothing is written" test ! -e huge.png
tap_end
