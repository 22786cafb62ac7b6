#!/usr/bin/env bash
# Collects what a bare GPU server without network and without Qt needs to build engine, kernels, tests and benchmarks,
# beside its own compiler, cmake, ninja, nvcc and LibTorch (a Python with torch is enough).
#   resources/scripts/collect_gpu_kit.sh FOLDER     run on Debian 12 with the packages of resources/debian/packages.txt
#   FOLDER/build.sh SOURCES TORCH BUILD             run on the server
set -euo pipefail
[ $# = 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2 && exit 2; }
kit=$1
architecture=$(gcc -print-multiarch)
packages="nlohmann-json3-dev libexpected-dev libcli11-dev libspdlog-dev libfmt-dev libssl-dev zlib1g-dev libpcre2-dev
    libcurl4-openssl-dev libcpp-httplib-dev libicu-dev libsqlite3-dev libsqlitecpp-dev libarchive-dev libsnappy-dev libbrotli-dev liblz4-dev libzstd-dev"
mkdir -p "$kit/usr/bin"

# Headers, CMake and pkg-config files, and libraries; static ones only where there is no other.
for package in $packages; do
    dpkg -L "$package" | grep -E '^/usr/(include/|lib/|share/(cmake|pkgconfig)/)' | while read -r file; do
        case $file in
        *.a) [[ $file == */libSQLiteCpp.a ]] || continue ;;
        *.so | *.so.*) continue ;;
        esac
        if [ -f "$file" ] || [ -L "$file" ]; then
            mkdir -p "$kit$(dirname "$file")"
            cp -a "$file" "$kit$file"
        fi
    done
done

# Debian keeps what differs between machines in a folder of its own (openssl/opensslconf.h, zconf.h), which a compiler
# finds below /usr only.
if [ -d "$kit/usr/include/$architecture" ]; then
    cp -a "$kit/usr/include/$architecture/." "$kit/usr/include/"
    rm -r "$kit/usr/include/$architecture"
fi

# A library under the name that programs load it by, and what it loads itself; not the C and C++ libraries, which every
# Linux has.
keep() {
    local file name
    file=$(readlink -f "$1")
    mkdir -p "$kit/usr/lib/$architecture"
    cp -n "$file" "$kit/usr/lib/$architecture/"
    for name in "$(basename "$1")" "$(objdump -p "$file" | awk '$1 == "SONAME" {print $2}')"; do
        [ -z "$name" ] || [ "$name" = "$(basename "$file")" ] ||
            ln -sf "$(basename "$file")" "$kit/usr/lib/$architecture/$name"
    done
}
keep_with_needs() {
    local needed
    keep "$1"
    for needed in $(ldd "$(readlink -f "$1")" | awk '$3 ~ /^\// {print $3}'); do
        case $(basename "$needed") in
        libc.* | libm.* | libdl.* | libpthread.* | librt.* | libstdc++.* | libgcc_s.* | ld-linux*) ;;
        *) keep "$needed" ;;
        esac
    done
}
for library in ssl crypto z pcre2-8 icuuc icudata sqlite3 archive snappy brotlidec brotlicommon lz4 zstd spdlog fmt cpp-httplib; do
    keep_with_needs "/usr/lib/$architecture/lib$library.so"
done

# The server need not have pkg-config.
cp -L "$(command -v pkg-config)" "$kit/usr/bin/pkg-config"
for needed in $(ldd "$kit/usr/bin/pkg-config" | awk '/libpkgconf/ {print $3}'); do
    keep "$needed"
done

cat >"$kit/build.sh" <<'SCRIPT'
#!/usr/bin/env bash
# build.sh SOURCES TORCH BUILD [cmake options]: TORCH is an unpacked libtorch or the torch folder of a Python.
set -euo pipefail
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sources=$1 torch=$2 build=$3
shift 3
architecture=$(basename "$(dirname "$(find "$kit/usr/lib" -name 'libsqlite3.so' | head -1)")")
export LD_LIBRARY_PATH="$kit/usr/lib/$architecture:${LD_LIBRARY_PATH:-}"
# Not what the machine itself may have: only the kit is asked.
export PKG_CONFIG_LIBDIR="$kit/usr/lib/$architecture/pkgconfig:$kit/usr/share/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$kit"
# Old dtags: the kit's libraries find one another by the program's path too.
cmake -S "$sources" -B "$build" -G Ninja -DHILO_WORKBENCH=OFF -DHILO_BENCHMARKS=ON \
    -DCMAKE_DISABLE_FIND_PACKAGE_Qt6=ON -DCMAKE_LIBRARY_ARCHITECTURE="$architecture" \
    -DPKG_CONFIG_EXECUTABLE="$kit/usr/bin/pkg-config" -DOPENSSL_ROOT_DIR="$kit/usr" -DICU_ROOT="$kit/usr" \
    "-DCMAKE_BUILD_RPATH=$kit/usr/lib/$architecture" "-DCMAKE_PREFIX_PATH=$kit/usr;$torch" \
    -DCMAKE_EXE_LINKER_FLAGS=-Wl,--disable-new-dtags "$@"
ninja -C "$build"
SCRIPT
chmod +x "$kit/build.sh"
du -sh "$kit" >&2
