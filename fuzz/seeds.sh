#!/bin/sh
# seeds.sh FOLDER [TARGET...]: makes FOLDER/TARGET/seeds/ and FOLDER/TARGET/dict for libFuzzer, from the data of the tests, the
# shipped files and the words that the parsers' own sources know. Nothing of it is kept with the source: it would be written twice.
# SRCDIR is the source tree. fuzz/README.md lists the targets.
set -e
: "${SRCDIR:=.}"
out=$1
shift

# FILE...: copies as they are, small ones alone
copies() {
	for file; do
		[ -f "$file" ] && [ "$(wc -c <"$file")" -le 65536 ] || continue
		cp "$file" "$dir/$(echo "${file#"$SRCDIR"/}" | tr / _)" && chmod u+w "$dir/$(echo "${file#"$SRCDIR"/}" | tr / _)"
	done
}
# CHARACTER NAME: standard input with that character before it, as targets want it that choose by the first byte
behind() {
	{
		printf "$1"
		cat
	} >"$dir/$2"
}
# FILE...: the words between quotation marks in sources
words() {
	grep -oh '"[A-Za-z0-9_.:@%= -]\{2,40\}"' "$@" | LC_ALL=C sort -u >>"$dict"
}
# NAME...: of files in src/, as words() takes them
sources() {
	for name; do
		words "$SRCDIR/src/$name"
	done
}
own_words() {
	[ ! -f "$SRCDIR/fuzz/$target.dict" ] || cat "$SRCDIR/fuzz/$target.dict" >>"$dict"
}

seed() {
	case $target in
	budget)
		for text in tokens=1280 ttft=300ms 'gpu-time=0.5' concurrency=16 kv-bytes=2GiB share=5% max-price=3; do
			printf 'zZ%s' "$text" >"$dir/$text"
		done
		sources cli/budget.c core/budget.c core/quantity.c
		;;
	chat)
		printf '{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAU","detail":"low"}},{"type":"text","text":"a"}]}]}\n' >"$dir/openai"
		printf '{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgoAAAANSUhEUgAAAAoAAAAU"}}]}]}' >"$dir/anthropic"
		printf '{"contents":[{"parts":[{"inline_data":{"mime_type":"image/png","data":"iVBORw0KGgo="}},{"text":"x"}]}],"generationConfig":{"mediaResolution":"MEDIA_RESOLUTION_LOW"}}' >"$dir/gemini"
		printf '{"custom_id":"1","method":"POST","body":{"model":"m","messages":[]}}\n{"model":"m","images":["iVBORw0KGgo="],"prompt":"x","options":{"num_ctx":2048}}\n' >"$dir/batch"
		sources cli/chat.c cli/chat_pictures.c cli/chat_keys.c
		;;
	clip) copies "$SRCDIR"/tests/data/clips/*.m?? "$SRCDIR"/tests/data/clips/*.webm && sources image/clip_mp4.c image/clip_webm.c ;;
	gguf) copies "$SRCDIR"/tests/data/gguf/*/* && sources import/gguf.c import/gguf_config.c ;;
	image) copies "$SRCDIR"/tests/data/images/* && sources image/header.c image/header_heif.c image/header_jxl.c image/exif.c ;;
	import)
		for folder in "$SRCDIR"/tests/data/import/*/ "$SRCDIR"/tests/data/import/real/*/; do
			[ -f "$folder/config.json" ] || continue
			{
				cat "$folder/config.json"
				[ ! -f "$folder/preprocessor_config.json" ] || { printf '\000' && cat "$folder/preprocessor_config.json"; }
			} >"$dir/$(basename "$folder")"
		done
		for file in "$SRCDIR"/src/import/import*.c; do words "$file"; done
		;;
	ini) copies "$SRCDIR"/tests/registry/*.ini && sources registry/schema_price.c registry/schema_rent.c registry/schema_limit.c \
		registry/schema_pace.c registry/schema_preprocess.c registry/schema_setting.c registry/schema_uncounted.c ;;
	keys)
		printf '\007\033[A\033OP\033[1;5C\033[<0;10;5M\033[200~1080p\033[201~q' >"$dir/keys"
		printf '\001\033]11;rgb:ffff/ffff/dddd\033\\\033[0n\033[?62;4c\033[24;80R\033P>|x(1)\033\\' >"$dir/answers"
		printf '\003\303\251\342\202\254\360\237\230\200\377' >"$dir/utf8"
		;;
	lane)
		printf '640x480\n1920x1080\n13x2\n1234567x1234567\n' >"$dir/sizes"
		printf '1x1\n01x1\n1X1\nphoto.jpg\n12345678x9\n1x1' >"$dir/odd"
		;;
	names) tail -n +2 "$SRCDIR/tests/data/names.csv" | cut -d, -f1 | awk -v dir="$dir" 'NR % 9 == 1 { f = dir "/" NR; printf "%s", $0 >f; close(f) }' &&
		sources registry/spelling.c registry/names.c ;;
	options)
		printf '\002-m\nqwen3-vl-8b\n--images=4\n-o\ncsv\n1920x1080' >"$dir/count"
		printf '\003--tokens\n1280\n--ttft\n300ms\n--budget\ntokens=5\n--\n-x' >"$dir/fit"
		for text in 4032x3024 1080p A4@300 50% fp8 h100-sxm vllm@0.20 'ttft 300ms' 12.5 ' '; do
			printf '\007%s' "$text" >"$dir/knob-$(echo "$text" | tr ' %@' ___)"
		done
		sources cli/option_rows.c state/knobs.c state/size_name.c cli/misplaced.c
		;;
	scan)
		printf '1920x1080\n640x480 3\n' | behind '\002' sizes
		printf 'width,height,key\n1920,1080,a\n"10","20","b""c"\n' | behind '\003' csv
		printf '{"width":1920,"height":1080,"key":"a"}\n' | behind '\004' jsonl
		[ -z "${VTOK-}" ] || printf '1920x1080\n640x480\n' | "$VTOK" scan -m qwen2.5-vl-7b --partial --from sizes - | behind '\000' partial
		(cd "$SRCDIR/samples" && tar cf - README) | behind '\001' tar
		! command -v zip >/dev/null || (cd "$SRCDIR/samples" && zip -q - README) | behind '\001' zip
		sources cli/partial.c cli/dataset.c cli/scan_row.c
		;;
	script) copies "$SRCDIR"/samples/talk.steps && sources state/script.c state/knobs.c core/quantity.c ;;
	server)
		printf '\000--max-model-len 8k --limit-mm-per-prompt {"image":8} -tp 2' >"$dir/vllm"
		printf '\001-c 8192 -np 4 --image-max-tokens 1024 --mmproj x.gguf' >"$dir/llama"
		printf '\002--context-length 4096 --mem-fraction-static 0.8' >"$dir/sglang"
		printf '\004max_pixels=1M' >"$dir/client"
		printf '\005tokens > limit && images * 2 <= 8' >"$dir/term"
		printf '\0070.20=2026-01-01 b6900=2025-10-31' >"$dir/release"
		grep -hoE '^(flags|switches|when|value|limit|keys) = .*' "$SRCDIR"/engines.ini "$SRCDIR"/limits.ini | sed 's/^[a-z]* = //' |
			tr ' ' '\n' | grep -E '^[A-Za-z_.=-]{2,40}$' | LC_ALL=C sort -u | sed 's/.*/"&"/' >>"$dict"
		sources import/server_line.c core/term.c core/limit_names.c
		;;
	settings)
		printf '# mine\n[dashboard]\ntheme = light\nhardware = l4\nmouse = no\nbudget = ttft 300ms\n\n[other]\nkey = 1\n' >"$dir/usual"
		sources cli/settings.c state/knobs.c
		;;
	still) copies "$SRCDIR"/tests/data/images/*.gif "$SRCDIR"/tests/data/images/*.png "$SRCDIR"/tests/data/images/*.jp* && sources image/stranger.c ;;
	theme) copies "$SRCDIR"/themes/*.ini && sources draw/theme.c draw/theme_file.c ;;
	words)
		for text in 1920x1080 '1920×1080' 1080p A4@300 '10 20'; do printf '%s' "$text" | behind '\000' "size-$text"; done
		for text in '80 GiB' 512MB 2.5e3 '1.5 ms' 4k -0 1e308; do printf '%s' "$text" | behind '\001' "quantity-$text"; done
		printf 'aGVs bG8_-w==' | behind '\002' base64
		printf 'a,"b ""c""",d' | behind '\003' csv
		printf 'a\342\200\256b\033[2J\377' | behind '\004' text
		printf '\033]11;rgb:ff/ff/dd\007' | behind '\005' ground
		printf '15;0' | behind '\005' colorfgbg
		sources base/unit.c state/size_name.c tui/kinds.c
		;;
	*) echo "seeds.sh: no target $target" >&2 && exit 1 ;;
	esac
}
for target; do
	dir=$out/$target/seeds dict=$out/$target/dict
	mkdir -p "$dir"
	: >"$dict"
	seed
	own_words
done
