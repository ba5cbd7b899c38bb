#!/bin/sh
# parallel.sh MODEL LIST: blocks of whole lines, a process each, on all cores; --sshlogin adds machines.
model=$1 list=$2
parts=$(mktemp) || exit 1
trap 'rm -f "$parts"' EXIT
# In a pipe the status of parallel would be lost, and a block that failed with it.
parallel -a "$list" --pipepart --block "${BLOCK:-8M}" vtok scan -m "$model" --partial - >"$parts" || exit 1
vtok scan --merge "$parts"
