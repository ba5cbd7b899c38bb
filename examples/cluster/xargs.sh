#!/bin/sh
# xargs.sh MODEL SHARD...: a process a shard, as many at once as there are cores.
model=$1
shift
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
printf '%s\0' "$@" | xargs -0 -P "$(getconf _NPROCESSORS_ONLN)" -I '{}' sh -c \
	'name=$(printf %s "$1" | tr / _); vtok scan -m "$2" --partial --part "$1" - <"$1" >"$3/$name.json"' - '{}' "$model" "$work"
vtok scan --merge "$work"/*.json
