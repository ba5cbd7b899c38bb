#!/bin/sh
# A talk from a file, the settings file, exports: what the dashboard does with files, without a terminal.
. "${SRCDIR:-.}/tests/tap.sh"
last() { tail -n 1; }

# a talk: captions, steps, pictures beside the script, mistakes told with file and line
is "the last step" " 8/8  What resolution does, played (p stops, < and > set the pace)" \
	"$("$VTOK" render --no-config --script "$SRCDIR/samples/talk.steps" | last)"
is "a step by number" " 2/8  Half the width, a quarter of the tokens: 2,961" \
	"$("$VTOK" render --script "$SRCDIR/samples/talk.steps" --step 2 | last)"
"$VTOK" render --script "$SRCDIR/samples/talk.steps" --step 2 >"$tmp/by-option"
"$VTOK" render --script "$SRCDIR/samples/talk.steps" --step 5 --keys "Backspace Backspace Backspace" >"$tmp/back"
ok "three steps back is the same frame" cmp "$tmp/by-option" "$tmp/back"
"$VTOK" render --script "$SRCDIR/samples/talk.steps" --step 0 --keys "Space Space" >"$tmp/forth"
ok "two steps forth is the same frame" cmp "$tmp/by-option" "$tmp/forth"
"$VTOK" render --script "$SRCDIR/samples/talk.steps" --step 2 --keys "Right Right m g e m m a Esc Backspace Space" >"$tmp/turned"
ok "going back and forth undoes what was turned" cmp "$tmp/by-option" "$tmp/turned"
wrong() { # NAME TEXT MESSAGE
	printf "$2" >"$tmp/wrong.steps"
	"$VTOK" render --script "$tmp/wrong.steps" >"$tmp/out" 2>"$tmp/err"
	is "$1: exit 3" 3 $?
	is "$1: message" "vtok: $tmp/wrong.steps:$3" "$(cat "$tmp/err")"
	is "$1: nothing on stdout" "" "$(cat "$tmp/out")"
}
wrong "a word that is no key" 'x\n# two\nwidht 1080p\n' '3: expected a key like x, PgUp or C-l, name = value, or note "text", got "widht"'
wrong "a setting that is none" 'widht = 1080p\n' \
	'1: widht = 1080p: expected model, width, view, picture or another setting of the manual'
wrong "a value that is none" '\nwidth = wide\n' \
	'2: width = wide: expected pixels, a size like 1920x1080, 1080p, A4@300 or 50%'
wrong "an axis that is none" 'axis = square\n' '1: axis = square: expected log or linear'
wrong "a view that is none" 'view = tables\n' '1: view = tables: there is no view of that name'
wrong "a theme that is none" 'theme = pink\n' '1: theme = pink: there is no theme of that name'
wrong "a pin that is none" 'pin = maybe\n' '1: pin = maybe: expected yes or no'
wrong "a metric that is none" 'metric = pixels\n' "$(printf '1: metric = pixels: expected %s' \
	"$("$VTOK" chart --metric pixels 2>&1 | sed 's/.*expected \(.*\), got .*/\1/')")"
wrong "a note without its end" 'note "half\n' '1: expected note "text", got ""half"'
wrong "nothing" '# nothing\n' '1: a talk without a step'
printf 'picture = gone.jpg\n' >"$tmp/gone.steps"
"$VTOK" render --script "$tmp/gone.steps" >/dev/null 2>"$tmp/err"
is "a picture that is gone: exit 3" 3 $?
ok "and the line is named" grep -q "gone.steps:1: .*gone.jpg" "$tmp/err"
"$VTOK" render --script "$tmp/none.steps" >/dev/null 2>&1
is "no such script: exit 3" 3 $?
"$VTOK" render --step 2 >/dev/null 2>&1
is "--step alone: exit 2" 2 $?
"$VTOK" render --script "$SRCDIR/samples/talk.steps" --step 9 >/dev/null 2>&1
is "a step beyond the last: exit 2" 2 $?

# what a start sets lies within the same limits as what keys reach: one step more is no step back
more() { # OPTIONS KNOBS-DOWN: the command line after one step more
	downs=$(printf '%*s' "$2" '' | sed 's/ /Down /g')
	"$VTOK" render --no-config $1 --size 100x30 --keys "$downs Right y" | sed -n 's/.*vtok tui --no-config \(.*[0-9]x[0-9]*\) .*/\1/p'
}
is "--tp 512 and one more" "--tp 1024 1024x1024" "$(more "--tp 512" 14)"
is "--patch 512 and one more" "--lens formula --patch 1024 1024x1024" "$(more "--lens formula --patch 512" 6)"
is "-n 500000 and one more" "-n 1000000 1024x1024" "$(more "-n 500000" 2)"
is "-n at its most and one more" "-n 1000000 1024x1024" "$(more "-n 1000000" 2)"

# a drawing opens in a browser
"$VTOK" chart -o svg 1000x500 >"$tmp/chart.svg"
if command -v xmllint >/dev/null; then
	ok "svg is well-formed" xmllint --noout "$tmp/chart.svg"
elif command -v python3 >/dev/null; then
	ok "svg is well-formed" python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' "$tmp/chart.svg"
else
	skip "svg is well-formed" "neither xmllint nor python3"
fi

# settings: the file where the command line says nothing
XDG_CONFIG_HOME=$tmp/config
export XDG_CONFIG_HOME
mkdir -p "$tmp/config/vtok"
cat >"$tmp/config/vtok/settings.ini" <<'EOF'
# mine
[dashboard]
view = chart
model = gemma-3-4b
future = kept
EOF
ok "the file's model" sh -c '"$VTOK" render --size 100x30 | head -n 1 | grep -q gemma-3-4b'
ok "the command line goes first" sh -c '"$VTOK" render --size 100x30 -m qwen3-vl-8b | head -n 1 | grep -q "qwen3-vl-8b, exact"'
ok "--no-config leaves it out" sh -c '"$VTOK" render --size 100x30 --no-config | head -n 1 | grep -q qwen3-vl-8b'
ok "the command of the screen leans on no default" sh -c '"$VTOK" render -m qwen3-vl-8b --keys y | grep -q -- "-m qwen3-vl-8b"'
printf '[dashboard]\nview = chart\n\ntheme = pink\n' >"$tmp/config/vtok/settings.ini"
"$VTOK" render >/dev/null 2>"$tmp/err"
is "a wrong value: exit 3" 3 $?
is "with file and line" "vtok: $tmp/config/vtok/settings.ini:4: [dashboard] theme: expected a theme (vtok themes), got \"pink\"" \
	"$(cat "$tmp/err")"
"$VTOK" render --no-config >/dev/null
is "and --no-config starts" 0 $?
"$VTOK" count 10x10 >/dev/null
is "other commands do not read it" 0 $?

# a user's own themes
rm "$tmp/config/vtok/settings.ini"
mkdir "$tmp/config/vtok/themes"
printf '[theme mine]\nsummary = my own\ndim = #123456 bold\n' >"$tmp/config/vtok/themes/my.ini"
printf 'not a theme' >"$tmp/config/vtok/themes/notes.txt"
is "a file of the folder is a theme" "mine,dark,yes,my own" "$("$VTOK" themes -o csv | tail -n 1)"
is "what it says" "dim,#123456,default,bold,#123456" "$("$VTOK" themes -o csv mine | grep ^dim)"
is "what it says nothing of has attributes" "focus,default,default,reverse,default" "$("$VTOK" themes -o csv mine | grep ^focus)"
ok "a start takes it" sh -c '"$VTOK" render --theme mine --keys y | grep -q -- "--theme mine"'
ok "the list has it" sh -c '"$VTOK" render --keys "t m y" | grep -q "my own"'
printf '[dashboard]\ntheme = mine\n' >"$tmp/config/vtok/settings.ini"
ok "the settings take it" sh -c '"$VTOK" render --keys y | grep -q -- "--theme mine"'
exits "without the user's files it is none" 2 "$VTOK" render --no-config --theme mine
before=$("$VTOK" themes -o csv | wc -l | tr -d ' ')
printf '[theme dark]\nsummary = my dark\n' >"$tmp/config/vtok/themes/dark.ini"
is "a shipped name is the user's" "dark,dark,yes,my dark" "$("$VTOK" themes -o csv | sed -n 2p)"
is "and no other one is gone" "$before" "$("$VTOK" themes -o csv | wc -l | tr -d ' ')"
printf '[theme Mine]\n' >"$tmp/config/vtok/themes/other.ini"
exits "a name twice: exit 3" 3 "$VTOK" render
is "and the file is named" "vtok: $tmp/config/vtok/themes/other.ini: another file has a theme \"Mine\" too" "$err"
printf '# mine\n[theme other]\ndimm = #123456\n' >"$tmp/config/vtok/themes/other.ini"
for c in render themes; do
	exits "a wrong key, $c: exit 3" 3 "$VTOK" $c
	like "with file and line" "^vtok: .*/themes/other.ini:3: dimm: unknown key \"dimm\"" "$err"
done
rm -r "$tmp/config/vtok/themes" "$tmp/config/vtok/settings.ini"
(unset HOME XDG_CONFIG_HOME; "$VTOK" render >/dev/null)
is "no home: works without" 0 $?
tap_end
