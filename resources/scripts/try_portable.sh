#!/usr/bin/env bash
# Tries the archive of portable.sh in a bare root: nothing but what is unpacked may be needed.
#   resources/scripts/try_portable.sh ARCHIVE ROOT   ROOT: as `mmdebstrap --variant=minbase bookworm ROOT` makes it
# Needs the right to change the root directory (root). What it unpacks is taken away again.
set -euo pipefail
[ $# = 2 ] || { sed -n '3,4s/^# \{0,1\}//p' "$0" >&2 && exit 2; }
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
root=$(realpath "$2")
place=$root/opt/hilo-trial
rm -rf "$place"
mkdir -p "$place"
trap 'rm -rf "$place"' EXIT
zstd -q -d -c "$1" | tar -C "$place" -x --strip-components=1
cp -r "$repository/tests/data/models/llama" "$place/model"
say() { printf '%s\n' "$*" >&2; }
# With /proc, by which a program finds out where it lies; it is gone with the command.
within() {
    # shellcheck disable=SC2016 # for the shell in the namespace
    unshare --mount --pid --fork --kill-child sh -c '
        root=$1 && shift && mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" &&
        exec chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 HOME=/tmp OMP_NUM_THREADS=1 "$@"' sh "$root" "$@"
}
say "$(sed -n 's/^PRETTY_NAME=//p' "$root/etc/os-release")"
within /opt/hilo-trial/bin/hilo --version --verbose
within /opt/hilo-trial/bin/hilo-workbench --version --verbose | grep '^Qt'
say "inspect, allocate, profile:"
within /opt/hilo-trial/bin/hilo inspect /opt/hilo-trial/model --json >/dev/null
within /opt/hilo-trial/bin/hilo allocate /opt/hilo-trial/model --strategy hilo --out /tmp/hilo-trial.map.json >/dev/null
within /opt/hilo-trial/bin/hilo benchmark list >/dev/null
within /opt/hilo-trial/bin/hilo profile /opt/hilo-trial/model --signals pl_alpha_hill --out /tmp/hilo-trial.profile.json >/dev/null
# Nothing that is loaded may come from elsewhere, but for the C library.
for program in hilo hilo-engine hilo-workbench; do
    # shellcheck disable=SC2016 # for the shell in the root
    within /bin/sh -c 'ldd "$0" 2>&1' "/opt/hilo-trial/bin/$program" | awk '{print $1, $3}' |
        grep -vE ' /opt/hilo-trial/|^(libc|libm|libdl|libpthread|librt|libresolv|libutil|libmvec|libanl)\.so|linux-vdso|ld-linux' &&
        { say "$program loads something of the system"; exit 1; }
done
# The window, with nobody to look at it.
within QT_QPA_PLATFORM=offscreen timeout 120 /opt/hilo-trial/bin/hilo-workbench --pictures /tmp/hilo-trial >/dev/null 2>&1 || true
[ -n "$(ls "$root/tmp/hilo-trial" 2>/dev/null)" ] || { say "the workbench drew nothing"; exit 1; }
say "The workbench drew $(find "$root/tmp/hilo-trial" -name '*.png' | wc -l) pictures."
rm -rf "$root/tmp/hilo-trial" "$root"/tmp/hilo-trial.*
say "It runs there."
