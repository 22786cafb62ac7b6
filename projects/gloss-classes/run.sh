#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job on the sample project: three fine-tuning runs of the same base model, with plain LoRA, MoLA's and HILO's
# allocation, and their comparison. What has been trained already is not trained again; an interrupted run goes on.
#   projects/gloss-classes/run.sh HILO_PROGRAM [again: yes|no]
set -euo pipefail
hilo=$(realpath "$1")
again=${2:-no}
cd "$(dirname "${BASH_SOURCE[0]}")"

[ "$again" = no ] || rm -rf runs workbench.db workbench.db-shm workbench.db-wal
mkdir -p runs

untuned=runs/untuned-base.json
if [ ! -s "$untuned" ]; then
    echo "The base model without an adapter ..."
    "$hilo" evaluate base --data specs/lora.run.json --split test --json >"$untuned.part"
    mv "$untuned.part" "$untuned"
fi

for name in lora mola-2468 hilo-2468-2468; do
    [ -f "runs/$name/run.json" ] || "$hilo" project add-run . "specs/$name.run.json" --id "$name"
    if grep -qs '"event":"finished"' "runs/$name/events.ndjson"; then
        continue
    elif [ -d "runs/$name/checkpoints" ] && [ -n "$(ls "runs/$name/checkpoints")" ]; then
        echo "$name goes on where it was stopped ..."
        "$hilo" resume "runs/$name"
    else
        echo "$name ..."
        "$hilo" train --project . --run "$name"
    fi
done

# share KEY: a value of the evaluation, in percent.
share() { sed -n "s/^ *\"$1\": *\([0-9.]*\),\{0,1\}$/\1/p" "$untuned" | head -n 1 | awk '{ printf "%.1f %%", 100 * $1 }'; }
echo
echo "Test rows of data/test.jsonl: $(wc -l <data/test.jsonl). Majority floor $(share majority_floor), untuned base $(share accuracy)."
"$hilo" compare .
