#!/bin/sh
# vtok check --request: whole requests judged as a server gets them. What a rule says of the same request put into options
# is what it says here.
. "${SRCDIR:-.}/tests/tap.sh"
data=$(cd "${SRCDIR:-.}" && pwd)
cd "$tmp" || exit 99
. "$data/tests/requests.sh"

# CODE NAME ARG...: the rows of request.json in $out
judged() {
	code=$1 name=$2
	shift 2
	exits "$name" "$code" "$VTOK" check --no-config --no-header -o csv --request request.json "$@"
}
row() { printf '%s\n' "$out" | grep "^[^,]*,$1," | head -1; }
cells() { row "$1" | cut -d, -f3-5; } # verdict, value, limit

# ------------------------------------------------------------ the pictures of a request together
chat qwen3-vl-8b "$(part "$(url 1024 1024)")" "$(part "$(url 640 480)")" "$(part "$(url 64 64)")" >request.json
judged 0 "three pictures" --engine vllm@0.20 -t 512
is "their tokens add up, as those of --sum" \
	"$("$VTOK" check --no-config -m qwen3-vl-8b --engine vllm@0.20 -t 512 --sum -o csv --no-header 1024x1024 640x480 64x64 |
		grep ',vllm-context,' | cut -d, -f2-5)" "$(row vllm-context | cut -d, -f2-5)"
is "they are counted" ok,3,999 "$(cells vllm-image-count)"
judged 1 "against what the server was told" --engine vllm@0.20 --server '--limit-mm-per-prompt.image 2 --max-model-len 1000'
is "number" rejected,3,2 "$(cells vllm-image-count)"
is "the answer that is asked for" rejected "$(cells vllm-output | cut -d, -f1)"
is "what is set aside is measured by the largest picture" over-reserved,16384,1024 "$(cells vllm-over-reserve)"
like "and so is the remedy" '"width"":1024' "$(row vllm-over-reserve)"
is "worst first" "rejected rejected rejected over-reserved" "$(printf '%s\n' "$out" | cut -d, -f3 | head -4 | tr '\n' ' ' | sed 's/ $//')"

# ------------------------------------------------------------ levels of Gemini
gemini() { printf '{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"%s"}}]}],"generationConfig":{"%s":"%s"}}' \
	"$(png 3000 2000)" "$1" "$2" >request.json; }
for level in mediaResolution:MEDIA_RESOLUTION_LOW media_resolution:MEDIA_RESOLUTION_HIGH mediaResolution:medium; do
	gemini "${level%:*}" "${level#*:}"
	judged 0 "a level: $level" -m gemini-3-pro
	is "is one: $level" ok "$(cells gemini-count | cut -d, -f1)"
done
for key in mediaResolution media_resolution; do
	gemini $key MEDIA_RESOLUTION_SOME
	judged 1 "no level: $key" -m gemini-3-pro
	like "is named: $key" "$key: not a level: \"\"MEDIA_RESOLUTION_SOME\"\"" "$out"
done

# ------------------------------------------------------------ keys and their places
chat qwen2.5-vl-7b "$(part "$(url 3024 4032)" '' ',"max_pixels":802816')" >request.json
judged 0 "a limit of pixels in a part" --engine vllm@0.20
is "is not read by vLLM" unenforced "$(cells vllm-part-max-pixels | cut -d, -f1)"
is "and 15,552 tokens come" ok,15552,16384 "$(cells vllm-encoder-cache)"
judged 1 "with --strict it fails" --engine vllm@0.20 --strict
chat qwen2.5-vl-7b "$(part "$(url 3024 4032)")" | sed 's/^{/{"mm_processor_kwargs":{"max_pixels":802816},/' >request.json
judged 0 "in mm_processor_kwargs" --engine vllm@0.20
is "it holds" "$("$VTOK" count --no-config -m qwen2.5-vl-7b --max-pixels 802816 --no-header -o csv 3024x4032 | cut -d, -f5)" \
	"$(cells vllm-encoder-cache | cut -d, -f2)"
is "the rule of parts is silent" "" "$(row vllm-part-max-pixels)"
judged 0 "LMDeploy wants it by kind" --engine lmdeploy@0.16
is "and says so of a flat one" unenforced "$(printf '%s\n' "$out" | grep lmdeploy- | head -1 | cut -d, -f3)"
sed 's/"mm_processor_kwargs":\({[^}]*}\)/"extra_body":{"mm_processor_kwargs":\1}/' request.json >body && mv body request.json
judged 0 "in extra_body" --engine vllm@0.20
is "it holds as well" ok,972,16384 "$(cells vllm-encoder-cache)"
# each picture has what its own part says: LMDeploy takes it in image_url
chat qwen2.5-vl-7b "$(part "$(url 3024 4032)" ',"max_pixels":802816')" "$(part "$(url 3024 4032)")" >request.json
judged 0 "a limit for one of two pictures" --engine lmdeploy@0.16 -t 0
is "is that one's alone" $((972 + 15552 + 4)) "$(cells lmdeploy-context | cut -d, -f2)"
like "what the request sets goes before --client" 972 \
	"$(chat qwen2.5-vl-7b "$(part "$(url 3024 4032)")" | sed 's/^{/{"mm_processor_kwargs":{"max_pixels":802816},/' |
		"$VTOK" check --no-config --no-header -o csv --engine vllm@0.20 --client kwargs:max_pixels=5000000 --request - |
		grep encoder-cache)"

# a key that comes again and again, and one of a part without a picture before another's
{
	printf '{"model":"claude-sonnet-4-5",'
	yes '"anthropic_version":"bedrock-2023-05-31",' | head -n 16000 | tr -d '\n'
	printf '"messages":[{"role":"user","content":[%s]}]}\n' "$(image 640 480)"
} >request.json
judged 0 "a key 16,000 times" --engine anthropic
chat qwen2.5-vl-7b "$(part "$(url 3024 4032)" ',"max_pixels":802816')" |
	sed 's/"What is it?"/&,"cache_control":{"ttl":"1h"}/' >request.json
judged 0 "a key of a text before a picture's" --engine lmdeploy@0.16 -t 0
is "leaves the picture its own" $((972 + 2)) "$(cells lmdeploy-context | cut -d, -f2)"
chat gpt-4o "$(part "$(url 512 512)")" | sed 's/^{/{"metadata":{"detail":"order 5"},/' >request.json
judged 0 "anybody's words in metadata" --engine openai

# what no option says: messages, their pictures, options of ollama
printf '{"model":"qwen2.5vl:7b","messages":[{"role":"user","content":"%s"},{"role":"user","content":"x","images":["%s"]}],"options":{"num_ctx":%d}}\n' \
	"$(head -c 12000 /dev/zero | tr '\0' x)" "$(png 640 480)" 2048 >request.json
judged 1 "two messages to ollama" --engine ollama@0.30
is "the first is cut off" truncated,3769,2048 "$(cells ollama-truncate)"
sed 's/"num_ctx":2048/"num_ctx":32768/' request.json >wide && mv wide request.json
judged 0 "num_ctx of the request" --engine ollama@0.30
is "holds" ok,3769,32768 "$(cells ollama-truncate)"

# ------------------------------------------------------------ vendors
chat claude-opus-4.6 "$(for i in $(seq 20); do image 100 100; printf ,; done)$(image 2500 100)" >request.json
judged 1 "21 pictures for Anthropic, one of them long"
is "the side is judged by their number" rejected,2500,2000 "$(cells anthropic-side)"
chat claude-opus-4.6 "$(image 100 100 | sed 's/base64","media_type":"image.png","data":"[^"]*/url","url":"https:\/\/h\/a.png/')" |
	sed 's/^{/{"anthropic_version":"bedrock-2023-05-31",/' >request.json
judged 1 "an address for Bedrock"
is "it takes base64 alone" rejected "$(cells anthropic-source | cut -d, -f1)"
like "the picture has no size" '1 of 1 pictures without a size: https://h/a.png: remote picture' "$out"
chat gpt-4o "$(part "$(url 4000 4000)" ',"detail":"low"')" >request.json
judged 0 "detail of a part"
is "low shrinks as it is meant to" "" "$(row openai-shrunk)"
sed 's/"detail":"low"/"detail":"high"/' request.json >high && mv high request.json
judged 1 "high"
is "is shrunk" shrunk "$(cells openai-shrunk | cut -d, -f1)"
sed 's/"detail":"high"/"detail":"huge"/' request.json >huge && mv huge request.json
judged 1 "no such level"
like "is said" 'error.*huge' "$out"
printf 'GIF89a\020\0\020\0\0\0\0\54\0\0\0\0\020\0\020\0\0\2\1\0\0\54\0\0\0\0\020\0\020\0\0\2\1\0\0\73' >moves.gif
printf '{"model":"gpt-4o","input":[{"role":"user","content":[{"type":"input_image","image_url":"data:image/gif;base64,%s"}]}]}' \
	"$(base64 <moves.gif | tr -d '\n')" >request.json
judged 1 "a GIF that moves, inside the request"
is "is refused by OpenAI" rejected "$(cells openai-animated | cut -d, -f1)"
printf '{"model":"gpt-4o","input":[{"role":"user","content":[{"type":"input_image","image_url":"%s/moves.gif"}]}]}' "$tmp" >request.json
judged 1 "and as a file"
is "too" rejected "$(cells openai-animated | cut -d, -f1)"
{
	printf '{"model":"claude-opus-4.6","max_tokens":5,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","data":"%s' "$(png 100 100)"
	head -c 12000000 /dev/zero | tr '\0' A
	printf '"}}]}]}\n'
} >request.json
judged 0 "8.9 MB in base64"
like "the file's bytes are those behind it" '^ok,9000...,10000000$' "$(cells anthropic-file)"
like "the request's are all of it" '^ok,1200.*,32000000$' "$(cells anthropic-request)"

# ------------------------------------------------------------ a picture as text
chat qwen2.5-vl-7b "$(printf '{"type":"text","text":"%s"}' "$(url 640 480 600000)")" >request.json
judged 1 "a picture pasted into a text" --engine vllm@0.20
is "is judged as text" rejected "$(cells any-base64-as-text | cut -d, -f1)"
is "and counts once" 9 "$(cells vllm-context | cut -d, -f2)"

# ------------------------------------------------------------ batches
{
	printf '{"custom_id":"one","body":%s}\n' "$(chat qwen2.5-vl-7b "$(part "$(url 640 480)")")"
	printf '{"custom_id":"two","body":%s}\n' "$(chat gpt-4o "$(part "$(url 640 480)")")"
	printf '{"custom_id":"three","body":{"model":\n'
	printf '{"custom_id":"four","body":%s}\r\n' "$(chat my-model "$(part "$(url 64000 64)")")"
	printf '{"custom_id":"five","body":{"model":"qwen2.5-vl-7b","messages":[]}}\n'
} >request.json
judged 1 "a batch" --engine vllm@0.20 --map my-model=qwen3-vl-8b
is "each has rows of its own" "one two 3 four five" "$(printf '%s\n' "$out" | cut -d, -f1 | uniq | tr '\n' ' ' | sed 's/ $//')"
like "another vendor's model is a row" '^two,-,error,.*served by OpenAI alone' "$(row -)"
like "a broken line is a row" '^3,-,error,' "$(printf '%s\n' "$out" | grep '^3,')"
is "a served name is judged" rejected "$(printf '%s\n' "$out" | grep '^four,' | head -1 | cut -d, -f3)"
is "a version is said once at most" 1 "$("$VTOK" check --no-config -o csv --engine vllm --request request.json 2>&1 >/dev/null | grep -c 'its newest')"
is "json is json" "array $(printf '%s\n' "$out" | wc -l | tr -d ' ')
string one" "$("$VTOK" check --no-config -o json --engine vllm@0.20 --map my-model=qwen3-vl-8b --request request.json |
	"$BUILDDIR/tests/run-json" "" 0.input)"
is "columns" input,rule,verdict,value,limit,unit,since,until,remedy,source \
	"$("$VTOK" check --no-config -o csv --engine vllm@0.20 --request request.json | head -1)"

# ------------------------------------------------------------ hostile, and misuse
{
	printf '{"messages":[{"role":"user","content":['
	for i in $(seq 6000); do printf '{"a":1,"b":2,"c":true,"image":""},'; done
	printf '{}]}]}\n'
} >request.json
judged 1 "more settings than anybody sends" -m qwen2.5-vl-7b --engine vllm@0.20
like "is said" 'sets more than' "$out"
exits "inputs beside it" 2 "$VTOK" check -m qwen2.5-vl-7b --engine vllm --request request.json 640x480
exits "--sum beside it" 2 "$VTOK" check -m qwen2.5-vl-7b --engine vllm --sum --request request.json
exits "no such file" 1 "$VTOK" check --engine vllm --request nowhere.json
tap_end
