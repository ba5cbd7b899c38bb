#!/bin/sh
# tests/data/count-cases.csv: what people measured or published, and what `vtok count` says to it. One line here for each
# row there, in its order: what is asked, which column answers (visual, total, error), how many tokens of the report are no
# picture's (its text), and the figure, which stands in the row; or `-` and why the row is no question.
. "${SRCDIR:-.}/tests/tap.sh"
cd "$SRCDIR" || exit 99
cases=tests/data/count-cases.csv

n=0
while IFS='|' read -r ask column besides figure; do
	n=$((n + 1))
	row=$(sed -n "$((n + 1))p" $cases)
	if [ "$ask" = - ]; then
		[ -n "$column" ] || tap_result 1 "row $n is left out without a reason"
		continue
	fi
	name="row $n, ${row%%,*}: $ask"
	case $row in
	*"$figure"*) ;;
	*) tap_result 1 "$name: $figure does not stand in the row" ;;
	esac
	case $column in visual) at=5 ;; total) at=7 ;; error) at=11 ;; esac
	# shellcheck disable=SC2086 # options are words
	got=$("$VTOK" count --no-config -o csv --no-header $ask 2>/dev/null)
	case $column in
	error) like "$name" "$figure" "$got" ;;
	*) is "$name" "$((figure - besides))" "$(echo "$got" | tail -n 1 | cut -d, -f$at)" ;;
	esac
done <<'END'
-m kimi-k2.5 --engine sglang 224x224|total|0|69
-m gemma-4-e4b --engine llama.cpp --min-pixels 645120 --max-pixels 645120 1024x768|total|0|268
-m gemma-4-e2b --engine llama.cpp --rules 2026-04-20 1056x576|visual|0|264
-m gemma-4-12b --engine llama.cpp 1920x1080|visual|0|920
-m internvl3-8b --engine transformers 896x896|visual|0|1280
-|report wrong: a bug of that version of SGLang; InternVL gives one tile
-|the prompt's text is not told: 30 groups of 390 and their time stamps leave 16 tokens for it, which proves nothing
-m qwen3-vl-8b --frames 4 1024x576|visual|0|1152
-m gpt-5.6-sol 4000x2500|visual|80|11930
-|report wrong: its own measurement in the row before refutes it
-m minicpm-v-4.6 224x224|visual|0|64
-m llama-4-scout 336x336|visual|0|144
-m llama-4-scout 672x672|visual|0|720
-m qwen2.5-vl-7b -n 5 --sum 2048x1365|visual|0|17885
-m claude-opus-4-8 -n 80 --sum 512x288|visual|0|16720
-|the size of the source is not told: 1,680 patches, four of them a token, are 420 whatever it was
-|no number of tokens is told
-|report wrong: tiles of 768 pixels whatever the picture
-|report wrong: the shorter side is not brought to 768
-m gpt-4o 1280x720|visual|0|1105
-m gemini-2.5-pro 768x1280|visual|0|258
-m gemini-2.5-pro 1024x1024|visual|0|258
-m gemini-2.5-pro 3840x2160|visual|0|258
-m gemini-2.5-flash-image 1024x1024|visual|0|1290
-m isaac-0.1 640x480|visual|0|300
-m isaac-0.1 1920x1080|visual|0|1508
-m qwen3-vl@perceptron 2048x1280|visual|0|2560
-m gpt-5.6 5444x6200|error|0|30000 patches
-m qwen3-vl-8b --engine vllm --video 1 --fps 2 640x360|total|0|456
-m qwen3-vl-8b --engine vllm --video 10 --fps 2 640x360|total|0|2280
-m qwen3-vl-8b --engine vllm --video 20 --fps 2 640x360|total|0|4570
-m qwen3-vl-8b --engine vllm --video 30 --fps 2 640x360|total|0|6860
-m qwen3-vl-8b --engine vllm --video 60 --fps 2 640x360|total|0|11930
-m qwen3-vl-8b --engine vllm --video 90 --fps 2 640x360|total|0|11600
-m qwen3-vl-8b --engine vllm --video 1 --fps 2 1280x720|total|11|1787
-m qwen3-vl-8b --engine vllm --video 10 --fps 2 1280x720|total|11|8891
-m qwen3-vl-8b --engine vllm --video 20 --fps 2 1280x720|total|11|12061
-m qwen3-vl-8b --engine vllm --frames 59 --fps 2 1280x720|total|11|12421
-m qwen2.5-vl-7b --engine tensorrt-llm 2048x1365|total|25|3604
END
is "a line here for every row there" "$(($(wc -l <$cases) - 1))" "$n"

tap_end
