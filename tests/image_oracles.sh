#!/bin/sh
# Sizes and orientations of TIFF, AVIF, HEIC and JPEG XL against the programs of the libraries that decode them: files of
# random sizes and ways of writing. VTOK_ORACLE_FILES=N makes N files of each format in place of a few.
. "${SRCDIR:-.}/tests/tap.sh"
files=${VTOK_ORACLE_FILES:-4}
seed=${VTOK_SEED:-1}
tap_note "seed $seed, $files files of each format"

# Sizes for the whole run: file number, width, height, two dice of 0 to 7.
awk -v n="$files" -v seed="$seed" 'BEGIN {
	srand(seed)
	for (i = 1; i <= n; i++)
		printf "%d %d %d %d %d\n", i, 1 + exp(rand() * 6.2), 1 + exp(rand() * 6.2), rand() * 8, rand() * 8
}' >"$tmp/sizes"

missing() { # PROGRAM...
	for program; do
		command -v "$program" >/dev/null 2>&1 || {
			echo "$program"
			return 0
		}
	done
	return 1
}

# As displayed, in the order of the files' names.
ours() {
	(cd "$tmp/$1" && printf '%s\n' * | "$VTOK" count -m llava-1.5-7b -o csv --no-header - | awk -F, '{ print $NF, $2 "x" $3 }')
}

# FORMAT PROGRAM...: makes files by make_FORMAT FILE WIDTH HEIGHT DIE DIE and asks the oracle size_FORMAT FILE
compare() {
	format=$1
	shift
	if none=$(missing "$@"); then
		skip "$format: sizes as displayed" "$none is not here"
		return
	fi
	mkdir "$tmp/$format"
	while read -r n width height a b; do
		"make_$format" "$tmp/$format/f$n" "$width" "$height" "$a" "$b" >/dev/null 2>&1 ||
			rm -f "$tmp/$format/f$n"
	done <"$tmp/sizes"
	made=$(ls "$tmp/$format" | wc -l)
	if [ "$made" -eq 0 ]; then
		skip "$format: sizes as displayed" "its encoder made no file"
		return
	fi
	expected=$(cd "$tmp/$format" && for n in *; do echo "$n $("size_$format" "$n")"; done)
	echo "$expected" >"$tmp/expected"
	is "$format: sizes as displayed of $made files" "" "$(ours "$format" | diff "$tmp/expected" - | head -n 20)"
	rm -rf "${tmp:?}/$format"
}

turned() { # WIDTHxHEIGHT ORIENTATION
	case $2 in
	[5-8]) echo "${1#*x}x${1%x*}" ;;
	*) echo "$1" ;;
	esac
}

pick() { # NUMBER WORD...
	shift "$(($1 + 1))"
	echo "$1"
}

make_tiff() {
	convert -size "$2x$3" "xc:rgb($4,99,200)" \
		-orient "$(pick "$4" TopLeft TopRight BottomRight BottomLeft LeftTop RightTop RightBottom LeftBottom)" \
		-endian "$(pick $(($5 % 2)) LSB MSB)" -compress "$(pick $(($5 / 2)) none lzw zip rle)" "tiff$(pick $(($5 % 2)) '' 64):$1"
}
size_tiff() {
	turned "$(tiffinfo "$1" 2>/dev/null | sed -n 's/^ *Image Width: \([0-9]*\) Image Length: \([0-9]*\).*/\1x\2/p')" \
		"$(tiffinfo "$1" 2>/dev/null | sed -n 's/^ *Orientation: row 0 [lr]hs,.*/6/p')"
}

png() { convert -size "$2x$3" "gradient:rgb(9,$4,20)-white" "png:$1"; }

make_avif() {
	png "$1.png" "$2" "$3" "$4" &&
		avifenc -s 10 -y 444 --irot $(($4 % 4)) $([ $(($5 % 3)) -eq 0 ] || echo --imir $(($5 % 2))) "$1.png" "$1.avif"
	mv "$1.avif" "$1"
	status=$?
	rm -f "$1.png"
	return $status
}
size_avif() {
	avifdec --info "$1" | awk '/\* Resolution/ { size = $4 } /irot/ { turn = $NF }
		END { split(size, side, "x"); print turn % 2 ? side[2] "x" side[1] : size }'
}

make_heic() {
	png "$1.png" "$2" "$3" "$4" && heif-enc -q 20 "$1.png" -o "$1"
	status=$?
	rm -f "$1.png"
	return $status
}
size_heic() { heif-info "$1" | awk '/^image:/ { print $2; exit }'; }

make_jxl() {
	convert -size "$2x$3" "gradient:rgb(9,$4,20)-white" "jpeg:$1.jpg" &&
		exiftool -q -n -overwrite_original -Orientation=$(($4 + 1)) "$1.jpg" &&
		cjxl -e 1 -j $(($5 % 2)) --container=$(($5 / 4)) "$1.jpg" "$1.jxl" && mv "$1.jxl" "$1"
	status=$?
	rm -f "$1.jpg"
	return $status
}
size_jxl() {
	turned "$(jxlinfo "$1" | sed -n 's/^JPEG XL image, \([0-9x]*\),.*/\1/p')" \
		"$(jxlinfo "$1" | sed -n 's/^Orientation: \([0-9]\).*/\1/p')"
}

compare tiff convert tiffinfo
compare avif convert avifenc avifdec
compare heic convert heif-enc heif-info
compare jxl convert exiftool cjxl jxlinfo
tap_end
