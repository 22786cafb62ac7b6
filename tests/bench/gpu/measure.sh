#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that a GPU has to show, in one go; each part has a limit of time, so that one that hangs does not take the
# others with it. Parts that the machine lacks something for say so and are left out.
#   tests/bench/gpu/measure.sh BUILD OUT               BUILD: a build with CUDA and HILO_BENCHMARKS, OUT: a new folder
#   DEVICE=cpu tests/bench/gpu/measure.sh BUILD OUT    tries the script itself, in the shape "tiny"
#   PYTHON=... a Python with torch, transformers and peft for the comparison with them
#   STEPS=... of the runs whose losses are compared
#   PARTS="tests speed" names the parts to do, in this order: tests sanitizer speed memory graph peft losses repeat shapes
#   LIMIT=... seconds for all of it: what they do not suffice for is cut short or left out, and said
set -uo pipefail
[ $# = 2 ] || { sed -n '5,11s/^# \{0,1\}//p' "$0" >&2 && exit 2; }
build=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

device=${DEVICE:-cuda:0}
python=${PYTHON:-python3}
bench=$build/tests/bin/gpu_bench
hilo=$build/bin/hilo
shape=llama-3-8b lengths=512,2048,4096 long=4096 tokens=8192 steps=200
[ "$device" = cpu ] && shape=tiny lengths=32,64 long=64 tokens=128 steps=20
steps=${STEPS:-$steps}

# part SECONDS NAME COMMAND...: its output goes into OUT/NAME.txt.
part() {
    local seconds=$1 name=$2 start=$SECONDS left=$((${LIMIT:-86400} - SECONDS))
    shift 2
    [ $left -ge 5 ] || { absent "$name" "its time is used up"; return; }
    [ "$seconds" -le $left ] || seconds=$left
    timeout --kill-after=10 "$seconds" "$@" >"$out/$name.txt" 2>&1
    local code=$?
    echo "$name: exit status $code after $((SECONDS - start)) s" | tee -a "$out/parts.txt"
}
absent() { echo "$1: left out, $2" | tee -a "$out/parts.txt"; }

# 1. The tests on this device: every operator, the quantised base, recorded steps.
do_tests() {
    if [ ! -f "$build/CTestTestfile.cmake" ]; then
        # A prebuilt kit (resources/scripts/prebuilt_gpu_kit.sh): the programs themselves, without ctest.
        local test
        for test in "$build"/tests/bin/*_test; do
            if [ "$device" = cpu ]; then
                part 150 "$(basename "$test")" "$test"
            else
                HILO_TEST_DEVICE=$device part 150 "$(basename "$test")" "$test"
            fi
        done
    elif [ "$device" = cpu ]; then
        part 300 tests ctest --test-dir "$build" --output-on-failure -R '^gpu_' -E on_cuda
    else
        part 300 tests ctest --test-dir "$build" --output-on-failure -L gpu
    fi
}

# 2. The operators under compute-sanitizer.
do_sanitizer() {
    [ "$device" != cpu ] || { absent sanitizer "it needs a GPU"; return; }
    command -v compute-sanitizer >/dev/null || { absent sanitizer "compute-sanitizer was not found"; return; }
    for tool in memcheck racecheck synccheck; do
        for test in gpu_operators_test gpu_quantised_test; do
            HILO_TEST_DEVICE=$device part 150 "$tool-$test" \
                compute-sanitizer --tool $tool --error-exitcode 9 "$build/tests/bin/$test"
        done
    done
}

# 3. Tokens per second, MFU, peak and estimate of every case and length.
do_speed() { part 240 speed "$bench" --shape $shape --sequence $lengths --tokens $tokens --device "$device"; }

# 4. A quantised base, and what recomputation saves.
do_memory() {
    local half=$((long / 2))
    for kind in nf4 int8 fp8; do
        part 90 "memory-$kind" "$bench" --shape $shape --sequence $half --tokens $half --cases lora,hilo \
            --quantisation $kind --device "$device"
    done
    part 90 memory-recompute "$bench" --shape $shape --sequence $half --tokens $tokens --cases lora,hilo --recompute \
        --device "$device"
    part 90 memory-nf4-recompute "$bench" --shape $shape --sequence $half --tokens $half --cases lora,hilo \
        --quantisation nf4 --recompute --device "$device"
}

# 5. Recorded steps, where they matter: small shapes.
do_graph() {
    [ "$device" != cpu ] || { absent graph "it needs a GPU"; return; }
    for flag in "" --graph; do
        # shellcheck disable=SC2086
        part 60 "graph-small$flag" "$bench" --shape llama-3.2-1b --sequence 512 --tokens 512 --cases lora,hilo $flag
    done
}

# 6. transformers + peft and MoE-PEFT's loop, between our own cases.
do_peft() {
    "$python" -c 'import torch, transformers, peft' 2>/dev/null ||
        { absent peft "$python has no torch, transformers and peft"; return; }
    part 300 peft "$python" tests/bench/gpu/compare_peft.py --binary "$bench" --shape $shape --sequence $long \
        --tokens $tokens --device "$device"
}

# run NAME DEVICE TYPE: the sample project's HILO run for some steps.
run() {
    local spec=$out/$1.run.json
    sed -e "s|\"\.\./|\"$PWD/projects/gloss-classes/|" -e "s|\"steps\": [0-9]*|\"steps\": $steps, \"device\": \"$2\"|" \
        -e "s|\"dtype\": \"float32\"|\"dtype\": \"$3\"|" -e "s|\"evaluation\": .*|\"evaluation\": {\"protocol\": \"label-logit\", \"split\": \"test\", \"limit\": 50}|" \
        projects/gloss-classes/specs/hilo-2468-2468.run.json >"$spec"
    rm -rf "$out/runs/$1"
    mkdir -p "$out/runs"
    part 240 "run-$1" "$hilo" train "$spec" --out "$out/runs/$1"
}

# 7. Losses of float32 on the CPU and bfloat16 on the device.
do_losses() {
    run float32 cpu float32
    run bfloat16 "$device" bfloat16
    part 10 losses "$python" tests/bench/gpu/loss_curves.py "$out/runs/float32" "$out/runs/bfloat16"
}

# 8. The same seed twice.
do_repeat() {
    [ -d "$out/runs/bfloat16" ] || run bfloat16 "$device" bfloat16
    run again "$device" bfloat16
    part 10 repeat "$python" tests/bench/gpu/loss_curves.py --exact "$out/runs/bfloat16" "$out/runs/again"
}

# 9. The other published shapes.
do_shapes() {
    [ "$device" != cpu ] || { absent shapes "on a CPU they take hours"; return; }
    for other in llama-3.2-1b llama-2-7b; do
        part 240 "shape-$other" "$bench" --shape $other --sequence $lengths --tokens $tokens --device "$device"
    done
}

{ date -u; nvidia-smi -L; "$hilo" --version; } >"$out/machine.txt" 2>&1
: >"$out/parts.txt"
for name in ${PARTS:-tests sanitizer speed memory graph peft losses repeat shapes}; do
    "do_$name"
done
! grep -v 'exit status 0 after\|: left out' "$out/parts.txt"
