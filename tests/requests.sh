# shellcheck shell=sh
# Chat requests for tests: pictures are heads of PNG files of any size, in base64. Sourced.
byte() { printf '%b' "\\0$(printf %o "$1")"; }
word() { byte $(($1 / 256)); byte $(($1 % 256)); }
png() { # WIDTH HEIGHT
	{
		printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0'
		word "$1"; printf '\0\0'; word "$2"; printf '\10\2\0\0\0'
		head -c "${3:-64}" /dev/zero
	} | base64 | tr -d '\n'
}
url() { printf 'data:image/png;base64,%s' "$(png "$@")"; }
chat() { # MODEL PART...
	printf '{"model":"%s","messages":[{"role":"user","content":[{"type":"text","text":"What is it?"}' "$1"
	shift
	printf ',%s' "$@"
	printf ']}],"max_tokens":100}\n'
}
part() { printf '{"type":"image_url","image_url":{"url":"%s"%s}%s}' "$1" "$2" "$3"; }
image() { printf '{"type":"image","source":{"type":"base64","media_type":"image/png","data":"%s"}}' "$(png "$1" "$2")"; }
