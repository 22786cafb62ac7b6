#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every fuzz target for some seconds, from a seed corpus made of tests/data; fails when one of them crashes, hangs
# or takes too much memory. What crashed it lies in BUILD_FOLDER/fuzz/findings.
#   tests/fuzz/run.sh BUILD_FOLDER [SECONDS]
set -euo pipefail
build=$(cd "$1" && pwd)
seconds=${2:-60}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
findings=$build/fuzz/findings
mkdir -p "$findings"

# seeds TARGET NAME_PATTERN: small files only, so that a change hits something that matters. What earlier runs found to
# be new stays in the corpus.
seeds() {
    local corpus=$build/fuzz/corpus/$1 file
    mkdir -p "$corpus"
    find "$repository/tests/data" "$repository/projects" -type f -path "$2" -size -256k | while read -r file; do
        head -c 65536 "$file" >"$corpus/seed-$(sha256sum "$file" | cut -c 1-16)"
    done
}
seeds safetensors '*/formats/*.safetensors'
seeds gguf '*.gguf'
seeds model_config '*/config.json'
seeds tokenizer_json '*/tokenizer.json'
seeds data_file '*/expected.jsonl'
seeds allocation_map '*.map.json'
mkdir -p "$build/fuzz/corpus/data_file"
printf 'text,label\n"a ""b""\nc",1\r\n,2\n' >"$build/fuzz/corpus/data_file/seed-csv"
printf 'text\tlabel\na "b\t1\n' >"$build/fuzz/corpus/data_file/seed-tsv"
printf '{"data": [{"text": "a", "label": 1, "messages": [{"role": "user", "content": "b"}]}]}' \
    >"$build/fuzz/corpus/data_file/seed-json"
printf '{"text": "a", "choices": {"label": ["A"], "text": ["b"]}, "conversations": [{"from": "human", "value": "c"}]}\n' \
    >"$build/fuzz/corpus/data_file/seed-jsonl"

failed=()
for program in "$build"/fuzz/fuzz_*; do
    target=${program##*/fuzz_}
    echo "== $target, $seconds s"
    "$program" -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$findings/$target-" "$build/fuzz/corpus/$target" >"$findings/$target.log" 2>&1 ||
        failed+=("$target")
    grep -E 'number_of_executed_units|peak_rss_mb|^SUMMARY' "$findings/$target.log" || true
done
if [ ${#failed[@]} -gt 0 ]; then
    echo "failed: ${failed[*]}; see $findings" >&2
    exit 1
fi
