#!/bin/sh
# xargs.sh MODEL SHARD...: a process a shard, as many at once as there are cores.
model=$1
shift
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
# Parts have no names: a folder of our own holds each once, and the shards a/b_c and a_b/c would have to share one.
printf '%s\0' "$@" | xargs -0 -P "$(getconf _NPROCESSORS_ONLN)" -I '{}' sh -c \
	'part=$(mktemp "$3/part.XXXXXX") && vtok scan -m "$2" --partial - <"$1" >"$part"' - '{}' "$model" "$work" || exit 1
vtok scan --merge "$work"/part.*
