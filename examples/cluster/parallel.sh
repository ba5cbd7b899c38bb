#!/bin/sh
# parallel.sh MODEL LIST: blocks of whole lines, a process each, on all cores; --sshlogin adds machines.
model=$1 list=$2
parallel -a "$list" --pipepart --block "${BLOCK:-8M}" vtok scan -m "$model" --partial - | vtok scan --merge -
