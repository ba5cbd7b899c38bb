#!/bin/sh
# Do README, docs/ and the manual say what the program does? Every example in them is run and compared (documents.awk says how an
# example is written).
#     tests/documents.sh --update    writes what the commands print into docs/*.md and README.md (`make update-docs`)
. "${SRCDIR:-.}/tests/tap.sh"
PATH=$(dirname "$VTOK"):$PATH
NO_COLOR=1
export PATH NO_COLOR

# The folder where a page's commands run: the sample pictures and, but for the tutorial, what stands for the reader's own.
folder() { # PAGE
	rm -rf "$tmp/work" && mkdir -p "$tmp/work" && cp "$SRCDIR"/samples/* "$tmp/work/" && chmod -R u+w "$tmp/work" || exit 99
	case $1 in */tutorial.md) return ;; esac
	mkdir "$tmp/work/pictures" && cp "$SRCDIR"/samples/p*.* "$tmp/work/pictures/" &&
		printf '1920x1080\n640x480\n1024x768\n' >"$tmp/work/sizes.txt" || exit 99
	printf '{"model":"qwen3-vl-8b","max_tokens":100,"messages":[{"role":"user","content":[%s,{"type":"image_url","image_url":{"url":"data:image/png;base64,%s"}}]}]}\n' \
		'{"type":"text","text":"What is this?"}' "$(base64 <"$SRCDIR/samples/screenshot.png" | tr -d '\n')" >"$tmp/work/batch.jsonl"
}
run() { # PAGE MAN UPDATE
	awk -v dir="$tmp/work" -v name="${1##*/}" -v man="$2" -v update="$3" -f "$SRCDIR/tests/documents.awk" "$1"
}
pages="$SRCDIR/README.md $(echo "$SRCDIR"/docs/*.md)"

if [ "${1-}" = --update ]; then
	for page in $pages; do
		folder "$page"
		run "$page" no yes >"$tmp/page" && { cmp -s "$tmp/page" "$page" || cp "$tmp/page" "$page"; }
	done
	exit
fi

decodes || no_pixels=yes
results() {
	while IFS= read -r line; do
		case ${no_pixels-}$line in
		yes1\ *--write\ * | yes1\ *small.* | yes1\ *tutorial*\ scan\ *) skip "${line#* }" "$undecoded" && continue ;; # what it writes, or was to write
		esac
		case $line in
		[01]\ *) tap_result "${line%% *}" "${line#* }" ;;
		2\ *) skip "${line#* }" "not here" ;;
		*) echo "$line" ;;
		esac
	done <"$tmp/results"
}
for page in $pages "$SRCDIR"/man/vtok.[135]; do
	folder "$page"
	case $page in
	*.md) run "$page" no no ;;
	*) run "$page" yes no ;;
	esac >"$tmp/results" 2>&1
	results
done

# README's indented lines: each does what it says, with status 0. The one that opens the dashboard is drawn instead.
folder README.md
grep '^    \(vtok\|find\) ' "$SRCDIR/README.md" | sed 's/^    //; s/  *# .*//' >"$tmp/lines"
ok "README has its useful lines" test "$(grep -c . "$tmp/lines")" -ge 10
while IFS= read -r line; do
	case $line in
	'vtok --'*) line="vtok render ${line#vtok }" ;;
	esac
	want=0
	case $line in
	'vtok check'*) want=1 ;; # the answer to "does the server take it?" is no
	esac
	exits "README: $line" $want sh -c "cd '$tmp/work' && $line"
	ok "README: prints something: $line" test -s "$tmp/out"
done <"$tmp/lines"

# What else README shows: names that are known, and a model of one's own that counts.
sed -n '/^## Names/,/^## Your/p' "$SRCDIR/README.md" | grep -o '`[^` ]*:[^` ]*`' | tr -d '`' >"$tmp/names"
ok "README has names" test "$(grep -c . "$tmp/names")" -ge 3
exits "README: its names are known" 0 "$VTOK" models --no-config --check "$tmp/names"
sed -n '/^    \[processor my-vl\]/,/^$/s/^    //p' "$SRCDIR/README.md" >"$tmp/my.ini"
is "README: the section of one's own counts" "my-vl,1008,756,ok,972,2" \
	"$("$VTOK" count --no-config --no-header -f "$tmp/my.ini" -m my-vl -o csv 1008x756 | cut -d, -f1-6)"

# Links between the pages lead somewhere.
for page in "$SRCDIR"/*.md "$SRCDIR"/docs/*.md "$SRCDIR"/fuzz/*.md; do
	for link in $(grep -o '](\([^):]*\))' "$page" | sed 's/^](//; s/)$//; s/#.*//'); do
		[ -e "$(dirname "$page")/$link" ] || broken="$broken ${page##*/}:$link"
	done
done
is "every link of the pages leads somewhere" "" "$broken"

# The other blocks of the manual: files, which the program takes as they stand.
block() { # PAGE FIRST-LINE
	sed -n '/^\.EX/,/^\.EE/p' "$SRCDIR/man/$1" | sed 's/\\-/-/g; s/\\e/\\/g' | awk -v first="$2" '$0 == first {p = 1} /^\.EE/ {p = 0} p'
}
block vtok.5 '[processor my-qwen]' >"$tmp/my.ini"
like "vtok.5: the fine-tuned model counts" "my-qwen,1920,1080,ok,1[0-9]*," \
	"$(vtok count --no-config --no-header -f "$tmp/my.ini" -m my-qwen -o csv 1920x1080)"
mkdir -p "$tmp/home/vtok"
block vtok.1 '[dashboard]' >"$tmp/home/vtok/settings.ini"
like "vtok.1: the settings are taken" "Hardware  *l4 " "$(XDG_CONFIG_HOME=$tmp/home vtok render --size 100x30 1920x1080)"
tap_end
