#!/usr/bin/env bash
# Builds what shows on a GPU server in minutes what HILO does there: hilo, the tests of the label gpu and gpu_bench against
# a wheel of PyTorch, stripped, with the libraries that neither torch nor every Linux has. The server needs that version of
# PyTorch, an NVIDIA driver and nothing else: tar -xf ARCHIVE && ./hilo-gpu/check.sh
#   resources/scripts/prebuilt_gpu_kit.sh ARCHIVE.tar.zst [TORCH]
#       TORCH: the version of a wheel of PyPI (2.11.0: CUDA 13.0), installed once into .venv-gpu-VERSION (about 5 GB), or
#       the torch folder of a Python that has one
#   BUILD=FOLDER packs that build as it is, also one without CUDA: a rehearsal (then DEVICE=cpu ./hilo-gpu/check.sh)
# Needs nvcc of the wheel's major version of CUDA, and no GPU.
set -euo pipefail
if [ $# -lt 1 ] || [ $# -gt 2 ]; then sed -n '5,9s/^# \{0,1\}//p' "$0" >&2 && exit 2; fi
archive=$(realpath -m "$1")
torch=${2:-2.11.0}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
repository=$PWD
source resources/scripts/setup.sh
source resources/scripts/cuda.sh
largest=$((60 << 20))
tests="gpu_operators_test gpu_quantised_test gpu_step_graph_test train_recorded_step_test"

build=${BUILD:-build-gpu-kit}
if [ -z "${BUILD:-}" ]; then
    if [ ! -d "$torch" ]; then
        venv=$repository/.venv-gpu-$torch
        if [ ! -x "$venv/bin/pip" ]; then
            say "Installing torch $torch into $venv ..."
            python3 -m venv "$venv"
            "$venv/bin/pip" install --quiet "torch==$torch"
        fi
        torch=$(torch_of_python "$venv/bin/python")
    fi
    has_cuda "$torch" || { say "$torch has no CUDA."; exit 1; }
    nvcc=$(find_nvcc)
    # PNG needs librsvg and what that needs; SVG is enough on a server.
    configure "$build" cuda "-DCMAKE_PREFIX_PATH=$torch" "-DCMAKE_CUDA_COMPILER=$nvcc" -D__pkg_config_checked_RSVG=1 -DRSVG_FOUND=0
    # shellcheck disable=SC2086 # one word a target
    build "$build" hilo hilo-engine gpu_bench $tests
fi

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
kit=$stage/hilo-gpu
mkdir -p "$kit"/{bin,lib,tests/bin,tests/bench/gpu,share/hilo/resources,projects}
cp "$build"/bin/hilo "$build"/bin/hilo-engine "$kit/bin/"
for program in $tests gpu_bench; do
    cp "$build/tests/bin/$program" "$kit/tests/bin/"
done
cp tests/bench/gpu/{measure.sh,compare_peft.py,loss_curves.py} "$kit/tests/bench/gpu/"
cp tests/bench/gpu/check.sh "$kit/check.sh"
cp -r resources/prompts resources/benchmarks "$kit/share/hilo/resources/"
mkdir -p "$kit/projects/gloss-classes"
cp -r projects/gloss-classes/{base,data,maps,specs} "$kit/projects/gloss-classes/"
cp LICENSE "$kit/"
if [ -d "$torch" ]; then
    sed -n "s/^__version__ = '\(.*\)'/\1/p" "$torch/version.py" >"$kit/torch.txt"
else
    echo "none: packed from $(basename "$build")" >"$kit/torch.txt"
fi

# Torch's libraries are the server's, as are those of C and C++; the others go along, under the names they are loaded by.
of_torch=' '
if [ -d "$torch" ]; then
    for library in "$torch"/lib/*.so* "$torch"/../nvidia/*/lib/*.so*; do
        [ -e "$library" ] && of_torch+="$(basename "$library") "
    done
fi
for program in "$kit"/bin/* "$kit"/tests/bin/*; do
    LD_LIBRARY_PATH="$([ -d "$torch" ] && echo "$torch/lib")" ldd "$program" | while read -r library _ file _; do
        case $library in
        libc.so.* | libm.so.* | libdl.so.* | libpthread.so.* | librt.so.* | libresolv.so.* | libutil.so.* | libstdc++.so.* | \
            libgcc_s.so.* | libgomp.so.* | libtorch* | libc10* | libcud* | libcublas* | libnccl* | ld-linux* | /* | linux-vdso*) continue ;;
        esac
        case $of_torch in *" $library "*) continue ;; esac
        case $file in
        /*) [ -e "$kit/lib/$library" ] || cp -L "$file" "$kit/lib/$library" ;;
        not) say "$library was not found" && exit 1 ;;
        esac
    done
done
strip "$kit"/bin/* "$kit"/tests/bin/*
# $ORIGIN is the loader's own word.
# shellcheck disable=SC2016
{
    patchelf --force-rpath --set-rpath '$ORIGIN/../lib' "$kit"/bin/*
    patchelf --force-rpath --set-rpath '$ORIGIN/../../lib' "$kit"/tests/bin/*
}
tar -C "$stage" --sort=name --owner=0 --group=0 --numeric-owner -cf - hilo-gpu | zstd -q -T0 -"${HILO_COMPRESSION:-19}" -f -o "$archive"
size=$(stat -c %s "$archive")
needed=$(objdump -T "$kit"/bin/* "$kit"/tests/bin/* "$kit"/lib/* 2>/dev/null | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1)
say "$archive: $((size >> 20)) MiB, torch $(cat "$kit/torch.txt"), needs $needed"
[ "$size" -le $largest ] || { say "It is larger than $((largest >> 20)) MiB."; exit 1; }
