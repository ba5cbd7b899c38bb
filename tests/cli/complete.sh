#!/bin/sh
# Completions in the three shells, as they complete: what a Tab makes of a line.
. "${SRCDIR:-.}/tests/tap.sh"
PATH="$(cd "$(dirname "$VTOK")" && pwd):$PATH"
export PATH

names() { "$VTOK" --completions "$@"; }
is "ids" "$("$VTOK" hardware -o csv --no-header | cut -d, -f1)" "$(names hardware)"
is "whatever the case" "$(names models gemma-3-4)" "$(names models GEMMA-3-4)"
like "repositories when they are typed" '^Qwen/Qwen3-VL-8B-Instruct$' "$(names models qwen/)"
is "and not before" "" "$(names models | grep /)"
like "other names" '^4090$' "$(names hardware 40)"
like "engines" '^vllm$' "$(names engines v)"
is "themes" "$("$VTOK" themes -o csv --no-header | cut -d, -f1)" "$(names themes)"
is "strategies" "$("$VTOK" strategies -o csv --no-header | cut -d, -f1)" "$(names strategies)"
exits "no such list" 2 "$VTOK" --completions planets

# each shell: SHELL NAME EXPECTED LINE; the line as it stands after Tab, where one completion is left
if command -v bash >/dev/null 2>&1; then
	names >/dev/null 2>&1
	"$VTOK" --completions bash >"$tmp/vtok.bash"
	cat >"$tmp/tab.bash" <<'END'
. "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_vtok
printf '%s\n' "${COMPREPLY[@]}"
END
	has() { # NAME WANTED WORDS...
		wanted=$2 shown=$1
		shift 2
		like "bash: $shown" "^$wanted\$" "$(bash "$tmp/tab.bash" "$tmp/vtok.bash" "$@")"
	}
	has "a command" strategies vtok str
	has "a model" internvl3-8b vtok count -m internvl3-8
	has "another case" gemma-3-4b vtok count -m GEMMA-3-4
	has "a repository" Qwen/Qwen3-VL-8B-Instruct vtok count -m Qwen/Qwen3-VL-8
	has "an engine" vllm vtok estimate --engine v
	has "behind =" vllm vtok estimate --engine = v
	has "a theme" dark vtok --theme d
	has "an option of the dashboard" --theme vtok --th
	has "a view" chart vtok --view ch
	has "a format" json vtok count -o js
	has "help on" count vtok help co
	has "a strategy" merge vtok strategies mer
	has "a section" sglang vtok engines sgl
else
	skip "what bash completes" "no bash"
fi

if command -v fish >/dev/null 2>&1; then
	mkdir -p "$tmp/fish"
	"$VTOK" --completions fish >"$tmp/vtok.fish"
	has() { # NAME WANTED LINE
		like "fish: $1" "^$2(	|\$)" "$(HOME=$tmp/fish XDG_CONFIG_HOME=$tmp/fish fish -N -c "source $tmp/vtok.fish; complete -C '$3'")"
	}
	has "a command" strategies 'vtok str'
	has "a model" internvl3-8b 'vtok count -m internvl3-8'
	has "another case" gemma-3-4b 'vtok count -m GEMMA-3-4'
	has "a repository" Qwen/Qwen3-VL-8B-Instruct 'vtok count -m Qwen/Qwen3-VL-8'
	has "an engine" vllm 'vtok estimate --engine v'
	has "behind =" --engine=vllm 'vtok estimate --engine=v'
	has "a theme" dark 'vtok --theme d'
	has "an option of the dashboard" --theme 'vtok --th'
	has "a format" json 'vtok count -o js'
	has "help on" count 'vtok help co'
	has "a strategy" merge 'vtok strategies mer'
	has "a section" sglang 'vtok engines sgl'
else
	skip "what fish completes" "no fish"
fi

if command -v zsh >/dev/null 2>&1 && zsh -f -c 'zmodload zsh/zpty' 2>/dev/null; then
	mkdir -p "$tmp/zsh"
	"$VTOK" --completions zsh >"$tmp/zsh/_vtok"
	cat >"$tmp/tab.zsh" <<'END'
zmodload zsh/zpty
zpty z zsh -f -i
# one line in, the line that Tab makes of it out
zpty -w z "PROMPT=; fpath=($1 \$fpath); autoload -U compinit; compinit -u -D
tab() { zle complete-word; print -r -- \"\$BUFFER\" >>$1/lines; zle kill-buffer }; zle -N tab; bindkey '^X' tab; print >$1/ready"
until [[ -s $1/ready ]] || ((n++ > 200)); do sleep 0.05; done
dir=$1
shift
for line; do
	zpty -w -n z "$line"$'\x18'
	((wanted++))
	for ((i = 0; i < 100; i++)); do
		[[ -f $dir/lines ]] && (($(wc -l <$dir/lines) >= wanted)) && break
		sleep 0.05
	done
done
zpty -d z
END
	set -- 'vtok count -m internvl3-8' 'vtok estimate -g mi300' 'vtok count -o js' 'vtok count --model QWEN/QWEN3-VL-8B-INS' 'vtok --them'
	zsh -f "$tmp/tab.zsh" "$tmp/zsh" "$@" >/dev/null 2>&1
	found() { sed -n "$1p" "$tmp/zsh/lines" | sed 's/ *$//'; }
	is "zsh: a model behind -m" 'vtok count -m internvl3-8b' "$(found 1)"
	is "zsh: a device behind -g" 'vtok estimate -g mi300x' "$(found 2)"
	is "zsh: a format" 'vtok count -o json' "$(found 3 | cut -c1-18)"
	is "zsh: a repository behind --model, another case" 'vtok count --model Qwen/Qwen3-VL-8B-Instruct' "$(found 4)"
	is "zsh: an option of the dashboard" 'vtok --theme=' "$(found 5)"
	"$VTOK" --completions zsh >"$tmp/z"
	is "zsh: every letter has its option" "$("$VTOK" --completions fish | grep -c ' -s ')" "$(grep -cE '\{-.[+,]' "$tmp/z")"
else
	skip "what zsh completes" "no zsh with pseudo terminals"
fi
tap_end
