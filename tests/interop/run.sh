#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Compares this project's programs with the reference packages: every check_*.py here, and the tests with the label
# interop. Makes the virtual environment .venv-interop (from PyPI) on first use.
#   tests/interop/run.sh BUILD_FOLDER [NAME...]    NAME: only check_NAME.py
# HILO_INTEROP_VENV: another place for the virtual environment.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '3,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
build=$(realpath "$1")
shift
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(realpath "$folder/../..")
venv=${HILO_INTEROP_VENV:-$root/.venv-interop}
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1} TOKENIZERS_PARALLELISM=false TRANSFORMERS_VERBOSITY=error TQDM_DISABLE=1
export HF_HUB_OFFLINE=1 PYTHONDONTWRITEBYTECODE=1

# Installed once, and again when the requirements change.
if ! cmp -s "$folder/requirements.txt" "$venv/requirements.txt"; then
    echo "Making $venv ..." >&2
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$folder/requirements.txt"
    cp "$folder/requirements.txt" "$venv/requirements.txt"
fi

if [ $# -gt 0 ]; then
    checks=()
    for name in "$@"; do
        [ -f "$folder/check_$name.py" ] || { echo "run.sh: there is no check_$name.py" >&2; exit 2; }
        checks+=("$folder/check_$name.py")
    done
else
    checks=("$folder"/check_*.py)
fi

failed=()
for check in "${checks[@]}"; do
    printf '\033[1m%s\033[0m\n' "$(basename "$check")"
    # 77: what the check needs is not here (a model that could not be fetched).
    code=0
    "$venv/bin/python" "$check" "$build/bin/hilo" || code=$?
    case $code in
    0) ;;
    77) echo "skipped" ;;
    *) failed+=("$(basename "$check")") ;;
    esac
done
if [ $# -eq 0 ]; then
    ctest --test-dir "$build" -L interop --output-on-failure --no-tests=ignore || failed+=(ctest)
fi
if [ ${#failed[@]} -gt 0 ]; then
    echo "Failed: ${failed[*]}"
    exit 1
fi
echo "All checks passed."
