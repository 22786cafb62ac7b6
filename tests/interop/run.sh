#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Compares this project's programs with the reference packages: every check_*.py here, and the tests with the label
# interop. Makes the virtual environment .venv-interop (from PyPI) on first use.
#   tests/interop/run.sh BUILD_FOLDER [NAME...]    NAME: only check_NAME.py
# HILO_INTEROP_VENV: another place for the virtual environment.
# HILO_OLD_PEFT_PATH, HILO_MOLA_PATH, HILO_MOE_PEFT_PATH: where tools are that need older packages (folders as PYTHONPATH
# takes them; each check says which). Without them they come from PyPI and GitHub into .venv-interop/old; what cannot be
# fetched is skipped.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '3,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
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

# Older packages are kept apart from the newer ones: folders that a check puts in front of its path.
# old_packages NAME PACKAGE...: the folder, filled on first use.
old_packages() {
    local target=$venv/old/$1
    shift
    if [ "$(cat "$target/packages" 2>/dev/null)" != "$*" ]; then
        echo "Fetching $* ..." >&2
        rm -rf "$target"
        "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --target "$target" "$@" >&2 || return 1
        echo "$*" >"$target/packages"
    fi
    echo "$target"
}

# sources OWNER/NAME COMMIT: the folder of that state of a GitHub repository, fetched on first use.
sources() {
    local target=$venv/old/${1#*/}
    if [ "$(git -C "$target" rev-parse HEAD 2>/dev/null)" != "$2" ]; then
        echo "Fetching https://github.com/$1 ..." >&2
        rm -rf "$target"
        git init --quiet "$target" && GIT_TERMINAL_PROMPT=0 timeout 300 git -C "$target" fetch --quiet --depth 1 \
            "https://github.com/$1" "$2" && git -C "$target" checkout --quiet FETCH_HEAD || return 1
    fi
    echo "$target"
}

# old_python: a Python of its own with the oldest torch and transformers that the module for Python is for.
old_python() {
    local target=$venv/old/python-torch-2.2
    if [ "$(cat "$target/packages" 2>/dev/null)" != "torch 2.2.2 transformers 4.45.2" ]; then
        echo "Fetching torch 2.2.2 and transformers 4.45.2 ..." >&2
        rm -rf "$target"
        python3 -m venv "$target" && "$target/bin/pip" install --quiet --disable-pip-version-check torch==2.2.2 \
            transformers==4.45.2 "numpy<2" safetensors >&2 || return 1
        echo "torch 2.2.2 transformers 4.45.2" >"$target/packages"
    fi
    echo "$target/bin/python"
}

# supply VARIABLE WHAT COMMAND...: sets the variable to the folders that the commands ("--" between them) name, unless it
# is set. When one fails, says how to supply them.
supply() {
    local variable=$1 what=$2 paths="" part
    [ -z "${!variable:-}" ] || return 0
    shift 2
    while [ $# -gt 0 ]; do
        local command=()
        while [ $# -gt 0 ] && [ "$1" != -- ]; do command+=("$1") && shift; done
        [ $# -eq 0 ] || shift
        if ! part=$("${command[@]}"); then
            echo "$what could not be fetched: set $variable to the folders that hold it (see $folder/run.sh)." >&2
            return 0
        fi
        paths=${paths:+$paths:}$part
    done
    export "$variable=$paths"
}

# The newest transformers that peft 0.6 and MoE-PEFT run with.
newer=(old_packages transformers-4.46 transformers==4.46.3 tokenizers==0.20.3 huggingface_hub==0.26.5 accelerate==1.1.1)
mola=(peft==0.4.0 transformers==4.36.2 tokenizers==0.15.2 huggingface_hub==0.20.3 accelerate==0.25.0 psutil)
for check in "${checks[@]}"; do
    case $check in
    *_old_peft.py) supply HILO_OLD_PEFT_PATH "peft 0.6" old_packages peft-0.6 peft==0.6.2 -- "${newer[@]}" ;;
    *_mola.py | *_export_smollm2.py)
        supply HILO_MOLA_PATH MoLA sources GCYZSL/MoLA 01785c84c70846999638b11b88409fdf86361d9a -- \
            old_packages mola "${mola[@]}" ;;&
    *_export_python.py) supply HILO_OLD_PYTHON "torch 2.2 with transformers 4.45" old_python ;;
    *_moe_peft.py | *_export_smollm2.py)
        supply HILO_MOE_PEFT_PATH MoE-PEFT sources TUDB-Labs/MoE-PEFT 40f8cb742cb20eda861099563c96fbb5e6ff3bc2 -- \
            "${newer[@]}" ;;
    esac
done

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
