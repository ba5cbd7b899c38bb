#!/bin/sh
# How many branches of the program the tests took: tests/coverage.sh FOLDER, one that was built with --enable-coverage and
# whose tests ran (`make coverage` does both). A source that is compiled several times, as inline functions are, counts once.
# Prints a line per file, least covered first, then src/core and all of src.
cd "$1" || exit 1
find . -name '*.gcda' | while read -r data; do
	${GCOV:-gcov} --branch-probabilities --branch-counts --stdout "$data" 2>/dev/null
done | awk '
	/^ *-: *0:Source:/ { file = $0; sub(/.*Source:(\.\/)?/, "", file); ours = file ~ /^src\//; next }
	!ours { next }
	/^ *[-#=0-9*]+: *[0-9]+:/ { split($0, part, ":"); line = part[2] + 0; n = 0; next }
	/^branch / {
		key = file ":" line ":" n++
		if (!(key in seen)) { seen[key] = 1; all[file]++ }
		if ($0 !~ /never executed/ && $4 > 0 && !(key in taken)) { taken[key] = 1; hit[file]++ }
	}
	function show(name, most, part) {
		if (most)
			printf "%6.1f %%  %5d of %5d  %s\n", 100 * part / most, part, most, name
	}
	END {
		sorted = "sort -n"
		for (file in all) {
			printf "%6.1f %%  %5d of %5d  %s\n", 100 * hit[file] / all[file], hit[file], all[file], file | sorted
			whole += all[file]; whole_hit += hit[file]
			if (file ~ /^src\/core\//) { core += all[file]; core_hit += hit[file] }
		}
		close(sorted)
		print "branches taken by the tests:"
		show("src/core", core, core_hit)
		show("src", whole, whole_hit)
		exit !whole
	}'
