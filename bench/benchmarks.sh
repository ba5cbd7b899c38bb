#!/bin/sh
# Prints docs/benchmarks.md: every bench, run here and now. `make bench` writes it (VTOK, SRCDIR and BUILDDIR as in the tests).
# A bench that is beyond its limit says so in its own words, and the end is status 1.
: "${VTOK:=./vtok}" "${SRCDIR:=.}" "${BUILDDIR:=.}"
export VTOK SRCDIR BUILDDIR
beyond=0
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# COMMAND...: its output as a block
block() {
	echo
	"$@" >"$tmp/out" 2>&1 || beyond=1
	# names of folders are this machine's own
	sed "s|$BUILDDIR/||g; s|$SRCDIR/||g; s/[ 	]*\$//; s/^\(.\)/    \1/" "$tmp/out"
	cat "$tmp/out" >&2
}
text() {
	echo
	cat
}
ends() { # LINES COMMAND...
	n=$1
	shift
	"$@" >"$tmp/long"
	status=$?
	tail -n "$n" "$tmp/long"
	return $status
}

cat <<-'EOF'
	# Benchmarks

	What vtok takes beside floors (the least that a program of its kind can do, `bench/floor_*.c`) and beside programs that people know, all in one run
	of `make bench`, which writes this page. Ratios are what to compare: programs are started in turns, the others run one
	directly after another. Times are those of the machine below.
EOF
text <<-EOF
	    $(uname -sm)
	    $(sed -n 's/^model name[	 ]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1), $(getconf _NPROCESSORS_ONLN) processors
	    $(${CC:-cc} --version 2>/dev/null | head -n 1)
	    load $(cut -d ' ' -f 1-3 /proc/loadavg 2>/dev/null)
EOF

text <<-'EOF'
	## Start

	From just before exec to the last byte of the first frame, in a terminal of 120x40; the floor is an ncurses program that draws a box.
	Medians of 21 starts, and the least. The others draw what they are for: processes, a folder, a repository.
EOF
if [ -x "$BUILDDIR/bench/bin/start" ]; then
	cd "$SRCDIR" || exit 1
	block "$BUILDDIR/bench/bin/start" "$VTOK 1920x1080" "$BUILDDIR/bench/bin/floor_curses" htop "ncdu src" tig
else
	echo && echo "    built without the dashboard"
fi

text <<-'EOF'
	## Counting

	A stream of sizes in one model. Floors: a C program that maps the file, parses, rounds once and prints, then one with stdio; the usual way
	is a function of Python that does what the real processor does.
EOF
block sh "$SRCDIR/bench/count.sh"

text <<-'EOF'
	## Estimating

	One estimate of everything, mean of all checkpoints, beside a floor that does its floating-point work; a curve of the chart; the next cheaper size.
EOF
block "$BUILDDIR/bench/bench-estimate"

text <<-'EOF'
	## The largest size for a budget

	Beside brute force over all sizes, with the same answer.
EOF
block ends 3 "$BUILDDIR/bench/bin/fit" 16

text <<-'EOF'
	## Frames

	One whole frame at 200x60 by view and metric, as a function of the state, beside a floor that fills the same cells.
EOF
block "$BUILDDIR/bench/bin/bench_frame"

text <<-'EOF'
	## Scanning files

	Many small pictures, beside a program that opens each, reads 4 KiB and closes it.
EOF
block sh "$SRCDIR/bench/scan.sh" "$VTOK" 5000

text <<-'EOF'
	## Pictures made smaller

	`vtok fit --write` against ImageMagick's Lanczos in linear light: 40 dB and more cannot be told apart by eye.
EOF
block sh "$SRCDIR/bench/resize.sh"
exit $beyond
