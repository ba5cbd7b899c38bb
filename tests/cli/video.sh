#!/bin/sh
# Videos: published counts to the token, samplers and their reasons, files of both containers.
. "${SRCDIR:-.}/tests/tap.sh"
cd "$SRCDIR" || exit 99
count() { "$VTOK" count --no-config -o csv --no-header "$@" 2>/dev/null; }

# A row whose status is "open" has no rule; its note says why. "average" is LLaVA-OneVision with the other pooling.
printf '[processor average]\nname = average pooling\nsource = this test\nstrategy = fixed\ntile = 384\npatch = 14\n%s\n' \
	'video = fixed
temporal-merge = 1
video-tokens = 169
video-once = 1' >"$tmp/average.ini"
rows=0
while IFS=, read -r model engine options size measured besides column status source note; do
	[ "$model" != model ] || continue
	rows=$((rows + 1))
	case $status in
	open)
		[ -n "$note" ] || tap_result 1 "row $rows is open without a reason"
		continue
		;;
	esac
	case $column in visual) at=5 ;; *) at=7 ;; esac
	# shellcheck disable=SC2086 # options are words
	is "$model, $engine, $options, $size: $source" $((measured - besides)) \
		"$(count -f "$tmp/average.ini" -m "$model" $options "$size" | cut -d, -f$at)"
done <tests/data/video-cases.csv
is "all rows were read" 31 "$rows"

# ---------------------------------------------------------------- samplers
m=qwen3-vl-8b
is "vLLM drops the pair around the video" 2 $(($(count -m $m --sampler transformers --frames 8 640x360 | cut -d, -f7) \
	- $(count -m $m --sampler vllm --frames 8 640x360 | cut -d, -f7)))
is "with vLLM the length does not matter beyond 32 frames" "3520 3520" \
	"$(for s in 10 3600; do count -m $m --sampler vllm --video $s 640x360; done | cut -d, -f5 | paste -sd' ')"
is "a video of 32 frames or fewer is left to the model" "$(count -m $m --sampler transformers --video 1 640x360 | cut -d, -f5)" \
	"$(count -m $m --sampler vllm --video 1 640x360 | cut -d, -f5)"
is "hf is transformers" "$(count -m $m --sampler transformers --video 9 640x360)" "$(count -m $m --sampler hf --video 9 640x360)"
# huggingface/transformers#48071, its own table: visual tokens before and after
for case in 640x360:2:440:440 1280x720:2:1760:1440 1280x720:10:8800:7200 1920x1080:2:4080:1440 1920x1080:10:11960:7200 \
	3840x2160:2:12064:1440 3840x2160:10:11960:7200 3840x2160:30:11700:11700 640x360:60:11400:11400; do
	size=${case%%:*} rest=${case#*:}
	s=${rest%%:*} rest=${rest#*:}
	is "frames capped since 5.22: $size, $s s" "${rest%%:*} ${rest#*:}" "$(for v in transformers transformers@5.22; do
		count -m $m --sampler $v --video "$s" "$size"
	done | cut -d, -f5 | paste -sd' ')"
done
is "qwen-vl-utils holds each frame of Qwen3-VL to 768 tokens" 1440 "$(count -m $m --sampler qwen-vl-utils --video 2 1920x1080 | cut -d, -f5)"
exits "qwen-vl-utils and another family" 1 "$VTOK" count -o csv -m glm-4.1v --sampler qwen-vl-utils --video 5 640x360
like "qwen-vl-utils and another family: why" 'Qwen-VL families alone' "$out"
# the mean of two frames lies at 0.5, 9.9, 10, 99.9 and 100 s
is "a stamp grows by a token at ten seconds and at a hundred" "8 8 9 9 10" \
	"$(for fps in 1 0.0505050505 0.05 0.005005005 0.005; do
		count -m $m --sampler vllm --frames 2 --fps $fps 640x360 | cut -d, -f6
	done | paste -sd' ')"

for engine in llama.cpp ollama; do
	exits "$engine takes no video" 1 "$VTOK" count -o csv -m $m --sampler $engine --video 5 640x360
	like "$engine takes no video: why" 'takes no video: frames are sent as images' "$out"
done
exits "SGLang: not known" 1 "$VTOK" count -o csv -m $m --sampler sglang --video 5 640x360
like "SGLang: says so" 'how SGLang samples videos is not known' "$out"
is "SGLang with given frames" 3520 "$(count -m $m --sampler sglang --frames 32 640x360 | cut -d, -f5)"
exits "no such sampler" 2 "$VTOK" count -m $m --sampler nobody --video 5 640x360
like "no such sampler: names the option" '^vtok: --sampler: no engine "nobody"' "$err"
for model in gemma-3-4b gpt-4o claude-high-res; do
	exits "$model takes images alone" 1 "$VTOK" count -o csv -m $model --video 5 640x360
	like "$model takes images alone: why" 'takes no video: its frames are images' "$out"
done
exits "VideoLLaMA 3" 1 "$VTOK" count -o csv -m video-llama3-7b --video 5 640x360
like "VideoLLaMA 3: why" 'what they show decides' "$out"

# ---------------------------------------------------------------- families; by the code named in models.ini
is "Gemma 4: 32 frames of a budget of 70, each with its time" "2112,287,2399,528,288,32" \
	"$(count -m gemma-4-31b --video 60 1280x720 | cut -d, -f5-10)"
is "Gemma 4 is as dear however long" "$(count -m gemma-4-31b --video 60 1280x720)" "$(count -m gemma-4-31b --video 600 1280x720)"
is "GLM-4.1V: 2 frames a second, whole seconds" "27840,182,28022,812,448,60" "$(count -m glm-4.1v --video 60 1280x720 | cut -d, -f5-10)"
is "GLM-4.1V: as many as of 300 s" 300 "$(count -m glm-4.1v --video 900 640x360 | cut -d, -f10)"
is "GLM-4.6V: 6, 2, 1 frames a second" "60 120 320" "$(for s in 20 120 700; do
	count -m glm-4.6v --video $s 640x360 | cut -d, -f10
done | paste -sd' ')"
is "InternVL without a sampler: every frame" 300 "$(count -m internvl3-8b --video 10 640x360 | cut -d, -f10)"
is "InternVL in vLLM: 32 of 256" 8192 "$(count -m internvl3-8b --sampler vllm --video 10 640x360 | cut -d, -f5)"
is "Muse Glimmer: 96 frames at most" 6912 "$(count -m muse-glimmer --video 600 640x360 | cut -d, -f5)"
is "Kimi K2.5: four frames become one, no texts known" "15,ok," "$(count -m kimi-k2.5 --video 30 1280x720 | awk -F, '{ print $10 "," $4 "," $6 }')"
is "Molmo2: 81 a frame, 64 frames at most" "1620 5184" "$(for s in 10 600; do count -m molmo2 --video $s 640x360; done | cut -d, -f5 | paste -sd' ')"
is "LLaVA-OneVision 2: each frame an image, with its time; the last one is at 10.0 s" "4050,81" "$(count -m llava-onevision-2 --video 10 768x432 | cut -d, -f5,6)"
exits "Kimi K3 takes images alone" 1 "$VTOK" count -o csv -m kimi-k3 --video 4 640x360
is "Nemotron 3 Nano Omni: pairs of about 1,024 patches of their shape" "252 252 256 4032" \
	"$(for v in '--frames 2 1920x1080' '--frames 1 640x480' '--frames 2 4096x4096' '--sampler vllm --video 60 1920x1080'; do
		# shellcheck disable=SC2086 # options
		count -m nemotron-3-nano-omni $v
	done | cut -d, -f5 | paste -sd' ')"
exits "Nemotron 3 Nano Omni without a sampler" 1 "$VTOK" count -o csv -m nemotron-3-nano-omni --video 60 640x360
like "Nemotron 3 Nano Omni: says so" 'how its own processor samples videos is not known' "$out"
is "Alibaba: as Qwen3-VL" "$(count -m qwen3-vl --video 10 640x360 | cut -d, -f5-7)" "$(count -m qwen3-vl@alibaba --video 10 640x360 | cut -d, -f5-7)"
is "Alibaba: 2,000 frames at most" 1000 "$(count -m qwen3.5@alibaba --video 3600 640x360 | cut -d, -f10)"
while IFS='|' read -r ask why; do
	# shellcheck disable=SC2086 # options
	exits "Alibaba refuses $ask" 1 "$VTOK" count -o csv -m qwen3-vl-8b@alibaba $ask 640x360
	like "Alibaba refuses $ask: why" "Alibaba takes $why" "$out"
done <<'END'
--video 1|videos of 2 to 3600 seconds
--video 3601|videos of 2 to 3600 seconds
--video 60 --fps 11|1 to 100 frames of ten seconds
--video 60 --fps 0.05|1 to 100 frames of ten seconds
END
exits "DeepSeek V4.1 takes images alone" 1 "$VTOK" count -o csv -m deepseek-v4.1-flash --video 4 640x360
is "GLM-4.5V samples as GLM-4.1V" "$(count -m glm-4.1v --video 60 640x360 | cut -d, -f5-10)" "$(count -m glm-4.5v --video 60 640x360 | cut -d, -f5-10)"
is "Gemini: a started second is one" 1315 "$(count -m gemini-2.5 --video 4.2 640x360 | cut -d, -f7)"
# transformers glm5_next: steps of half a second as long as they are before the last whole second; 2,048 frames and 240,000 tokens
# of pairs at most; padded
is "GLM-5-Next: pairs, each with its time" "26910,62,26972,1932,1092,10" "$(count -m glm-5-next --video 10 1920x1080 | cut -d, -f5-10)"
is "GLM-5-Next: 2,048 frames at most, within 240,000 tokens" "225280,6828,232108,560,308,1024" \
	"$(count -m glm-5.3-flash --video 3000 1920x1080 | cut -d, -f5-10)"
is "GLM-5-Next: a small video is enlarged" "16,8,24,112,112,1" "$(count -m glm-5-next --frames 2 40x40 | cut -d, -f5-10)"
is "GLM-5-Next: an odd number of frames is made even" 4 "$(count -m glm-5-next --video 3.6 --source-fps 10 640x360 | cut -d, -f10)"
# vllm models/minimax_m3: the first frame a second after the one before; 29.97 frames a second are steps of 30
is "MiniMax M3: a frame a second, each 602,112 pixels at most, no texts known" "10800,,,1008,560,15" \
	"$(count -m minimax-m3 --video 30 1920x1080 | cut -d, -f5-10)"
is "MiniMax M3: its own reader in vLLM" "$(count -m minimax-m3 --video 90 640x360)" "$(count -m minimax-m3 --engine vllm --video 90 640x360)"
is "MiniMax M3: steps of whole frames" 50 "$(count -m minimax-m3 --video 100.1 --source-fps 29.97 640x360 | cut -d, -f10)"
is "Keye-VL: 2 frames a second, an even number, within 768 tokens each" "14400 2880" "$(for s in 10 2.7; do
	count -m keye-vl-8b --video $s 1920x1080
done | cut -d, -f5 | paste -sd' ')"
is "Keye-VL: many share 230,400 tokens" "230400,896,504" "$(count -m keye-vl-8b --frames 400 1920x1080 | cut -d, -f5,8,9)"
is "Keye-VL in vLLM: an image a frame" 39104 "$(count -m keye-vl-8b --engine vllm --video 10 1920x1080 | cut -d, -f5)"
exits "Keye-VL 1.5" 1 "$VTOK" count -o csv -m keye-vl-1.5-8b --video 5 640x360
like "Keye-VL 1.5: why" 'what they show decides' "$out"
is "Keye-VL 1.5 in vLLM: an image a frame and its mark" "39104,32" "$(count -m keye-vl-1.5-8b --engine vllm --video 10 1920x1080 | cut -d, -f5,6)"
is "MiniCPM-V 4.5: one by one, pairs, three together, 180 groups at most" "50 150 150 180" "$(for s in 10 60 90 600; do
	count -m minicpm-v-4.5 --video $s 640x360
done | cut -d, -f10 | paste -sd' ')"
is "MiniCPM-V 4.5 in vLLM: nothing is packed" 2048 "$(count -m minicpm-v-4.5 --engine vllm --video 60 640x360 | cut -d, -f5)"
# the user guide's own table
is "Nova: 288 a second, 960 frames at most" "2880 8640 276480 276480 276480" "$(for s in 10 30 960 1200 5400; do
	count -m nova-lite --video $s 1920x1080
done | cut -d, -f5 | paste -sd' ')"
exits "Nova 2 Lite: no rule for videos" 1 "$VTOK" count -o csv -m nova-2-lite --video 5 640x360
exits "Gemini at a level without a figure" 1 "$VTOK" count -o csv -m gemini-3 --media-resolution medium --video 4 640x360

# ---------------------------------------------------------------- files; tests/unit_clip.c looks at their headers
clips=tests/data/clips
is "a file: size, length and rate are its own" "$(count -m $m --video 3 --source-fps 30 640x360 | cut -d, -f2-11)" \
	"$(count -m $m $clips/plain.mp4 | cut -d, -f2-11)"
is "a file that is turned counts as it is shown" "1080,1920,ok" "$(count -m $m $clips/turned.mp4 | cut -d, -f2-4)"
is "a length that is given goes before the file's" "$(count -m $m --video 60 --source-fps 25 640x480 | cut -d, -f2-11)" \
	"$(count -m $m --video 60 $clips/plain.webm | cut -d, -f2-11)"
exits "a file without a length" 1 "$VTOK" count -o csv -m $m $clips/live.webm
like "a file without a length: what helps" 'the file does not say how long the video is: --video SECONDS does' "$out"
exits "a file without a length, and one given" 0 "$VTOK" count -o csv -m $m --video 8 $clips/live.webm
is "a file in a stream" "$(count -m $m $clips/plain.mp4)" "$(echo $clips/plain.mp4 | count -m $m -)"
exits "sound without pictures" 1 "$VTOK" count -o csv -m $m $clips/sound.mp4
like "sound without pictures: says so" 'this MP4 has sound but no pictures' "$out"
exits "as many frames as can be counted" 0 "$VTOK" count -o csv -m internvl3-8b --video 1000000 --fps 1 640x480
exits "more frames than can be counted" 1 "$VTOK" count -o csv -m internvl3-8b --video 1000000 --fps 2 640x480
like "more frames than can be counted: says so" 'a video has 1 to 1,000,000 frames' "$out"
exits "the textbook and a file" 1 "$VTOK" count -o csv --lens formula -m $m $clips/plain.mp4
exits "explain and a file" 1 "$VTOK" explain -m $m $clips/plain.mp4
like "explain and a file: says what counts it" 'a video: vtok count counts its tokens' "$out$err"
tap_end
