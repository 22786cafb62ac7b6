#!/usr/bin/env bash
# Builds everything and runs the tests.
#   ./test.sh               the default suite
#   ./test.sh --interop     also the comparisons with transformers, peft, … in a virtual environment (.venv-interop)
#   ./test.sh --fuzz [S]    runs every fuzz target for S seconds (60)
#   ./test.sh --sanitize    the suite with AddressSanitizer and UndefinedBehaviorSanitizer
#   ./test.sh --headless    the suite without Qt, as on a GPU server
#   ./test.sh --cuda        the suite with a LibTorch for CUDA, and the tests *_on_cuda where there is a GPU
#   ./test.sh --tidy        clang-format and clang-tidy over the whole tree
#   ./test.sh -R NAME       other arguments go to ctest
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
repository=$PWD
source resources/scripts/setup.sh

mode=default
case "${1:-}" in
--interop | --fuzz | --sanitize | --headless | --cuda | --tidy) mode=${1#--} && shift ;;
-h | --help) sed -n '2,10s/^# \{0,1\}//p' "$0" && exit 0 ;;
esac

# The tests need no screen and share the cores with others.
export QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1

run_tests() {
    local folder=$1
    shift
    ctest --test-dir "$folder" --output-on-failure --no-tests=error -j "$(nproc)" "$@"
}

install_packages resources/debian/packages.txt
case $mode in
default)
    configure build
    build build
    run_tests build -LE interop "$@"
    ;;
interop)
    install_packages resources/debian/interop.txt
    configure build
    build build
    tests/interop/run.sh build "$@"
    ;;
fuzz)
    install_packages resources/debian/fuzz.txt
    CXX=clang++-14 configure build-fuzz -DCMAKE_CXX_COMPILER=clang++-14 -DHILO_FUZZ=ON -DHILO_ENGINE=OFF -DHILO_WORKBENCH=OFF
    build build-fuzz
    tests/fuzz/run.sh build-fuzz "${1:-60}"
    ;;
sanitize)
    configure build-sanitize -DHILO_SANITIZE=address,undefined -DCMAKE_BUILD_TYPE=RelWithDebInfo
    build build-sanitize
    # LibTorch and OpenBLAS keep memory until the program ends.
    ASAN_OPTIONS=detect_leaks=0 run_tests build-sanitize -LE interop "$@"
    ;;
headless)
    configure build-headless -DHILO_WORKBENCH=OFF -DCMAKE_DISABLE_FIND_PACKAGE_Qt6=ON
    build build-headless
    run_tests build-headless -LE interop "$@"
    ;;
cuda)
    source resources/scripts/cuda.sh
    build_cuda
    tell_about_gpus
    run_tests build-cuda -LE interop "$@"
    ;;
tidy)
    install_packages resources/debian/tidy.txt
    # clang-tidy wants to know how each source compiles on its own; and the precompiled headers are there.
    configure build-tidy -DHILO_UNITY=OFF -DHILO_TESTS=OFF
    build build-tidy
    git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run --Werror
    git ls-files 'core/*.cpp' 'app/*.cpp' 'gpu/*.cpp' 'widgets/*.cpp' | xargs -P "$(nproc)" -n 4 clang-tidy -p build-tidy --quiet
    ;;
esac
