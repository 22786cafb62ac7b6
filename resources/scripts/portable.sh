#!/usr/bin/env bash
# The programs with all libraries that they need, to be unpacked anywhere on a Linux with the same or a newer C library.
#   resources/scripts/portable.sh BUILD FOLDER   makes FOLDER/hilo-workbench-VERSION-linux-ARCHITECTURE.tar.zst, and
#                                                FOLDER/libraries.tsv: each library in it and the file it comes from
# BUILD has been built (targets programs and package_files). Only the C library and what belongs to it is the system's.
set -euo pipefail
[ $# = 2 ] || { sed -n '3,5s/^# \{0,1\}//p' "$0" >&2 && exit 2; }
build=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
name=hilo-workbench-$version-linux-$(uname -m)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
top=$stage/$name
cmake --install "$build" --prefix "$top" --strip >/dev/null
mkdir -p "$top/lib"
: >"$out/libraries.tsv"

# Qt's plug-ins: what draws on a display (X11, Wayland, none), and pictures of SVG.
plugins=$(ldd "$top/bin/hilo-workbench" 2>/dev/null | awk '/libQt6Core/ {print $3}' | xargs -r dirname)/qt6/plugins
if [ -d "$plugins" ]; then
    for pattern in 'platforms/libq*xcb*' 'platforms/libqoffscreen*' 'platforms/libqwayland*' 'imageformats/libqsvg*' \
        'iconengines/libqsvgicon*' 'wayland-shell-integration/libxdg-shell*' 'platformthemes/libqxdgdesktopportal*' \
        'platforminputcontexts/*compose*' 'platforminputcontexts/*ibus*'; do
        for file in "$plugins"/$pattern; do
            [ -f "$file" ] || continue
            mkdir -p "$top/lib/qt6/plugins/$(basename "$(dirname "$file")")"
            cp -L "$file" "$top/lib/qt6/plugins/$(basename "$(dirname "$file")")/"
            printf '%s\t%s\n' "lib/qt6/plugins/${file#"$plugins"/}" "$file" >>"$out/libraries.tsv"
        done
    done
    printf '[Paths]\nPrefix=..\nPlugins=lib/qt6/plugins\nTranslations=share/qt6/translations\n' >"$top/bin/qt.conf"
    translations=/usr/share/qt6/translations
    for file in "$translations"/qtbase_de.qm "$translations"/qtbase_zh_CN.qm; do
        if [ -f "$file" ]; then
            mkdir -p "$top/share/qt6/translations"
            cp "$file" "$top/share/qt6/translations/"
        fi
    done
fi

# Under the names that they are loaded by; ldd tells what they load themselves, too.
find "$top/bin" "$top/lib" -type f -exec sh -c 'ldd "$1" 2>/dev/null' _ {} \; | sort -u |
    while read -r library _ file _; do
        case $library in
        libc.so.* | libm.so.* | libdl.so.* | libpthread.so.* | librt.so.* | libresolv.so.* | libutil.so.* | libanl.so.* | \
            libmvec.so.* | ld-linux* | /* | linux-vdso*) continue ;;
        esac
        case $file in
        /*) [ -e "$top/lib/$library" ] || {
            cp -L "$file" "$top/lib/$library"
            printf '%s\t%s\n' "lib/$library" "$file" >>"$out/libraries.tsv"
        } ;;
        not) echo "portable.sh: $library was not found" >&2 && exit 1 ;;
        esac
    done
# The path of a program, in its old form, is also that of what its libraries and plug-ins load; theirs would hide it.
for program in "$top"/bin/*; do
    # shellcheck disable=SC2016 # the loader's own word
    case $program in *.conf) ;; *) patchelf --force-rpath --set-rpath '$ORIGIN/../lib' "$program" ;; esac
done
find "$top/lib" -name '*.so*' -type f | while read -r library; do
    [ -z "$(patchelf --print-rpath "$library")" ] || patchelf --remove-rpath "$library"
done

# The oldest C library that has everything that is called.
needed=$(find "$top/bin" "$top/lib" -type f -exec objdump -T {} \; 2>/dev/null |
    grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1)
cat >"$top/README" <<TEXT
HILO Workbench $version

bin/hilo-workbench opens the window, bin/hilo is the command line. The folder may be moved. It needs a C library of
version ${needed#GLIBC_} or newer (Debian 12 has 2.36, Ubuntu 24.04 has 2.39), and for the window fonts and an X11 or Wayland display.
Licences of the libraries in lib/: the SPDX document beside this archive names their packages.
TEXT
LC_ALL=C sort -o "$out/libraries.tsv" "$out/libraries.tsv"
# The same archive of the same files, whoever packs it when.
tar -C "$stage" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-$(date +%s)}" -cf - "$name" |
    zstd -q -T0 -"${HILO_COMPRESSION:-15}" -f -o "$out/$name.tar.zst"
echo "$name.tar.zst: $(du -h "$out/$name.tar.zst" | cut -f1), $(wc -l <"$out/libraries.tsv") libraries, $needed"
