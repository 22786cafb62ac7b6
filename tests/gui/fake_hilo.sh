#!/bin/sh
# Stands in for `hilo` in tests of the pages. FAKE_HILO says how it behaves: well (the default), crash, garbage, flood,
# hang, refuse.
case "${FAKE_HILO:-well}" in
crash)
    echo "loading weights" >&2
    kill -SEGV $$
    ;;
garbage)
    echo "%%% this is no JSON"
    echo '{"event":'
    exit 0
    ;;
flood)
    yes '{"event": "token", "index": 999999999999, "text": "x"}' | head -n 200000
    exit 0
    ;;
hang)
    trap 'exit 130' TERM
    echo '{"progress": {"what": "Measuring", "done": 1, "total": 4, "detail": "", "elapsed": 1.0, "left": 3.0}}' >&2
    while :; do sleep 0.05; done
    ;;
refuse)
    echo "hilo: weights.safetensors: the file is cut off" >&2
    echo "  Fetch it again." >&2
    exit 3
    ;;
esac

out=""
previous=""
for word in "$@"; do
    [ "$previous" = "--out" ] && out="$word"
    # What was said in a conversation is kept for the test to read.
    [ "$previous" = "--messages" ] && [ -n "${FAKE_MESSAGES:-}" ] && cat "$word" >>"$FAKE_MESSAGES" && echo >>"$FAKE_MESSAGES"
    previous="$word"
done

case " $* " in
*" profile "*)
    echo '{"progress": {"what": "Measuring", "done": 1, "total": 2, "detail": "", "elapsed": 1.0, "left": 1.0}}' >&2
    cp "$FAKE_PROFILE" "$out"
    echo '{}'
    ;;
*" study show "*)
    page="$word"
    if [ ! -d "$(dirname "$page")" ]; then
        echo "hilo: $page: The folder does not exist." >&2
        exit 3
    fi
    echo "<html></html>" >"$page"
    echo '{}'
    ;;
*" study new "*)
    # A plan of nine runs a budget; a mistake of the caller would start them.
    runs=18
    case " $* " in *" --plan "*) ;; *) [ -n "${FAKE_STUDY:-}" ] && echo "$*" >>"$FAKE_STUDY" ;; esac
    steps=null
    [ "${FAKE_HILO_NOTES:-}" = steps ] && steps='{"least": {"allocation": "hilo", "scaling": 1}, "most": {"allocation": "lora", "scaling": 2}}'
    cat <<JSON
{"study": "study", "tasks": ["cola"], "seeds": [1, 2, 3],
 "notes": ["The allocations take steps of different sizes: --scale same gives all the first one's."],
 "step_sizes": $steps, "map_notes": [],
 "allocations": [{"label": "lora", "budget": null, "trainable": 20000}],
 "estimate": {"runs": $runs, "missing_runs": $runs, "seconds": 7200, "time_from": "measured", "disk_bytes": 1000000000,
              "memory_bytes": 2000000000}}
JSON
    ;;
*" search "*)
    echo '{"progress": {"what": "Searching", "done": 1, "total": 2, "detail": "", "elapsed": 1.0, "left": 1.0}}' >&2
    cp "$FAKE_SEARCH" "$out"
    echo '{}'
    ;;
*" generate "*)
    echo '{"event": "started", "modules": [{"layer": 0, "module": "q_proj", "experts": 2}]}'
    echo '{"event": "token", "index": 0, "text": "a", "prompt": true}'
    echo '{"event": "experts", "index": 0, "chosen": [[[1, 0.75], [0, 0.25]]]}'
    echo '{"event": "token", "index": 1, "text": " bird", "prompt": false}'
    echo '{"event": "finished", "prompt_tokens": 1, "tokens": 1, "seconds": 0.5}'
    ;;
*" fetch "*)
    fetched=true
    case " $* " in *" --dry-run "*) fetched=false ;; esac
    cat <<JSON
{"name": "some-org/Tiny-Model", "revision": "main", "commit": "aaaa", "folder": "/cache/snapshot", "bytes": 3145728,
 "bytes_fetched": 1048576, "fetched": $fetched, "files": [{"name": "config.json"}, {"name": "model.safetensors"}],
 "left": [{"name": "old.bin"}]}
JSON
    ;;
*" --list "*)
    cat <<'JSON'
{"formats": [
  {"name": "hilo", "title": "HILO", "description": "own format", "verdict": "exact", "reason": "any map fits",
   "fitting_map": false, "estimated_bytes": 4096, "weight_types": [], "takes_rank": false},
  {"name": "mola", "title": "MoLA", "description": "one rank", "verdict": "impossible", "reason": "the ranks differ",
   "fitting_map": true, "estimated_bytes": null, "weight_types": [], "takes_rank": false},
  {"name": "gguf-lora", "title": "GGUF LoRA", "description": "for llama.cpp", "verdict": "static approximation",
   "reason": "mean weights", "fitting_map": false, "estimated_bytes": 2048, "weight_types": [], "takes_rank": true,
   "distilling": "optional"},
  {"name": "peft-distilled", "title": "PEFT LoRA, distilled", "description": "trained", "verdict": "static approximation",
   "reason": "one LoRA", "fitting_map": false, "estimated_bytes": 1024, "weight_types": [], "takes_rank": true,
   "distilling": "always"}]}
JSON
    ;;
*" export "*)
    mkdir -p "$out"
    echo '{"progress": {"what": "Writing", "done": 1, "total": 2, "detail": "", "elapsed": 1.0, "left": 1.0}}' >&2
    cat <<JSON
{"format": "hilo", "folder": "$out", "verdict": "exact", "reason": "", "files": [{"name": "adapter.json", "bytes": 10}],
 "verification": {"against": "the run's own", "greatest_difference": 0, "tolerance": 1e-5, "tokens": 96, "same_choice": 96},
 "seconds": 1}
JSON
    ;;
esac
