#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows on a GPU server with PyTorch what a prebuilt kit does there: tests, compute-sanitizer, speed, memory, losses and peft
# beside it, the most important first, all of it within ten minutes; results as one Markdown file.
#   ./check.sh [RESULTS.md]     PYTHON=... the Python that has torch (python3); TORCH=... its torch folder, without a Python
#   DEVICE=cpu ./check.sh       tries it on a processor, in the shape "tiny"
#   LIMIT=600 seconds; PARTS="tests speed" as tests/bench/gpu/measure.sh has them
set -uo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
results=$(realpath -m "${1:-results.md}")
export PYTHON=${PYTHON:-python3}
if [ -z "${TORCH:-}" ]; then
    TORCH=$("$PYTHON" -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")' 2>/dev/null)
fi
if [ ! -e "${TORCH:-}/lib/libtorch_cpu.so" ]; then
    echo "check.sh: no torch was found by $PYTHON; name its folder: TORCH=/…/site-packages/torch $0" >&2
    exit 2
fi
# The programs were built against one version of torch; another one may lack what they call.
built=$(cat "$kit/torch.txt")
have=$(sed -n "s/^__version__ = '\(.*\)'/\1/p" "$TORCH/version.py" 2>/dev/null)
if [ "${have:-unknown}" != "$built" ] && [ -z "${ANY_TORCH:-}" ]; then
    echo "check.sh: the kit was built against torch $built, here is ${have:-an unknown one} (ANY_TORCH=1 tries it all the same)" >&2
    exit 2
fi
export LD_LIBRARY_PATH="$TORCH/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" HILO_TEST_SOURCES=$kit
device=${DEVICE:-cuda:0}
if ! told=$("$kit/bin/hilo" --version --verbose 2>&1); then
    echo "check.sh: hilo does not start here:" >&2
    echo "$told" >&2
    exit 5
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
start=$SECONDS
DEVICE=$device LIMIT=${LIMIT:-600} PARTS=${PARTS:-tests sanitizer speed memory losses peft graph repeat} \
    "$kit/tests/bench/gpu/measure.sh" "$kit" "$out"
code=$?
{
    echo "# HILO on ${device}"
    echo
    echo "$(date -u +%Y-%m-%d), $((SECONDS - start)) s in all, $([ $code = 0 ] && echo "every part ended well" || echo "**some parts failed**")"
    echo
    echo '```'
    echo "$told"
    nvidia-smi -L 2>/dev/null
    echo '```'
    echo
    echo '| part | how it ended |'
    echo '| --- | --- |'
    sed 's/^\([^:]*\): /| \1 | /; s/$/ |/' "$out/parts.txt"
    # In the order in which they were done; the whole of short outputs, the end of long ones.
    sed -n 's/: exit status .*//p' "$out/parts.txt" | while read -r name; do
        printf '\n## %s\n\n```\n' "$name"
        tail -n 60 "$out/$name.txt"
        echo '```'
    done
} >"$results"
echo "Results: $results" >&2
exit $code
