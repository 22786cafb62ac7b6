#!/usr/bin/env bash
# Installs what is needed, builds, and opens the sample project in the workbench. Without a display, or with --terminal,
# does the main job in the terminal: three fine-tuning runs of the same base model with different expert allocations,
# compared by accuracy and trainable parameters.
#   ./run.sh               opens the workbench
#   ./run.sh --terminal    trains what has not been trained yet and prints the comparison
#   ./run.sh --again       forgets the sample project's runs first
#   ./run.sh --cuda        the terminal's job with a LibTorch for CUDA; without a GPU it runs on the CPU
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
repository=$PWD
source resources/scripts/setup.sh

again=no
terminal=no
folder=build
for option in "$@"; do
    case $option in
    --again) again=yes ;;
    --terminal) terminal=yes ;;
    --cuda) folder=build-cuda terminal=yes ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0" && exit 0 ;;
    *) echo "run.sh: unknown option $option (try --help)" >&2 && exit 2 ;;
    esac
done

install_packages resources/debian/packages.txt
if [ $folder = build-cuda ]; then
    source resources/scripts/cuda.sh
    build_cuda programs
else
    configure build release
    build build programs
fi
sample=projects/gloss-classes
if [ "$terminal" = no ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -x $folder/bin/hilo-workbench ]; then
    if [ "$again" = yes ]; then
        rm -rf "$sample"/runs "$sample"/workbench.db*
        mkdir -p "$sample"/runs
    fi
    exec $folder/bin/hilo-workbench "$sample"
fi
[ "$terminal" = yes ] || say "There is no display (DISPLAY and WAYLAND_DISPLAY are empty): the main job runs in the terminal."
$sample/run.sh $folder/bin/hilo "$again"
