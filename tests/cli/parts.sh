#!/bin/sh
# Files that hold many pictures: members of a tar and a zip, pages of a PDF, as arguments of count and in a scan.
. "${SRCDIR:-.}/tests/tap.sh"
images=$SRCDIR/tests/data/images
cd "$tmp" || exit 99
count() { "$VTOK" count -m qwen2.5-vl-7b -o csv --no-header "$@"; }
sizes() { count "$@" | awk -F, '{ print $NF, $4, $2 "x" $3 }'; }

mkdir tree && cp "$images/tiny.png" "$images/turned-300dpi.jpg" "$images/tiny.heic" tree/ && echo text >tree/label.txt &&
	echo nonsense >tree/bad.png
members="tree/bad.png error x
tree/tiny.heic ok 24x16
tree/tiny.png ok 24x16
tree/turned-300dpi.jpg ok 16x24"
named() { printf '%s\n' "$members" | sed "s#^#$1:#"; }

if command -v tar >/dev/null; then
	tar cf pics.tar tree
	is "members of a tar" "$(named pics.tar)" "$(sizes pics.tar | sort)"
	exits "a member that is no picture is an error" 1 count pics.tar
	head -c 3000 pics.tar >cut.tar
	exits "a tar that is cut off: exit code" 1 count cut.tar
	like "a tar that is cut off: a row says so" 'cut.tar: the tar ends inside a member|the tar ends inside a member' "$out"
	"$VTOK" scan --no-config -m qwen2.5-vl-7b --partial pics.tar >scan.out 2>&1
	like "scan names them so too" '"pics.tar:tree/tiny.png"' "$(cat scan.out)"
	for packer in gzip xz zstd bzip2; do
		if command -v $packer >/dev/null && $packer -c <pics.tar >"pics.$packer" 2>/dev/null; then
			"$VTOK" count --no-config -o csv --no-header "pics.$packer" >packed.out 2>&1
			like "a tar in $packer: the row says what to type" "$packer is no picture; a tar in it: [a-z]*cat FILE . vtok scan --from tar -" "$(cat packed.out)"
			$packer -dc "pics.$packer" | "$VTOK" scan --no-config -m qwen2.5-vl-7b --partial --from tar - >packed.out 2>/dev/null
			is "a tar in $packer: that is the tar" "$("$VTOK" scan --no-config -m qwen2.5-vl-7b --partial --from tar - <pics.tar)" "$(cat packed.out)"
		else
			skip "a tar in $packer" "no $packer here"
		fi
	done
else
	skip "members of a tar" "no tar here"
fi

if command -v python3 >/dev/null; then
	python3 - <<'PY'
import struct, zipfile
names = ["tree/tiny.png", "tree/label.txt", "tree/turned-300dpi.jpg", "tree/tiny.heic", "tree/bad.png"]
def make(path, method, **more):
    with zipfile.ZipFile(path, "w", method, **more) as z:
        for n in names:
            z.write(n)
make("stored.zip", zipfile.ZIP_STORED)
make("deflated.zip", zipfile.ZIP_DEFLATED)
with zipfile.ZipFile("wide.zip", "w") as z:  # numbers of 64 bits where 32 would do
    for n in names:
        with z.open(n, "w", force_zip64=True) as f:
            f.write(open(n, "rb").read())
data = open("deflated.zip", "rb").read()
open("shifted.zip", "wb").write(b"#!/bin/sh\n" * 99 + data)
open("comment.zip", "wb").write(data[:-2] + struct.pack("<H", 9000) + b"PK\5\6" * 2250)
locked = bytearray(data)
for sign, at in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
    locked[locked.find(sign) + at] |= 1
open("locked.zip", "wb").write(locked)
with zipfile.ZipFile("xz.zip", "w", zipfile.ZIP_LZMA) as z:
    z.write(names[0])
with zipfile.ZipFile("many.zip", "w") as z:
    for i in range(3000):
        z.writestr("%d.png" % i, open(names[0], "rb").read())
with zipfile.ZipFile("none.zip", "w") as z:
    z.write("tree/label.txt")
# every cut, every byte of the directory changed: an error or rows, never anything else
import os, subprocess
vtok = os.environ["VTOK"]
small = open("stored.zip", "rb").read()
end = small.find(b"PK\1\2")
for i in list(range(0, len(small), 199)) + list(range(end, len(small), 17)):
    for bad in (small[:i], small[:i] + bytes([small[i] ^ 0xff]) + small[i + 1:]):
        open("bad.zip", "wb").write(bad)
        code = subprocess.run([vtok, "count", "-m", "gpt-4o", "bad.zip"], capture_output=True).returncode
        if code not in (0, 1):
            print("# byte %d: exit %d" % (i, code))
            open("broken", "w")
open("tried", "w")
PY
	for kind in stored deflated wide; do
		is "members of a zip: $kind" "$(named $kind.zip)" "$(sizes $kind.zip | sort)"
	done
	is "a zip behind a program" "$(named shifted.zip)" "$(sizes shifted.zip 2>&1 | sort)"
	is "a zip with a comment that looks like its end" "$(named comment.zip)" "$(sizes comment.zip | sort)"
	is "an encrypted member" "encrypted in its zip" "$(count locked.zip | grep tiny.png | cut -d, -f11)"
	is "another method" "packed in its zip by a method other than deflate" "$(count xz.zip | cut -d, -f11)"
	is "a zip without pictures" "an archive without pictures" "$(count none.zip | cut -d, -f11)"
	is "3,000 members" 3000 "$(count many.zip | grep -c ',ok,')"
	is "scan reads a zip" "files,3000" "$("$VTOK" scan --no-config -m qwen2.5-vl-7b -o csv many.zip | grep -o 'files,3000')"
	exits "a zip has no end on a pipe" 2 sh -c '"$1" scan -m gpt-4o --from zip - <many.zip' sh "$VTOK"
	is "damaged zips" tried "$(ls broken tried 2>/dev/null)"
	exits "an archive without pictures behind a size" 1 "$VTOK" count --no-config -m gpt-4o -o csv --no-header 10x10 none.zip
	like "has its row" 'an archive without pictures,none.zip' "$out"
else
	skip "members of a zip" "no python3 here"
fi

# pages: letter; A4 lying; a part; turned; its own unit; from its parent; corners the wrong way round, indirect
cat >pages.pdf <<'PDF'
%PDF-1.6
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R 4 0 R 5 0 R 6 0 R 7 0 R 8 0 R 9 0 R] /Count 7 /MediaBox [0 0 612 792]>> endobj
3 0 obj <</Type /Page /Parent 2 0 R>> endobj
4 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 841.89 595.276]>> endobj
5 0 obj <</Type /Page /Parent 2 0 R /CropBox [36 36 324 900]>> endobj
6 0 obj <</Type /Page /Parent 2 0 R /Rotate -90>> endobj
7 0 obj <</Type /Page /Parent 2 0 R /UserUnit 2>> endobj
8 0 obj <</Type /Page /Parent 2 0 R /Rotate 180 /CropBox [9 9 9 9]>> endobj
9 0 obj <</Type /Page /Parent 2 0 R /MediaBox 10 0 R>> endobj
10 0 obj [100 11 0 R 0 0] endobj
11 0 obj 72 endobj
trailer <</Root 1 0 R /Size 12>>
%%EOF
PDF
count pages.pdf >pdf.out 2>&1
if grep -q -e 'built without libqpdf' -e 'is not on this system' -e 'cannot confine' pdf.out; then
	skip "pages of a PDF" "$(cut -d, -f11- pdf.out | tr -d '"' | cut -d: -f1)"
else
	is "pages of a PDF at 150 dots an inch" "pages.pdf:1 ok 1275x1650
pages.pdf:2 ok 1754x1241
pages.pdf:3 ok 600x1575
pages.pdf:4 ok 1650x1275
pages.pdf:5 ok 2550x3300
pages.pdf:6 ok 1275x1650
pages.pdf:7 ok 209x150" "$(sizes pages.pdf)"
	is "--dpi 72" "pages.pdf:1 ok 612x792" "$(sizes --dpi 72 pages.pdf | head -n 1)"
	exits "good pages" 0 count pages.pdf
	is "a sum of pages" 7 "$("$VTOK" count -m gpt-4o --sum -o csv --no-header pages.pdf | grep -c pages.pdf)"
	head -c 90 pages.pdf >cut.pdf
	exits "a PDF without pages: exit code" 1 count cut.pdf
	like "a PDF without pages: one row" 'damaged PDF' "$out"
	is "a PDF without pages: nothing else" "" "$err"
	{ echo '%PDF-1.4'; head -c 100000 /dev/urandom; } >noise.pdf
	exits "noise" 1 count noise.pdf
	like "noise: one row" 'damaged PDF' "$out"
	if command -v qpdf >/dev/null; then
		qpdf --warning-exit-0 --encrypt "" owner 256 -- pages.pdf owner.pdf 2>/dev/null
		is "encrypted, no password to read it" 7 "$(count owner.pdf | grep -c ',ok,')"
		qpdf --warning-exit-0 --encrypt user owner 256 -- pages.pdf user.pdf 2>/dev/null
		like "encrypted with a password" 'encrypted, and wants a password' "$(count user.pdf)"
		qpdf --warning-exit-0 --object-streams=generate pages.pdf streams.pdf 2>/dev/null
		is "objects in streams" "$(sizes pages.pdf | cut -d: -f2)" "$(sizes streams.pdf | cut -d: -f2)"
	else
		skip "encrypted, packed" "no qpdf here"
	fi
fi
is "as a line of a list it is one row" 1 "$(echo pages.pdf | count - | wc -l | tr -d ' ')"
exits "no other command takes it" 1 "$VTOK" explain -m gpt-4o pages.pdf
like "and says which does" 'vtok count FILE counts its pages' "$err"
tap_end
