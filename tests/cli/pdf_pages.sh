#!/bin/sh
# Pages of 50 made PDFs, against another reader of them: pdfinfo, of poppler-utils. MediaBox, CropBox, Rotate: on the page or on a
# node above it; corners in any order; parts of the CropBox outside; turns of every kind; UserUnit, which pdfinfo does not know.
# No CropBox reaches out of the top or the right of its MediaBox: pdfinfo 22.12 drops its other side too then, where ISO 32000-1,
# 14.11.2, has the part that both have in common.
. "${SRCDIR:-.}/tests/tap.sh"
cd "$tmp" || exit 99
command -v python3 >/dev/null || skip_all "no python3 here"
command -v pdfinfo >/dev/null || skip_all "no pdfinfo here (poppler-utils)"

cat >make.py <<'PY'
import random
r = random.Random(20261127)

def box(least, most):
    x, y, w, h = (round(r.uniform(a, b), r.choice([0, 0, 2])) for a, b in ((-50, 90), (-50, 90), (least, most), (least, most)))
    corners = [x, y, round(x + w, 2), round(y + h, 2)]
    if r.random() < .3:
        corners = [corners[2], corners[1], corners[0], corners[3]]
    if r.random() < .3:
        corners = [corners[0], corners[3], corners[2], corners[1]]
    return "[" + " ".join("%g" % c for c in corners) + "]"

def attributes(chance):
    out = ""
    if r.random() < chance:
        out += " /MediaBox " + box(1350, 2400)
    if r.random() < chance * .6:
        out += " /CropBox " + box(150, 1200)
    if r.random() < chance * .6:
        out += " /Rotate %d" % r.choice([0, 90, 180, 270, -90, 360, 450, -270])
    return out

units = open("units", "w")
for number in range(50):
    objects = {1: "<</Type/Catalog/Pages 2 0 R>>"}
    def node(parent, depth):
        me = max(list(objects) + [2]) + 1 if parent else 2
        objects[me] = ""
        kids = []
        for i in range(r.randint(1, 3)):
            if depth < 3 and r.random() < .5:
                kids.append(node(me, depth + 1))
            else:
                kid = (max(objects) + 1, 1)
                unit = round(r.uniform(.5, 9), 2) if r.random() < .2 else 1
                objects[kid[0]] = "<</Type/Page /Parent %d 0 R%s%s>>" % (me, attributes(.45), " /UserUnit %g" % unit if unit != 1 else "")
                units.write("f%02d %g\n" % (number, unit))
                kids.append(kid)
        count = sum(n for _, n in kids)
        objects[me] = "<</Type/Pages /Kids [%s] /Count %d%s%s>>" % (" ".join("%d 0 R" % k for k, _ in kids), count,
            " /Parent %d 0 R" % parent if parent else " /MediaBox " + box(1350, 1900), attributes(.3) if parent else "")
        return me, count
    node(0, 0)
    data, places = b"%PDF-1.6\n", {}
    for n in sorted(objects):
        places[n] = len(data)
        data += ("%d 0 obj\n%s\nendobj\n" % (n, objects[n])).encode()
    start = len(data)
    data += ("xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)).encode()
    for n in range(1, len(places) + 1):
        data += ("%010d 00000 n \n" % places[n]).encode()
    data += ("trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)).encode()
    open("f%02d.pdf" % number, "wb").write(data)
PY
python3 make.py || skip_all "the PDFs could not be made"

"$VTOK" count --no-config -m qwen2.5-vl-7b --dpi 720 -o csv --no-header f??.pdf >rows 2>&1
case $(head -n 1 rows) in
*"built without libqpdf"* | *"is not on this system"* | *"cannot confine"*) skip_all "$(head -n 1 rows | cut -d, -f11)" ;;
esac
for file in f??.pdf; do
	pdfinfo -box -f 1 -l 9999 "$file" 2>/dev/null | awk -v file="${file%.pdf}" '
		$1 == "Page" && $3 == "rot:" { turn[$2] = $4 }
		$1 == "Page" && $3 == "CropBox:" { w[$2] = $6 - $4; h[$2] = $7 - $5; n = $2 }
		END { for (i = 1; i <= n; i++) print file, (turn[i] % 180 ? h[i] " " w[i] : w[i] " " h[i]) }'
done >theirs
is "as many pages as pdfinfo finds" "$(wc -l <theirs)" "$(wc -l <rows)"
paste -d ' ' theirs units | awk '{ print $1, $2 * $5, $3 * $5 }' >points
# a size is rounded up to whole pixels, of a hundredth of a point that pdfinfo prints: one pixel is let through
awk -F'[ ,]' 'FNR == NR { name[FNR] = $1; w[FNR] = $2 * 10; h[FNR] = $3 * 10; next }
	$2 - w[FNR] > 1.2 || w[FNR] - $2 > 1.2 || $3 - h[FNR] > 1.2 || h[FNR] - $3 > 1.2 {
		print name[FNR] " line " FNR ": " $2 "x" $3 ", pdfinfo " w[FNR] "x" h[FNR] }' points rows >differ
is "each page has the size that pdfinfo finds" "" "$(head -n 5 differ)"
tap_end
