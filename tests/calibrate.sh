#!/bin/sh
# bench/calibrate.py against a simulated GPU: the fit finds the constants of the formula again, and what it prints is a
# registry file that vtok reads. The same constants are in the class Simulated.
. "$SRCDIR/tests/tap.sh"

command -v python3 >/dev/null 2>&1 || skip_all "python3 is not installed"

value() { awk -F' *= *' -v key="$1" '$1 == key { split($2, n, " "); print n[1] }' "$tmp/sections.ini"; }
between() { awk -v v="$(value "$1")" -v least="$2" -v most="$3" 'BEGIN { exit !(v >= least && v <= most) }'; }

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
calibrate() { python3 "$SRCDIR/bench/calibrate.py" "$@"; }
exits 'fits a simulated device' 0 calibrate --simulate --hardware h100-sxm --csv "$tmp/times.csv"
printf '%s\n' "$out" >"$tmp/sections.ini"

# 0.78, 0.5, 0.62 and 0.3 in a short test; 0.9 of it without a pause
ok 'share of the peak' between e-f16 0.67 0.73
ok 'share of the bandwidth' between e-bandwidth 0.79 0.85
ok 'launch' between launch 3.6 4.4
ok 'attention, heads of 64' between attention-64 0.41 0.49
ok 'attention, heads of 128' between attention-128 0.52 0.60
ok 'attention, heads of 72' between attention-unaligned 0.24 0.30
like 'overrides the generation of the device' '^\[generation hopper\]' "$out"
ok 'errors on unseen rows are small' awk '/median error/ { n++; v = $0; sub(/.*: /, "", v); if (v + 0 > 4) bad = 1 }
	END { exit !(n == 4 && !bad) }' "$tmp/sections.ini"
like 'the measured times name their device' '^# simulated device' "$(head -n 1 "$tmp/times.csv")"
is 'columns' 'kind,name,m,n,k,batch,heads,head,tokens,causal,seconds' "$(sed -n 2p "$tmp/times.csv")"
ok 'four models, three sizes, two parts' test "$(grep -Ec '^(vision|llm),' "$tmp/times.csv")" -eq 24
# the same times, read again, give the same constants
exits 'fits a file again' 0 calibrate --hardware h100-sxm --measured "$tmp/times.csv"
ok 'to the same constants' test "$(printf '%s\n' "$out" | grep '^[elsahw].* = [0-9]')" = \
	"$(grep '^[elsahw].* = [0-9]' "$tmp/sections.ini")"
exits 'vtok reads the sections' 0 "$VTOK" hardware -f "$tmp/sections.ini" h100-sxm
like 'and uses them' 'measured by bench/calibrate.py' "$out"
exits 'a device without peaks' 0 calibrate --simulate --quick
like 'is a new one' '^\[hardware my-gpu\]' "$out"
exits 'an unknown device' 2 calibrate --simulate --hardware no-such-gpu

# an H100, measured: hardware.ini has what the fit gives, and whole models that it has not seen come out near
exits 'fits the measured H100' 0 calibrate --hardware h100-sxm --measured "$SRCDIR/tests/data/measured/calibrate-h100.csv"
printf '%s\n' "$out" >"$tmp/h100.ini"
for key in e-f16 e-fp8 e-bandwidth launch smooth attention-64 attention-128 attention-unaligned waves-half attention-launch \
	half-causal half-bidir; do
	is "$key is the fitted one" "$(sed -n "s/^$key *= //p" "$tmp/h100.ini")" \
		"$(sed -n '/^\[generation hopper\]/,/^$/p' "$SRCDIR/hardware.ini" | sed -n "s/^$key *= //p")"
done
unseen() { awk -v what="$1" -v most="$2" -F'[:%] *' 'index($0, what) { ok = $2 + 0 > 0 && $2 + 0 <= most } END { exit !ok }' \
	"$tmp/h100.ini"; }
ok 'whole towers within 10 %' unseen 'whole towers' 10
ok 'whole language models within 5 %' unseen 'whole language models' 5

exits 'a file needs its device' 2 calibrate --measured "$tmp/times.csv"
exits 'no such file' 2 calibrate --hardware h100-sxm --measured "$tmp/none.csv"
while IFS='|' read -r what line why; do
	{ head -n 3 "$tmp/times.csv"; printf '%s\n' "$line"; } >"$tmp/bad.csv"
	exits "$what" 1 calibrate --hardware h100-sxm --measured "$tmp/bad.csv"
	like "$what is said" "bad.csv:4: $why" "$err"
done <<'END'
a short line|gemm,,16|3 fields instead of 11
a word for a size|gemm,,many,1024,1024,,,,,,5e-06|invalid literal
no size|gemm,,16,1024,,,,,,,5e-06|no .k.
a negative size|gemm,,-16,1024,1024,,,,,,5e-06|a size that is not positive
endless seconds|gemm,,16,1024,1024,,,,,,inf|seconds out of range
no such model|llm,gpt-9,448,,,1,,,296,1,0.009|no .gpt-9.
END
echo hello >"$tmp/bad.csv"
exits 'another file' 1 calibrate --hardware h100-sxm --measured "$tmp/bad.csv"

tap_end
