#!/bin/sh
# One answer in every format: what a row says in CSV, it says in Markdown, JSON, JSON by lines and the table for people.
. "${SRCDIR:-.}/tests/tap.sh"
data=$(cd "${SRCDIR:-.}" && pwd)
cd "$tmp" || exit 99
. "$data/tests/requests.sh"

chat qwen3-vl-8b "$(part "$(url 3024 4032)")" "$(part "$(url 640 480)")" >request.json
chat gpt-4o "$(part "$(url 300 200)")" >>request.json
chat no-such-model "$(part "$(url 64 64)")" >>request.json
chat qwen3-vl-8b "$(part https://example.org/a.png)" >>request.json

# The cells of each format as CSV, for texts without commas and bars; quotation marks are left out
bare() { tr -d '"\\'; }
of_md() { sed '2d; s/^| //; s/ |$//; s/ | /,/g' | bare; }
of_jsonl() { sed 's/^{//; s/}$//; s/"[a-z_]*"://g; s/null//g' | bare; }
of_json() { sed '1d; $d; s/^ *//; s/,$//' | of_jsonl; }
# a table has no empty cells between its blanks: CSV without them
of_table() { sed 's/  */ /g; s/^ //; s/ $//' | bare; }
of_csv() { sed 's/,,*/ /g; s/^ //; s/ $//'; }

same() { # NAME ARGUMENT...
	name=$1
	shift
	"$VTOK" "$@" --no-config -o csv | bare >csv
	sed 1d csv >rows
	ok "$name: there are rows" test -s rows
	is "$name: markdown" "$(cat csv)" "$("$VTOK" "$@" --no-config -o md | of_md)"
	is "$name: its line of dashes" 1 "$("$VTOK" "$@" --no-config -o md | sed -n 2p | grep -Ec '^\|( -{3}:? \|)+$')"
	is "$name: json by lines" "$(cat rows)" "$("$VTOK" "$@" --no-config -o jsonl | of_jsonl)"
	is "$name: json" "$(cat rows)" "$("$VTOK" "$@" --no-config -o json | of_json)"
	is "$name: no header" "$(cat rows)" "$("$VTOK" "$@" --no-config -o csv --no-header | bare)"
}

same "fit" fit --tokens 300 640x480 4032x3024 nothing.png
# model, input, width, height, fit_width, fit_height, tokens, detail, effective, kept, bound_by, next: width, height, tokens, status, reason
is "fit: the table, of the same numbers" "$(awk -F, '{
		print $1 ($3 ? " " $3 "x" $4 " " $5 "x" $6 " " $7 " " sprintf("%.1f %%", 100 * $10) " " $12 "x" $13 " " $14 : "") " " $15 " " $2 ($16 ? " " $16 : "")
	}' rows)" "$("$VTOK" fit --no-config --tokens 300 -o table --no-header 640x480 4032x3024 nothing.png | of_table)"
same "fit that finds none" fit --tokens 1 640x480
esc=$(printf '\033')
is "fit: a table in colours marks what failed" "$esc[31mnone     $esc[0m" \
	"$("$VTOK" fit --no-config --tokens 1 -o table --color always 640x480 | grep -o "$esc\[31m[^$esc]*$esc\[0m")"
is "fit: and its heads" 1 "$("$VTOK" fit --no-config --tokens 1 -o table --color always 640x480 | grep -c "^$esc\[1mmodel.*input$esc\[0m\$")"
same "fit with a level of detail" fit --tokens 300 -m gpt-4o 4032x3024
like "fit: the level in the table" '\[detail low\]$' "$("$VTOK" fit --no-config --tokens 300 -m gpt-4o -o table 4032x3024)"

same "count of requests" count --request request.json
is "count of requests: the table" "$(of_csv <csv)" "$("$VTOK" count --no-config --request request.json -o table | of_table)"
same "fit of requests" fit --tokens 300 --request request.json
is "fit of requests: the table" "$(of_csv <csv)" "$("$VTOK" fit --no-config --tokens 300 --request request.json -o table | of_table)"
same "estimate of requests" estimate --request request.json

# nothing is a list without members
: >none.json
for command in count 'fit --tokens 9'; do
	# shellcheck disable=SC2086 # words
	is "$command of no request" "[]" "$("$VTOK" $command --no-config --request none.json -o json 2>said | tr -d '\n')"
	is "$command of no request: is said" "vtok: none.json: no request: it is empty" "$(cat said)"
done
is "fit of an empty list" "[]" "$("$VTOK" fit --no-config --tokens 9 -o json - </dev/null | tr -d '\n')"
tap_end
