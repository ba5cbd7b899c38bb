#!/bin/sh
# --max-tokens-per-image: what a family's own setting makes of an image, or why nothing caps it.
. "${SRCDIR:-.}/tests/tap.sh"
tokens() { "$VTOK" count --no-config -o csv --no-header "$@" | cut -d, -f5; }

# MODEL CAP SIZE: the visual tokens. Kimi pads to whole tokens after its limit of patches, and passes it.
while read -r model cap size want; do
	is "$model, $cap, $size" "$want" "$(tokens -m "$model" --max-tokens-per-image "$cap" "$size")"
done <<'END'
qwen3-vl-8b 1024 2048x2048 1024
qwen3-vl-8b 16 2048x2048 16
qwen3-vl-8b 1000000 640x480 300
glm-4.1v-9b 256 2000x2000 256
gemma4-max1120 300 1000x1000 256
gemma4-max1120 70 1000x1000 64
internvl3-8b 1024 2000x2000 256
internvl3-8b 512 2000x1000 256
internvl3-8b 800 2000x1000 768
minicpm-v-2.6 192 2000x1000 192
minicpm-v-2.6 100 2000x1000 64
pixtral-12b 256 2000x2000 256
kimi-vl-a3b 256 2000x2000 289
lfm2.5-vl 256 2000x2000 256
llava-1.5-7b 576 2000x2000 576
llava-1.6-7b 2000 1920x1080 1608
llava-1.6-7b 3000 672x672 2928
idefics2-8b 319 1920x1080 64
idefics2-8b 320 1920x1080 320
idefics3-8b 844 1920x1080 169
idefics3-8b 845 1000x1000 845
phi-3.5-vision 700 1920x1080 313
phi-3.5-vision 781 1920x1080 757
molmo-7b 500 1000x1000 288
deepseek-ocr 300 1920x1080 273
deepseek-v4.1-flash 300 1000x1000 256
aria-split 300 2000x2000 256
nemotron-3-nano-omni 256 2000x2000 256
gemma-3-4b 256 2000x2000 256
END
is "llama.cpp's name for it" 1024 "$(tokens -m qwen3-vl-8b --engine llama.cpp --image-max-tokens 1024 2048x2048)"
like "nothing to set: refused, and why" 'error.*nothing caps this model at 100 visual tokens: the image takes 576' \
	"$("$VTOK" count -o csv --no-header -m llava-1.5-7b --max-tokens-per-image 100 640x480)"
like "a vendor's rule" 'nothing caps this model at 100' \
	"$("$VTOK" count -o csv --no-header -m gpt-4o --max-tokens-per-image 100 640x480)"
like "no smaller canvas, and what would hold it" 'nothing caps this model at 700 .*: the image takes 1948; make it smaller before' \
	"$("$VTOK" count -o csv --no-header -m llava-1.6-7b --max-tokens-per-image 700 1920x1080)"
like "no smaller budget" 'nothing caps this model at 60' \
	"$("$VTOK" count -o csv --no-header -m gemma4 --max-tokens-per-image 60 640x480)"
like "explain says what bound it" 'pixel cap 1,048,576' "$("$VTOK" explain -m qwen3-vl-8b --max-tokens-per-image 1024 4000x3000)"
like "estimate" '"visual": 1024' "$("$VTOK" estimate -o json --max-tokens-per-image 1024 2048x2048)"
tap_end
