#!/bin/sh
# --request: chat requests in the shapes of their vendors and engines; the counts are those of `vtok count` for the same
# size. Pictures are heads of files, which is all that is looked at.
. "${SRCDIR:-.}/tests/tap.sh"
data=$(cd "${SRCDIR:-.}" && pwd)
cd "$tmp" || exit 99

. "$data/tests/requests.sh"
count() { "$VTOK" count --no-config --no-header -o csv "$@"; }
tokens() { count "$@" | awk -F, '{ print $5 }'; }
# the columns of pictures: 7 height, 8 status, 9 visual, 11 total, 15 error
visual() { printf '%s\n' "$out" | awk -F, '{ print $9 }' | tr '\n' ' ' | sed 's/ *$//'; }
asks() { exits "$1" "$2" "$VTOK" count --no-config --no-header -o csv "$3" "$4" --request request.json; }

# ------------------------------------------------------------ shapes
chat gpt-4o "$(part "$(url 1024 1024)" ',"detail":"high"')" "$(part "$(url 1024 1024)" ',"detail":"low"')" >request.json
asks "OpenAI chat" 0 -m llava-1.5-7b
is "two levels of detail" "765 85" "$(visual)"
is "where they stand" "1,0,1,1,0,2" "$(printf '%s\n' "$out" | cut -d, -f1-3 | tr '\n' , | sed 's/,$//')"
like "data is not printed" 'data:image/png \(93 bytes\)' "$out"
printf '{"type":"ignored"} ' >spaced && sed 's/"url":"/"url" : "/g; s/\[{/[ {/' request.json >spaced
mv spaced request.json
asks "blanks between" 0 -m llava-1.5-7b
is "count the same" "765 85" "$(visual)"
chat gpt-4o "$(part "$(url 1024 1024)" ',"detail":"hihg"')" >request.json
asks "a level that is none" 0 -m llava-1.5-7b
is "is not read" 765 "$(visual)"
like "and that is said" 'no level of detail' "$out"

chat claude-sonnet-4-5 "$(image 1092 1092)" "$(image 1092 1092)" >request.json
asks "Anthropic" 0 -m llava-1.5-7b
is "two pictures" "1521 1521" "$(visual)"
printf '{"messages":[{"role":"user","content":[{"type":"tool_result","content":[%s]},{"type":"document","source":{"type":"base64","data":"JVBE"}}]}]}' \
	"$(image 640 480)" >request.json
asks "in the result of a tool, and a document" 1 -m qwen2.5-vl-7b
is "the picture counts" "$(tokens -m qwen2.5-vl-7b 640x480)" "$(visual | cut -d' ' -f1)"
like "the document says why not" 'a document: its pages' "$out"

printf '{"contents":[{"parts":[{"text":"x"},{"inlineData":{"mimeType":"image/png","data":"%s"}}]}],"generationConfig":{"maxOutputTokens":9}}' \
	"$(png 960 540)" >request.json
asks "Gemini" 0 -m gemini-2.5-flash
is "its count" "$(tokens -m gemini-2.5-flash 960x540)" "$(visual)"
sed 's/"generationConfig":{/&"mediaResolution":"MEDIA_RESOLUTION_LOW",/' request.json >low && mv low request.json
asks "Gemini, low" 0 -m gemini-2.5-flash
is "its count with that level" "$(tokens -m gemini-2.5-flash --media-resolution low 960x540)" "$(visual)"

printf '{"model":"gpt-4o","input":[{"role":"user","content":[{"type":"input_text","text":"x"},{"type":"input_image","image_url":"%s","detail":"low"},{"type":"input_image","file_id":"file-1"}]}]}' \
	"$(url 1024 1024)" >request.json
asks "OpenAI responses" 1 -m gpt-4o
is "a picture, and a file that nobody has" "85" "$(visual)"
printf '{"messages":[{"role":"user","content":[{"image":{"format":"png","source":{"bytes":"%s"}}}]}],"inferenceConfig":{"maxTokens":9}}' \
	"$(png 640 480)" >request.json
asks "Bedrock" 0 -m qwen2.5-vl-7b
is "its count" "$(tokens -m qwen2.5-vl-7b 640x480)" "$(visual)"
printf '{"model":"qwen2.5vl:7b","messages":[{"role":"user","content":"x","images":["%s","%s"]}]}' "$(png 640 480)" "$(png 32 32)" >request.json
asks "ollama" 0 -m llava-1.5-7b
is "its counts" "$(tokens -m qwen2.5vl:7b 640x480) $(tokens -m qwen2.5vl:7b 32x32)" "$(visual)"
printf '{"text":"<image>x","image_data":["%s"]}' "$(url 640 480)" >request.json
asks "SGLang" 0 -m qwen2.5-vl-7b
is "its count" "$(tokens -m qwen2.5-vl-7b 640x480)" "$(visual)"
printf '{"prompt":{"prompt_string":"a <__media__>","multimodal_data":["%s"]}}' "$(png 640 480)" >request.json
asks "llama.cpp" 0 -m qwen2.5-vl-7b
is "its count" "$(tokens -m qwen2.5-vl-7b 640x480)" "$(visual)"
cp "$data/samples/phone.png" .
printf '{"messages":[{"role":"user","content":[{"type":"image","image":"file://%s/phone.png"},{"type":"image","image":"phone.png","resized_height":280,"resized_width":560},{"type":"video","video":["a","b"]}]}]}' "$tmp" >request.json
asks "messages of qwen_vl_utils" 1 -m qwen2.5-vl-7b
is "a file, and one that says its size" "$(tokens -m qwen2.5-vl-7b phone.png) $(tokens -m qwen2.5-vl-7b 560x280)" "$(visual)"
like "a video says so" 'a video' "$out"

printf '{"inputs":"a ![](%s) and ![](%s) or ![](https://h/p.png?key=1) b","parameters":{"max_new_tokens":9}}' "$(url 640 480)" "$(url 32 32)" >request.json
asks "Markdown of TGI" 1 -m qwen2.5-vl-7b
is "two pictures in a text, and an address" "$(tokens -m qwen2.5-vl-7b 640x480) $(tokens -m qwen2.5-vl-7b 32x32)" "$(visual)"
like "which is not fetched" 'h/p.png,.*not fetched' "$out"
is "what is left of the text" 4 "$("$VTOK" estimate --no-config --no-header -o csv -m qwen2.5-vl-7b --request request.json | cut -d, -f6)"
for part in '"image_embeds","image_embeds":{"data":"AAAA"}' '"image_pil","image_pil":"<PIL.Image>"' '"input_file","file_data":"data:application/pdf;base64,JVBE"' \
	'"image","source":{"type":"file","file_id":"f"}' '"input_audio","input_audio":{"data":"A"}'; do
	printf '{"messages":[{"role":"user","content":[{"type":%s}]}]}' "$part" >request.json
	asks "${part%%,*}" 1 -m qwen2.5-vl-7b
	is "${part%%,*}: one row that says why" 1,error "$(printf '%s\n' "$out" | wc -l | tr -d ' '),$(printf '%s\n' "$out" | cut -d, -f8)"
done
printf '{"messages":[{"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"f"}}]}]}' >request.json
asks "a file of Anthropic's" 1 -m qwen2.5-vl-7b
like "is a file, not a document" 'a file at the vendor' "$out"

# ------------------------------------------------------------ one part each: its size, or why it has none
mkdir -p "$tmp/here" && cp "$data/samples/phone.png" "$tmp/here/a.png" && cp "$data/tests/data/images/moving.gif" "$tmp/here"
# a JPEG whose size stands behind 40,000 bytes of something else
late=$({ printf '\377\330\377\341\234\102'; head -c 40000 /dev/zero; printf '\377\300\0\21\10\1\340\2\200\3\1\21\0\2\21\0\3\21\0'; } | base64 | tr -d '\n')
many=$(head -c 4200 /dev/zero | tr '\0' '/')
while IFS='|' read -r expected part; do
	printf '{"messages":[{"role":"user","content":[%s]}]}' "$part" >request.json
	found=$(count -m qwen2.5-vl-7b --request request.json | awk -F, '{ print (NR > 1 ? "more" : $8 == "ok" ? $6 "x" $7 : $0) }')
	like "$(printf %.70s "$part")" "$expected" "$found"
done <<-END
	,error,.*remote picture: not fetched|{"type":"image_url","image_url":{"url":"http://h/a.png"}}
	,error,.*remote picture: not fetched|{"type":"image_url","image_url":{"url":"gs://b/a.png"}}
	,error,.*remote picture: not fetched|{"type":"image","source":{"type":"url","url":"https://h/a.png"}}
	,error,.*remote picture: not fetched|{"image":{"format":"png","source":{"s3Location":{"uri":"s3://b/a.png"}}}}
	,error,.*a file at the vendor|{"fileData":{"mimeType":"image/png","fileUri":"https://g/v1/files/x"}}
	,error,.*a file at the vendor|{"file_data":{"file_uri":"gs://b/x"}}
	^640x480\$|{"inline_data":{"mime_type":"image/png","data":"$(png 640 480)"}}
	^640x480\$|{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,$late"}}
	,error,.*a video: vtok count --video|{"type":"video_url","video_url":"https://h/v.mp4"}
	,error,.*a video or a sound|{"type":"video_url","video_url":{"url":"https://h/v.mp4","more":[{}]}}
	,error,.*embeddings or an object|{"type":"image_embeds","image_embeds":"AAAA"}
	,error,.*embeddings or an object|{"type":"image_embeds","image_embeds":[1,[2],{"a":3}]}
	,error,.*a data URL without base64|{"type":"image_url","image_url":{"url":"data:image/png,abc"}}
	,error,.*a data URL without base64|{"type":"image_url","image_url":{"url":"data:image/png;base65,abc"}}
	,error,.*a data URL without base64|{"type":"image_url","image_url":{"url":"data:,abc"}}
	,error,.*a data URL without base64|{"type":"image_url","image_url":{"url":"data:image/png"}}
	^1170x2532\$|{"type":"image","image":"file://localhost$tmp/here/a.png"}
	^[0-9]+x[0-9]+\$|{"type":"image","image":"$tmp/here/moving.gif"}
	,error,.*no such file|{"type":"image","image":"iVBORw0KGgo"}
	,error,.*no such file|{"type":"image","image":"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU2Nzg5"}
	,error,.*neither a URL, nor a path|{"type":"image","image":"$many"}
	^560x280\$|{"type":"image","image":"nothing","resized_height":280,"resized_width":560}
	,error,.*no such file|{"type":"image","image":"nothing","resized_height":0,"resized_width":560}
	,error,.*no such file|{"type":"image","image":"nothing","resized_height":280,"resized_width":2000000000}
	,error,.*no such file|{"type":"image","image":"nothing","resized_height":-280,"resized_width":1e99}
	,error,.*no picture with that uuid|{"type":"image_url","image_url":null,"uuid":"x"}
END
printf '{"inputs":"a ![](no end, and ![](https://h/p.png) b ![](data:image/png,x)"}' >request.json
asks "addresses of Markdown" 1 -m qwen2.5-vl-7b
is "those that have an end" 2 "$(printf '%s\n' "$out" | wc -l | tr -d ' ')"
# Gemini 3 takes a level for each part, older ones for all
gemini() { # MORE-OF-THE-PART MORE-OF-THE-BODY
	printf '{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"%s"}%s},{"inlineData":{"data":"%s"}}]}]%s}' \
		"$(png 3000 2000)" "$1" "$(png 640 480)" "$2" >request.json
	asks "Gemini 3 with $1$2" 0 -m gemini-3-pro
}
of() { tokens -m gemini-3-pro "$@"; }
gemini '' ''
is "no level" "$(of 3000x2000) $(of 640x480)" "$(visual)"
gemini ',"mediaResolution":{"level":"MEDIA_RESOLUTION_LOW"}' ''
is "a level of a part" "$(of --media-resolution low 3000x2000) $(of 640x480)" "$(visual)"
gemini ',"media_resolution":{"level":"MEDIA_RESOLUTION_MEDIUM"}' ''
is "and as Python writes it" "$(of --media-resolution medium 3000x2000) $(of 640x480)" "$(visual)"
gemini ',"mediaResolution":{"level":"MEDIA_RESOLUTION_LOW"}' ',"generationConfig":{"mediaResolution":"MEDIA_RESOLUTION_MEDIUM"}'
is "goes before that of the body" "$(of --media-resolution low 3000x2000) $(of --media-resolution medium 640x480)" "$(visual)"

# ------------------------------------------------------------ what a request sets
chat qwen2.5-vl-7b "$(part "$(url 3024 4032)")" | sed 's/^{/{"mm_processor_kwargs":{"max_pixels":802816},/' >request.json
asks "a limit of the body" 0 -m llava-1.5-7b
is "holds" "$(tokens -m qwen2.5-vl-7b --max-pixels 802816 3024x4032)" "$(visual)"
chat qwen2.5-vl-7b "$(part "$(url 3024 4032)" '' ',"max_pixels":802816')" >request.json
asks "the same in a part" 0 -m llava-1.5-7b
is "is not read by vLLM" 15552 "$(visual)"
like "and that is said" unenforced "$out"
asks "LMDeploy reads keys in image_url alone" 0 --engine=lmdeploy -mllava-1.5-7b
is "not beside it" 15552 "$(visual)"
chat qwen2.5-vl-7b "$(part "$(url 3024 4032)" ',"max_pixels":802816')" >request.json
asks "in it, those of Qwen2.5-VL" 0 --engine=lmdeploy -mllava-1.5-7b
is "hold" "$(tokens -m qwen2.5-vl-7b --max-pixels 802816 3024x4032)" "$(visual)"
asks "with vLLM" 0 --engine=vllm -mllava-1.5-7b
like "they do not" 'unenforced: pixel limits in a part' "$out"
chat qwen3-vl-8b "$(part "$(url 3024 4032)" ',"max_pixels":802816')" >request.json
asks "those of Qwen3-VL" 0 --engine=lmdeploy -mllava-1.5-7b
is "do not" "$(tokens -m qwen3-vl-8b 3024x4032)" "$(visual)"
like "and that is said" 'unenforced: pixel limits in a part' "$out"
# the body of LMDeploy: by kind, and for the newer families alone
body() { chat "$1" "$(part "$(url 3024 4032)")" | sed 's/^{/{"mm_processor_kwargs":'"$2"',/' >request.json; }
body qwen3-vl-8b '{"image":{"max_pixels":802816}}'
asks "a limit by kind in the body of LMDeploy" 0 --engine=lmdeploy -mllava-1.5-7b
is "holds with Qwen3-VL" "$(tokens -m qwen3-vl-8b --max-pixels 802816 3024x4032)" "$(visual)"
asks "before there was one" 0 --engine=lmdeploy@0.12 -mllava-1.5-7b
like "it does not" 'unenforced: pixel limits in mm_processor_kwargs' "$out"
body qwen3-vl-8b '{"max_pixels":802816}'
asks "a flat one" 0 --engine=lmdeploy -mllava-1.5-7b
is "does not" "$(tokens -m qwen3-vl-8b 3024x4032)" "$(visual)"
like "and that is said as well" 'unenforced: pixel limits in mm_processor_kwargs' "$out"
body qwen3-vl-8b '{"image":{"size":{"longest_edge":802816}}}'
asks "a size" 0 --engine=lmdeploy -mllava-1.5-7b
like "neither" 'unenforced: pixel limits in mm_processor_kwargs' "$out"
body qwen2.5-vl-7b '{"image":{"max_pixels":802816}}'
asks "one by kind for Qwen2.5-VL" 0 --engine=lmdeploy -mllava-1.5-7b
is "is not read" 15552 "$(visual)"
exits "by fit as by count" 0 "$VTOK" fit --no-config --no-header -o csv --engine lmdeploy --tokens "$((15552 + 2))" --request request.json
like "nothing is to be made smaller" ',3024,4032,3024,4032,' "$out"
body qwen3-vl-8b '{"image":{"max_pixels":802816},"video":{"max_pixels":65536}}'
asks "limits of two kinds" 0 --engine=lmdeploy -mllava-1.5-7b
is "each has its own" "$(tokens -m qwen3-vl-8b --max-pixels 802816 3024x4032)" "$(visual)"
# two that ask for the same, one where it is read
chat qwen2.5-vl-7b "$(part "$(url 3024 4032)" ',"max_pixels":802816')" "$(part "$(url 3024 4032)" '' ',"max_pixels":802816')" >request.json
asks "inside image_url and beside it" 0 --engine=lmdeploy -mllava-1.5-7b
is "are two counts" "972 15552" "$(visual)"
exits "by fit" 0 "$VTOK" fit --no-config --no-header -o csv --engine lmdeploy --tokens "$((972 + 15552 + 4))" --request request.json
is "too" "3024x4032 3024x4032" "$(printf '%s\n' "$out" | cut -d, -f9,10 | tr , x | tr '\n' ' ' | sed 's/ $//')"
body qwen3-vl-8b '{"size":{"longest_edge":802816}}'
asks "a size in the body of vLLM" 0 --engine=vllm -mllava-1.5-7b
is "holds" "$(tokens -m qwen3-vl-8b --max-pixels 802816 3024x4032)" "$(visual)"
asks "in that of SGLang" 0 --engine=sglang -mllava-1.5-7b
like "it is not read" 'unenforced: pixel limits in mm_processor_kwargs' "$out"
chat internvl3-8b "$(part "$(url 3000 1000)" ',"max_dynamic_patch":3')" >request.json
asks "tiles of a part, by LMDeploy" 0 --engine=lmdeploy -mllava-1.5-7b
is "three and the whole" 1024 "$(visual)"
asks "and by SGLang" 0 --engine=sglang -mllava-1.5-7b
is "the same" 1024 "$(visual)"
asks "not by vLLM" 0 --engine=vllm -mllava-1.5-7b
like "which is said" 'unenforced: max_dynamic_patch' "$out"
chat internvl3-8b "$(part "$(url 4000 3000)" ',"detail":"low"')" >request.json
asks "a detail of InternVL, by LMDeploy" 0 --engine=lmdeploy -mllava-1.5-7b
is "is six tiles at most" $((7 * 256)) "$(visual)"
chat aya-vision-8b "$(part "$(url 4000 3000)" ',"detail":"low"')" >request.json
asks "a detail of another family" 0 --engine=lmdeploy -mllava-1.5-7b
is "is no number of tiles" "$(tokens -m aya-vision-8b 4000x3000)" "$(visual)"
chat qwen2.5-vl-7b "$(part "$(url 640 480)" '' ',"uuid":"a"')" '{"type":"image_url","image_url":null,"uuid":"a"}' \
	'{"type":"image_url","image_url":null,"uuid":"b"}' >request.json
asks "a picture that comes again" 1 -m llava-1.5-7b
is "has its size" "$(tokens -m qwen2.5-vl-7b 640x480) $(tokens -m qwen2.5-vl-7b 640x480)" "$(visual)"
chat my-model "$(part "$(url 640 480)")" >request.json
exits "a served name" 0 "$VTOK" count --no-config --no-header -o csv --map my-model=gemma-3-4b --request request.json
is "means what --map says" gemma-3-4b "$(printf '%s\n' "$out" | cut -d, -f5)"
for map in x =gemma-3-4b my-model=; do
	exits "no map: $map" 2 "$VTOK" count --no-config --map "$map" --request request.json
	like "names its form" '^vtok: --map: expected NAME=ID, got "'"$map"'"$' "$err"
done
exits "one that nobody knows" 1 "$VTOK" count --no-config --no-header -o csv --request request.json
exits "is that of -m" 0 "$VTOK" count --no-config --no-header -o csv -m qwen2.5-vl-7b --request request.json

# ------------------------------------------------------------ batches, whole requests
{
	printf '{"custom_id":"one","method":"POST","body":%s}\n' "$(chat gpt-4o "$(part "$(url 1024 1024)")")"
	printf '{"custom_id":"two","body":{"model":"gpt-4o","input":"\303\251t\303\251"}}\r\n'
	printf '{"custom_id":"three","body":{"model":\n'
	printf '\357\273\277\n'
} >batch.jsonl
exits "a batch" 1 "$VTOK" estimate --no-config -o csv --request batch.jsonl
is "the columns of requests" request,model,images,visual_tokens,special_tokens,text_tokens,text_estimated,total_tokens,limit,used_share,price_usd,status,error \
	"$(printf '%s\n' "$out" | sed -n 1p)"
is "a row a request, the broken one too" "one,ok two,ok 3,error" \
	"$(printf '%s\n' "$out" | awk -F, 'NR > 1 && NR < 5 { print $1 "," $12 }' | tr '\n' ' ' | sed 's/ $//')"
is "its tokens" "1,765,0,3" "$(printf '%s\n' "$out" | sed -n 2p | cut -d, -f3-6)"
is "text beyond ASCII is dearer" 2 "$(printf '%s\n' "$out" | sed -n 3p | cut -d, -f6)"
is "text that is given" 700,0 "$("$VTOK" estimate --no-config --no-header -o csv -t 700 --request batch.jsonl | sed -n 1p | cut -d, -f6,7)"
is "json is json" "array 4
string one
number 765" "$("$VTOK" estimate --no-config -o json --request batch.jsonl | "$BUILDDIR/tests/run-json" "" 0.request 0.visual_tokens)"
is "from a pipe" "$("$VTOK" estimate --no-config -o csv --request batch.jsonl)" "$("$VTOK" estimate --no-config -o csv --request - <batch.jsonl)"

# ------------------------------------------------------------ hostile
hostile() { # NAME PATTERN JSON
	printf '%s\n' "$3" >request.json
	exits "$1" 1 "$VTOK" count --no-config --no-header -o csv -m qwen2.5-vl-7b --request request.json
	like "$1: says so" "$2" "$out$err"
}
hostile "a remote picture" 'not fetched' "$(chat x "$(part 'https://h/p.png?signature=secret')")"
is "its signature is cut" "" "$(printf '%s' "$out" | grep secret)"
hostile "no picture" 'not an image' "$(chat x "$(part data:image/png\;base64,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA)")"
hostile "a drawing" SVG "$(chat x "$(part "data:image/svg+xml;base64,$(printf '<svg xmlns="http://www.w3.org/2000/svg"/>' | base64)")")"
hostile "a data URL without base64" 'without base64' "$(chat x "$(part data:,x)")"
hostile "a cut picture" 'truncated|cut|damaged' "$(chat x "$(part data:image/png\;base64,iVBORw0KGgoAAAANSUhEUgA)")"
hostile "too deep" '64 levels' "$(head -c 200 /dev/zero | tr '\0' '[')"
hostile "no JSON" 'JSON' 'x'
hostile "other writing in an address of Markdown" 'not an image|not fetched|truncated|base64' \
	"{\"inputs\":\"![](data:image/png;base64,$(printf '\303\244%.0s' 1 2 3 4 5 6 7 8 9)) ![](http://x)\"}"
is "its text is not less than nothing" 1 "$("$VTOK" estimate --no-config --no-header -o csv -m qwen2.5-vl-7b --request request.json |
	awk -F, '{ print ($6 >= 0) }')"
hostile "a string without an end" 'a control character' '{"messages":"'
hostile "a control character" 'control character' "$(printf '{"messages":"\001"}')"
hostile "a number" 'an object' 17
hostile "another object" 'no chat request' '{"a":[1,2,{"b":null}],"c":1e5}'
exits "a line that is too long" 1 "$VTOK" count --no-config --request batch.jsonl --max-line 1024 -o csv
: >request.json
exits "nothing" 1 "$VTOK" count --no-config --request request.json
exits "no such file" 1 "$VTOK" count --no-config --request nowhere.json
for bad in "count --all" "count --all-runtimes" "count --sum" "count --images 2" "count --frames 9" "count --video 3" "count --dpi 72" \
	"count -m gpt-4o -m gemini-3" "estimate --all" "estimate -n 2" "estimate -m gpt-4o -m gemini-3" "fit --tokens 300 --all" \
	"fit --tokens 300 -n 2" "fit --tokens 300 -m gpt-4o -m gemini-3" "check --engine vllm -n 2" \
	"check --engine vllm -m qwen3-vl-8b -m qwen2.5-vl-7b"; do
	# shellcheck disable=SC2086 # words
	exits "refused: $bad" 2 "$VTOK" $bad --no-config --request batch.jsonl
	like "one line says so: $bad" '^vtok: --request takes (no --[a-z-]+|one -m, for bodies that name no model; got 2)$' "$err"
done
exits "inputs beside it" 2 "$VTOK" count --no-config --request batch.jsonl 640x480
{
	printf '{"messages":[{"role":"user","content":['
	for i in $(seq 2000); do printf '{"type":"image_url","image_url":{"url":"%s"}},' 'data:image/png;base64,'; done
	printf '{"type":"text","text":"%s"}]}]}' "$(head -c 300000 /dev/zero | tr '\0' x)"
} >request.json
exits "thousands of parts" 1 "$VTOK" count --no-config --no-header -o csv -m qwen2.5-vl-7b --request request.json
is "a row each" 2000 "$(printf '%s\n' "$out" | wc -l | tr -d ' ')"
tap_end
