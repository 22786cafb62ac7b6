#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every fuzz target for some seconds, from a seed corpus made of seeds/ and tests/data; fails when one of them crashes, hangs
# or takes too much memory. What crashed it lies in BUILD_FOLDER/fuzz/findings.
#   tests/fuzz/run.sh BUILD_FOLDER [SECONDS [TARGET...]]
set -euo pipefail
build=$(cd "$1" && pwd)
seconds=${2:-60}
targets=${*:3}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
findings=$build/fuzz/findings
mkdir -p "$findings"

# seeds TARGET PATTERN...: what lies in seeds/TARGET, and small files of the tree, so that a change hits something that
# matters. What earlier runs found to be new stays in the corpus.
seeds() {
    local target=$1 corpus=$build/fuzz/corpus/$1 file pattern
    shift
    mkdir -p "$corpus"
    {
        find "$repository/tests/fuzz/seeds/$target" -type f 2>/dev/null || true
        for pattern in "$@"; do
            find "$repository/tests/data" "$repository/projects" -type f -path "$pattern" -size -64k
        done
    } | while read -r file; do
        cp "$file" "$corpus/seed-$(sha256sum "$file" | cut -c 1-16)"
    done
}
seeds adapter_config
seeds allocation_map '*.map.json'
seeds arrow '*/arrow/*.arrow'
seeds chat_messages
seeds chat_template
seeds data_file
seeds event_log
seeds gguf
seeds gguf_vocabulary '*/tokenizers/*.gguf'
seeds hub_listing
seeds model_config '*/config.json'
seeds model_conversation
seeds parquet '*/parquet/*.parquet'
seeds project_json '*/project.json'
seeds quantised_weights
# config.json, a zero byte, the weights.
for folder in "$repository"/tests/data/quantised/*/; do
    { cat "$folder/config.json" && printf '\0' && cat "$folder/model.safetensors"; } \
        >"$build/fuzz/corpus/quantised_weights/seed-$(basename "$folder")"
done
seeds run_spec '*.run.json'
seeds safetensors '*/formats/*.safetensors'
seeds serve_request
seeds tokenizer_json '*/tokenizer.json' '*/tekken.json'

# The words of the seeds: keys and names of kinds, texts in quotes as JSON has them, numbers, the braces of templates.
words() {
    local kinds='"[ -!#-[^-~]{1,40}"|[A-Za-z_][A-Za-z0-9_.]{2,40}|-?[0-9]+([.][0-9]+)?|[{][%{#]-?|-?[%}#][}]'
    cat "$build/fuzz/corpus/$1"/seed-* | LC_ALL=C grep -aohE -e "$kinds" | LC_ALL=C sort -u | head -n 1000 |
        sed -e 's/"/\\"/g' -e 's/.*/"&"/'
}

# Short inputs are tried more often; these readers need longer ones to get anywhere.
longest() {
    case $1 in
    arrow | gguf | gguf_vocabulary | parquet | quantised_weights | safetensors | tokenizer_json | allocation_map) echo 32768 ;;
    *) echo 4096 ;;
    esac
}

failed=()
for target in ${targets:-$(cd "$build/fuzz" && echo fuzz_*)}; do
    target=${target#fuzz_}
    echo "== $target, $seconds s"
    words "$target" >"$build/fuzz/$target.dict"
    "$build/fuzz/fuzz_$target" -max_total_time="$seconds" -max_len="$(longest "$target")" \
        -dict="$build/fuzz/$target.dict" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$findings/$target-" "$build/fuzz/corpus/$target" >"$findings/$target.log" 2>&1 ||
        failed+=("$target")
    grep -E 'number_of_executed_units|average_exec_per_sec|peak_rss_mb|^SUMMARY' "$findings/$target.log" || true
done
if [ ${#failed[@]} -gt 0 ]; then
    echo "failed: ${failed[*]}; see $findings" >&2
    exit 1
fi
