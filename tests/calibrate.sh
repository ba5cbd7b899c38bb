#!/bin/sh
# bench/calibrate.py against a simulated GPU: the fit finds the constants of the formula again, and what it prints is a
# registry file that vtok reads. The same constants are in the class Simulated.
. "$SRCDIR/tests/tap.sh"

if ! command -v python3 >/dev/null 2>&1; then
	echo '1..0 # SKIP python3 is not installed'
	exit 0
fi

value() { awk -F' *= *' -v key="$1" '$1 == key { split($2, n, " "); print n[1] }' "$tmp/sections.ini"; }
between() { awk -v v="$(value "$1")" -v least="$2" -v most="$3" 'BEGIN { exit !(v >= least && v <= most) }'; }

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
calibrate() { python3 "$SRCDIR/bench/calibrate.py" "$@"; }
exits 'fits a simulated device' 0 calibrate --simulate --hardware h100-sxm --csv "$tmp/times.csv"
printf '%s\n' "$out" >"$tmp/sections.ini"

ok 'share of the peak' between e-f16 0.75 0.81
ok 'share of the bandwidth' between e-bandwidth 0.79 0.85
ok 'launch' between launch 3.6 4.4
ok 'attention, heads of 64' between attention-64 0.45 0.55
ok 'attention, heads of 128' between attention-128 0.57 0.67
like 'overrides the generation of the device' '^\[generation hopper\]' "$out"
ok 'errors on unseen rows are small' awk '/median error/ { n++; v = $0; sub(/.*: /, "", v); if (v + 0 > 4) bad = 1 }
	END { exit !(n == 4 && !bad) }' "$tmp/sections.ini"
like 'the measured times name their device' '^# simulated device' "$(head -n 1 "$tmp/times.csv")"
is 'columns' 'kind,name,m,n,k,batch,heads,head,tokens,causal,seconds' "$(sed -n 2p "$tmp/times.csv")"
ok 'four models, three sizes, two parts' test "$(grep -Ec '^(vision|llm),' "$tmp/times.csv")" -eq 24
exits 'vtok reads the sections' 0 "$VTOK" hardware -f "$tmp/sections.ini" h100-sxm
like 'and uses them' 'measured by bench/calibrate.py' "$out"
exits 'a device without peaks' 0 calibrate --simulate --quick
like 'is a new one' '^\[hardware my-gpu\]' "$out"
exits 'an unknown device' 2 calibrate --simulate --hardware no-such-gpu

tap_end
