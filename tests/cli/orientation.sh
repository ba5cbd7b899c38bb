#!/bin/sh
# Who turns a picture by its EXIF orientation before it counts it: engine or vendor, and its version; or --orientation.
. "${SRCDIR:-.}/tests/tap.sh"
photo=$SRCDIR/samples/photo-turned.jpg # 4032x3024, to be shown as 3024x4032
header=model,width,height,status,visual_tokens,special_tokens,total_tokens,resized_w,resized_h,tiles,error,input
size() { "$VTOK" count -o csv --no-header "$@" "$photo" | cut -d, -f2,3; }

# WHAT IS COUNTED | SIZE
while IFS='|' read -r ask want; do
	# shellcheck disable=SC2086 # options
	is "count${ask:+ $ask}" "$want" "$(size $ask)"
	# shellcheck disable=SC2086
	is "render${ask:+ $ask}" "$want" "$("$VTOK" render --no-config --ascii --view explain --size 160x24 $ask "$photo" |
		sed -n '2s/^.* counts \([0-9,]*x[0-9,]*\) .*/\1/p' | tr -d , | tr x ,)"
done <<'END'
|3024,4032
--engine vllm|3024,4032
--engine vllm@0.18|4032,3024
--engine vllm --rules 2026-01|4032,3024
--engine transformers|3024,4032
--engine sglang|4032,3024
--engine lmdeploy|4032,3024
--engine tensorrt-llm|4032,3024
--engine llama.cpp|4032,3024
--engine llama.cpp-vulkan|4032,3024
--engine ollama|4032,3024
-m qwen3-vl-8b@ollama|4032,3024
-m pixtral-12b@mistral-common|4032,3024
-m claude-opus-4-8|4032,3024
-m gpt-4o|3024,4032
--engine ollama --orientation apply|3024,4032
--orientation ignore|4032,3024
--orientation auto --engine ollama|4032,3024
END

is "a plain size is nobody's to turn" "4032,3024" "$("$VTOK" count -o csv --no-header 4032x3024 | cut -d, -f2,3)"
is "csv: the columns stay" "$header" "$("$VTOK" count -o csv "$photo" | head -n 1)"
is "csv: with the option three more behind them" "$header,stored_w,stored_h,turned_by" \
	"$("$VTOK" count -o csv --orientation auto "$photo" | head -n 1)"
is "csv: what they say" "4032,3024,vllm" "$("$VTOK" count -o csv --no-header --orientation auto "$photo" | cut -d, -f13-)"
is "csv: of a size nothing" ",," "$("$VTOK" count -o csv --no-header --orientation auto 10x10 | cut -d, -f13-)"
is "csv: a stream has them too" "10x10,,," "$(echo 10x10 | "$VTOK" count -o csv --no-header --orientation auto - | cut -d, -f12-)"
like "json" '"stored_w":4032,"stored_h":3024,"turned_by":"vllm"' "$("$VTOK" count -o json "$photo")"
like "json: not turned" '"turned_by":null' "$("$VTOK" count -o json --engine ollama "$photo")"
like "json: nobody knows" '"turned_by":"assumed"' "$("$VTOK" count -o json -m gpt-4o "$photo")"
like "json: asked for" '"turned_by":"--orientation"' "$("$VTOK" count -o json --orientation apply --engine ollama "$photo")"
like "table" 'stored 4032x3024, turned by vllm' "$("$VTOK" count -o table "$photo")"
like "table: not turned" 'stored 4032x3024, not turned by ollama' "$("$VTOK" count -o table --engine ollama "$photo")"
like "md" '4032 \| 3024 \| vllm' "$("$VTOK" count -o md --orientation auto "$photo")"
like "explain" 'turned by its EXIF orientation 6 \(vllm\)' "$("$VTOK" explain "$photo")"
like "explain: not turned" '4032,3024,.*not turned by its EXIF orientation 6 \(ollama\)' \
	"$("$VTOK" explain -o csv --engine ollama "$photo")"
like "estimate" '"width": 4032' "$("$VTOK" estimate -o json --engine ollama "$photo")"

screen() { "$VTOK" render --no-config --ascii --size 160x40 "$@" "$photo"; }
like "the picture's view: stored" 'stored as +4,032 x 3,024 px' "$(screen --view image)"
like "the picture's view: turned" 'EXIF 6 +turned by vllm' "$(screen --view image)"
like "the picture's view: not turned" 'EXIF 6 +not turned by ollama' "$(screen --view image --engine ollama)"
like "the picture's view: nobody knows" 'EXIF 6 +turned; not known of OpenAI' "$(screen --view image -m gpt-4o)"
like "the derivation" 'exif +4,032 x 3,024 px +as stored; not turned by ollama' "$(screen --view explain --engine ollama)"
like "another engine on the screen" 'EXIF 6 +not turned by llama.cpp' "$(screen --view image --keys 'E l l a m a . c p p Enter')"
like "the command line brings it back" "vtok tui --no-config --engine sglang --orientation apply" \
	"$(screen --engine sglang --orientation apply --keys y)"
fits() { "$VTOK" fit -o csv --no-header --tokens 1500 "$@" "$photo" | cut -d, -f3-6; }
is "fit: as vLLM takes it" 3024,4032 "$(fits | cut -d, -f1,2)"
is "fit: as SGLang takes it" 4032,3024 "$(fits --engine sglang | cut -d, -f1,2)"
is "fit: asked otherwise" 3024,4032 "$(fits --engine sglang --orientation apply | cut -d, -f1,2)"
is "fit: the size has that shape" "$(fits --engine sglang | cut -d, -f3,4)" \
	"$("$VTOK" fit -o csv --no-header --tokens 1500 --engine sglang 4032x3024 | cut -d, -f5,6)"
is "fit: what it writes lies upright" 3024,4032 "$(cd "$tmp" && "$VTOK" fit -o csv --no-header --tokens 1500 --engine sglang --write out.jpg "$photo" 2>/dev/null | cut -d, -f3,4)"
is "chart: the aspect of the first model" 4096,3072 \
	"$("$VTOK" chart -m claude-opus-5 -o csv "$photo" | tail -n 1 | cut -d, -f2,3)"
is "chart: and as it is shown" 4096,5461 "$("$VTOK" chart -m qwen3-vl-8b -o csv "$photo" | tail -n 1 | cut -d, -f2,3)"

exits "another word" 2 "$VTOK" count --orientation maybe 10x10
like "another word: what was expected" 'expected one of auto, apply, ignore' "$err"

tap_end
