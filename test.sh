#!/usr/bin/env bash
# Builds everything and runs the tests.
#   ./test.sh               the default suite
#   ./test.sh --interop     also the comparisons with transformers, peft, … in a virtual environment (.venv-interop)
#   ./test.sh --fuzz [S [TARGET...]]   runs every fuzz target (or those) for S seconds (60)
#   ./test.sh --sanitize [PART]   the suite with AddressSanitizer and UndefinedBehaviorSanitizer; PART (core, gui or
#                           engine) builds and runs only that
#   ./test.sh --tsan [PART] core and workbench (PART: core or gui) with ThreadSanitizer
#   ./test.sh --headless    the suite without Qt, as on a GPU server
#   ./test.sh --slurm       installs Slurm and gives runs to a cluster of two nodes on this machine
#   ./test.sh --cuda        the suite with a LibTorch for CUDA, and the tests *_on_cuda where there is a GPU
#   ./test.sh --platforms [SUITE...] [-- OPTIONS]   builds and tests in a root of Debian 13 (trixie) or of SUITE
#   ./test.sh --tidy        clang-format and clang-tidy over the whole tree
#   ./test.sh -R NAME       other arguments go to ctest
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
repository=$PWD
source resources/scripts/setup.sh
if [ "${1:-}" = --platforms ]; then
    exec resources/scripts/platforms.sh "${@:2}"
fi
# Who only uses the program is not stopped by a warning of a newer compiler.
[ "${CI:-}" != true ] || warnings_as_errors=yes

mode=default
case "${1:-}" in
--interop | --fuzz | --sanitize | --tsan | --headless | --slurm | --cuda | --tidy) mode=${1#--} && shift ;;
-h | --help) sed -n '2,14s/^# \{0,1\}//p' "$0" && exit 0 ;;
esac

# run_tests PRESET [ctest options]: what a preset needs in the environment stands in CMakePresets.json.
run_tests() {
    ctest --preset "$1" -j "$(nproc)" "${@:2}"
}

# The tests of one part, or all of them, with what finds mistakes while they run.
sanitized_tests() {
    local preset=$1 part=
    shift
    case "${1:-}" in
    core | gui | engine) part=$1 && shift ;;
    esac
    configure "build-$preset" "$preset"
    build "build-$preset" ${part:+"tests_$part"}
    run_tests "$preset" ${part:+-L "^$part\$"} "$@"
}

install_packages resources/debian/packages.txt
case $mode in
default)
    configure build release
    build build
    run_tests release "$@"
    ;;
interop)
    install_packages resources/debian/interop.txt
    configure build release
    build build
    QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1 tests/interop/run.sh build "$@"
    ;;
fuzz)
    install_packages resources/debian/fuzz.txt
    configure build-fuzz fuzz
    build build-fuzz
    tests/fuzz/run.sh build-fuzz "${@:-60}"
    ;;
sanitize) sanitized_tests asan "$@" ;;
tsan) sanitized_tests tsan "$@" ;;
headless)
    configure build-headless headless
    build build-headless
    run_tests headless "$@"
    ;;
slurm)
    install_packages resources/debian/slurm.txt
    configure build release
    build build hilo hilo-engine fake_hilo queue_slurm_cluster_test queue_slurm_worker_test queue_slurm_client_test
    run_tests release -R slurm "$@"
    ;;
cuda)
    source resources/scripts/cuda.sh
    build_cuda
    tell_about_gpus
    run_tests cuda "$@"
    ;;
tidy)
    install_packages resources/debian/tidy.txt
    # clang-tidy wants to know how each source compiles on its own; and the precompiled headers are there.
    configure build-tidy release -DHILO_UNITY=OFF -DHILO_TESTS=OFF
    build build-tidy
    git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run --Werror
    git ls-files 'core/*.cpp' 'app/*.cpp' 'gpu/*.cpp' 'widgets/*.cpp' | xargs -P "$(nproc)" -n 4 clang-tidy -p build-tidy --quiet
    ;;
esac
