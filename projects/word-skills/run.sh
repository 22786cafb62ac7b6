#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The short study of this project: five allocations of equal trainable parameters, trained on six tasks together, and the table of
# their differences. What has been trained already is not trained again; an interrupted study goes on.
#   projects/word-skills/run.sh HILO_PROGRAM [again: yes|no]
set -euo pipefail
hilo=$(realpath "$1")
again=${2:-no}
cd "$(dirname "${BASH_SOURCE[0]}")"
export OMP_NUM_THREADS=1

[ "$again" = no ] || rm -rf runs studies workbench.db workbench.db-shm workbench.db-wal
mkdir -p runs
base=../gloss-classes/base
profile=runs/joint.profile.json
if [ ! -s "$profile" ]; then
    "$hilo" profile "$base" --data profile/rows.jsonl --template prompt-completion \
        --signals pl_alpha_hill,whitened_gradient --gradient-sequences 192 --threads 1 --out "$profile" >/dev/null
fi
if [ -f studies/short.study.json ]; then
    "$hilo" study run . --name short --devices cpu,cpu
else
    # 133,120 parameters: what HILO's own experts and ranks, 2, 4, 6 and 8, take on two modules of each layer.
    modules=modules=q_proj,v_proj
    "$hilo" study new . --name short --run specs/short.run.json --joint --budget 133120 --seeds 1,2 --profile "$profile" \
        --strategy "LoRA=lora:$modules" \
        --strategy "MoLA 2468=mola:experts=2468;$modules" \
        --strategy "HILO 2468/2468=hilo:$modules" \
        --strategy "HILO by signals=hilo:experts_signal=pl_alpha_hill;ranks_signal=whitened_gradient;$modules" \
        --strategy "balanced=balanced:spectrum=whitened_gradient;weight=whitened_gradient;$modules" \
        --scale same --work --devices cpu,cpu
fi
"$hilo" study show . --name short
