#!/usr/bin/env bash
# Makes a release of what is committed: Debian packages, an archive with all libraries, the sources, an SPDX document of
# what is in them, and their SHA-256 sums, all in one folder.
#   resources/scripts/release.sh FOLDER [BUILD]   BUILD: where to build (build-release)
# Run it on the oldest system that the archive shall run on; the Debian packages are for the system that they are built
# on. Nothing is published. What a tool finds wrong with packages, desktop file or metainfo ends it.
set -euo pipefail
if [ $# -lt 1 ] || [ $# -gt 2 ]; then sed -n '4,6s/^# \{0,1\}//p' "$0" >&2 && exit 2; fi
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
repository=$PWD
mkdir -p "$1"
out=$(realpath "$1")
build=${2:-build-release}
source resources/scripts/setup.sh
if [ -n "$(git status --porcelain)" ]; then
    say "There are changes that are not committed: a release is of a commit."
    exit 2
fi
# The day of everything in it is the commit's: the same commit gives the same files.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8
install_packages resources/debian/packages.txt resources/debian/release.txt
configure "$build" release
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
grep -q "^## $version - [0-9-]*\$" CHANGELOG.md || { say "CHANGELOG.md has no heading \"## $version - DATE\"."; exit 2; }
grep -q "<release version=\"$version\"" resources/desktop/*.metainfo.xml || { say "The metainfo does not know $version."; exit 2; }
build "$build" programs package_files

say "Checking desktop file and metainfo ..."
desktop-file-validate resources/desktop/*.desktop
appstreamcli validate --no-net resources/desktop/*.metainfo.xml

say "Debian packages ..."
rm -rf "$build/deb"
(cd "$build" && cpack -G DEB -B deb >cpack.log) || { cat "$build/cpack.log" >&2 && exit 1; }
lintian --fail-on error --suppress-tags bad-distribution-in-changes-file "$build"/deb/*.deb | tee "$out/lintian.txt"
cp "$build"/deb/*.deb "$out/"

say "The archive with libraries ..."
resources/scripts/portable.sh "$build" "$out"

say "Sources, contents and sums ..."
git archive --format=tar --prefix="hilo-workbench-$version/" HEAD | zstd -q -T0 -"${HILO_COMPRESSION:-15}" -f \
    -o "$out/hilo-workbench-$version-sources.tar.zst"
resources/scripts/sbom.py "$out/hilo-workbench-$version.spdx.json" "$version" "$out"
rm -f "$out/libraries.tsv"
(cd "$out" && sha256sum -- *.deb *.tar.zst *.spdx.json >SHA256SUMS)
say "Done:"
ls -l "$out" >&2
