# Image sizes for the benchmarks, the same in every run: `awk -v n=1000000 -f sizes.awk`. A linear congruence, because
# rand() differs between awks.
BEGIN {
	x = 12345
	for (i = 0; i < n; i++) {
		x = (x * 69069 + 1) % 16777216
		w = 64 + x % 4033
		x = (x * 69069 + 1) % 16777216
		h = 64 + x % 4033
		printf "%dx%d\n", w, h
	}
}
