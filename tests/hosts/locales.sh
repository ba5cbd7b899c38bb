#!/bin/sh
# Numbers are written and read with a point whatever the language: the same bytes with a decimal comma (de_DE), without UTF-8
# (C) and as the tests have it (C.UTF-8). In a built tree; the locale is made in a temporary folder.
#
#	tests/hosts/locales.sh
#
# Ends with one line, PASS, FAIL or SKIP; exit 0, 1 or 77.
set -u
suite=locales
. "$(dirname "$0")/system.sh"
work_folder
[ -x ./vtok ] || skip "no ./vtok here (./bootstrap)"
localedef -i de_DE -f UTF-8 "$work/de_DE.UTF-8" 2>"$work/log" || skip "no de_DE: $(tail -n 1 "$work/log")"
LOCPATH=$work XDG_CONFIG_HOME=/nonexistent SOURCE_DATE_EPOCH=1795651200
export LOCPATH XDG_CONFIG_HOME SOURCE_DATE_EPOCH
[ "$(LC_ALL=de_DE.UTF-8 awk 'BEGIN { print 1 }' && LC_ALL=de_DE.UTF-8 locale decimal_point)" = "$(printf '1\n,')" ] ||
	skip "the locale that was made has no comma"
tried=0
same() { # ARGUMENT...
	LC_ALL=C.UTF-8 ./vtok "$@" >"$work/want" 2>&1
	status=$?
	for language in C de_DE.UTF-8; do
		LC_ALL=$language ./vtok "$@" >"$work/found" 2>&1
		[ $? -eq $status ] && cmp -s "$work/want" "$work/found" || {
			diff "$work/want" "$work/found" | head -n 6
			fail "$language: vtok $*"
		}
		tried=$((tried + 1))
	done
}
same count -o csv --all 1920x1080
same count -o json samples/letter-300dpi.jpg
same estimate -o csv --utilisation 0.85 1920x1080
same estimate -o json -m gemma-3-4b --gpu-price 2.5
same explain -o json 1920x1080
same fit -m qwen3-vl-8b --ttft 1.5s -o csv 1920x1080
same chart -o csv
same chart -o svg
same plan -m qwen3-vl-8b -g h100 --rate 2.5 --ttft 0.5s -o csv 1280x720
same models -o csv
same hardware -o json
same import tests/data/import/qwen3-vl-30b-a3b-copy
same render --ascii --size 120x40 1920x1080
# who types a comma gets one line, and the same one
same estimate --utilisation 0,85
echo "PASS $suite: $tried runs"
