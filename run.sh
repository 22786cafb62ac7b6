#!/usr/bin/env bash
# Installs what is needed, builds, and does the main job on the sample project: three fine-tuning runs of the same base
# model with different expert allocations, compared by accuracy and trainable parameters.
#   ./run.sh            trains what has not been trained yet and prints the comparison
#   ./run.sh --again    forgets the sample project's runs first
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
repository=$PWD
source resources/scripts/setup.sh

again=no
case "${1:-}" in
--again) again=yes ;;
-h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0" && exit 0 ;;
"") ;;
*) echo "run.sh: unknown option $1 (try --help)" >&2 && exit 2 ;;
esac

install_packages resources/debian/packages.txt
configure build
build build
projects/gloss-classes/run.sh build/bin/hilo "$again"
