#!/bin/sh
#SBATCH --array=0-99
#SBATCH --cpus-per-task=1
# sbatch slurm.sh MODEL FOLDER: task N scans FOLDER/shard.N; then: vtok scan --merge FOLDER/part.*.json
model=$1 folder=$2 task=$SLURM_ARRAY_TASK_ID
vtok scan -m "$model" --partial --part "$task" - <"$folder/shard.$task" >"$folder/part.$task.tmp" &&
	mv "$folder/part.$task.tmp" "$folder/part.$task.json"
