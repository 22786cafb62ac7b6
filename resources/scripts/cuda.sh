# Sourced by run.sh and test.sh after setup.sh: finds, or installs, a LibTorch with CUDA and builds with it.

# has_cuda FOLDER: an unpacked libtorch, a Python's torch folder, or the share/cmake in one.
has_cuda() {
    [ -n "$1" ] && { [ -e "$1/lib/libtorch_cuda.so" ] || [ -e "$1/../../lib/libtorch_cuda.so" ]; }
}

# The folder of the torch package of a Python, without importing it.
torch_of_python() {
    "$1" -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")' \
        2>/dev/null || true
}

# Prints the folder of a LibTorch with CUDA: one named by CMAKE_PREFIX_PATH, one inside a Python's torch package, or the
# wheel of PyPI, installed once into .venv-cuda (about 5 GB).
find_cuda_torch() {
    local folder python
    while IFS= read -r -d ':' folder; do
        has_cuda "$folder" && { echo "$folder"; return 0; }
    done <<<"${CMAKE_PREFIX_PATH:-}:"
    for python in python3 "$repository/.venv-cuda/bin/python"; do
        command -v "$python" >/dev/null || continue
        folder=$(torch_of_python "$python")
        has_cuda "$folder" && { echo "$folder"; return 0; }
    done
    # The wheel must have been built with the major version of CUDA that compiles the kernels. 2.15.0 with nvcc 13.0
    # is what was built and checked; the wheel of 2.9.1 is for CUDA 12.
    local wheel=torch==2.15.0
    "$nvcc" --version | grep -q 'release 12\.' && wheel=torch==2.9.1
    say "Installing $wheel into .venv-cuda ..."
    python3 -m venv "$repository/.venv-cuda" >&2
    "$repository/.venv-cuda/bin/pip" install --quiet "$wheel" >&2
    folder=$(torch_of_python "$repository/.venv-cuda/bin/python")
    has_cuda "$folder" || { say "$wheel has no CUDA."; return 1; }
    echo "$folder"
}

find_nvcc() {
    command -v nvcc || { [ -x /usr/local/cuda/bin/nvcc ] && echo /usr/local/cuda/bin/nvcc; } || {
        say "nvcc was not found: install the CUDA toolkit 12 or 13 (on Debian: nvidia-cuda-toolkit, or NVIDIA's packages)."
        return 1
    }
}

# build_cuda [targets]: into build-cuda: engine, kernels, command line, tests and benchmarks; no GPU is needed for that.
build_cuda() {
    nvcc=$(find_nvcc)
    local torch
    torch=$(find_cuda_torch)
    say "CUDA compiler: $nvcc; LibTorch: $torch"
    configure build-cuda cuda "-DCMAKE_PREFIX_PATH=$torch" "-DCMAKE_CUDA_COMPILER=$nvcc"
    build build-cuda "$@"
}

# Says what the tests with the label gpu will do.
tell_about_gpus() {
    if ! nvidia-smi -L 2>/dev/null | grep -q GPU; then
        say "This machine has no GPU: the tests *_on_cuda are skipped."
    fi
}
