#!/usr/bin/env bash
# Installs what is needed, builds, and does the main job on the sample project: three fine-tuning runs of the same base
# model with different expert allocations, compared by accuracy and trainable parameters.
#   ./run.sh            trains what has not been trained yet and prints the comparison
#   ./run.sh --again    forgets the sample project's runs first
#   ./run.sh --cuda     the same with a LibTorch for CUDA (also --cuda --again); without a GPU it runs on the CPU
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
repository=$PWD
source resources/scripts/setup.sh

again=no
folder=build
if [ "${1:-}" = --cuda ]; then
    folder=build-cuda
    shift
fi
case "${1:-}" in
--again) again=yes ;;
-h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0" && exit 0 ;;
"") ;;
*) echo "run.sh: unknown option $1 (try --help)" >&2 && exit 2 ;;
esac

install_packages resources/debian/packages.txt
if [ $folder = build-cuda ]; then
    source resources/scripts/cuda.sh
    build_cuda
else
    configure build
    build build
fi
projects/gloss-classes/run.sh $folder/bin/hilo "$again"
