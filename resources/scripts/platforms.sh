#!/usr/bin/env bash
# Builds the tree and runs its tests in roots of other systems, so that what is only newer or older is seen there.
#   resources/scripts/platforms.sh [SUITE...] [-- test.sh options]   SUITE: trixie (Debian 13, by itself), bookworm, …
# Roots are made once by mmdebstrap in HILO_PLATFORMS (~/.cache/hilo-platforms; about 3 GB each) and brought up to date
# afterwards; they keep their build folder. Logs are written beside them: SUITE.log with the time that each step took. Needs root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
repository=$PWD
source resources/scripts/setup.sh
suites=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    case $1 in
    -h | --help) sed -n '3,5s/^# \{0,1\}//p' "$0" && exit 0 ;;
    -*) say "platforms.sh: unknown option $1 (options of test.sh stand behind --)" && exit 2 ;;
    *) suites+=("$1") && shift ;;
    esac
done
[ $# = 0 ] || shift
[ ${#suites[@]} -gt 0 ] || suites=(trixie)
[ "$(id -u)" = 0 ] || { say "Another root needs the rights of root."; exit 1; }
command -v mmdebstrap >/dev/null || install_packages resources/debian/platforms.txt
place=${HILO_PLATFORMS:-${XDG_CACHE_HOME:-$HOME/.cache}/hilo-platforms}
mkdir -p "$place"

packages=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' resources/debian/packages.txt | paste -sd,)

# step SUITE NAME COMMAND...: its output and how long it took go into the suite's log.
step() {
    local log=$place/$1.log name=$2 begin=$SECONDS code=0
    shift 2
    "$@" >>"$log" 2>&1 || code=$?
    printf '%s: %s s, exit status %s\n' "$name" $((SECONDS - begin)) $code | tee -a "$log" >&2
    return $code
}

make_root() {
    local part=$place/$1.part
    rm -rf "$part"
    mmdebstrap --variant=minbase --dpkgopt=force-unsafe-io --aptopt='Acquire::Retries "5"' "--include=$packages" \
        "$1" "$part" "${HILO_MIRROR:-http://deb.debian.org/debian}"
    # Complete or not there.
    mv "$part" "$place/$1"
}

# within SUITE COMMAND...: as root of that system, with /proc and /dev, in /hilo; nothing of it outlives the command.
within() {
    local root=$place/$1
    shift
    # shellcheck disable=SC2016 # for the shell in the namespace
    unshare --mount --pid --fork --kill-child sh -c '
        root=$1 && shift
        mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" && cp -L /etc/resolv.conf "$root/etc/resolv.conf" &&
        exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            sh -c "cd /hilo && exec \"\$@\"" sh "$@"' sh "$root" "$@"
}

# The files of the tree as they are now, those that git does not know yet too; what is gone is taken away.
copy_tree() {
    local root=$place/$1/hilo
    mkdir -p "$root"
    git ls-files -z --cached --others --exclude-standard | sort -z >"$place/files"
    if [ -f "$place/$1.files" ]; then
        comm -z -23 "$place/$1.files" "$place/files" | (cd "$root" && xargs -0r rm -f)
    fi
    # With their times, so that only what has changed is built anew.
    while IFS= read -r -d '' file; do
        [ ! -e "$file" ] || printf '%s\0' "$file"
    done <"$place/files" | tar --null -T - -cf - | tar -C "$root" -xf -
    mv "$place/files" "$place/$1.files"
}

for suite in "${suites[@]}"; do
    : >"$place/$suite.log"
    say "$suite ($place/$suite.log) ..."
    [ -d "$place/$suite" ] || step "$suite" "root" make_root "$suite"
    step "$suite" "sources" copy_tree "$suite"
    step "$suite" "packages" within "$suite" sh -c 'apt-get update -qq && apt-get -y -qq upgrade'
    # shellcheck disable=SC2016 # for the shell in the root
    step "$suite" "run.sh's programs" within "$suite" bash -c 'repository=$PWD && . resources/scripts/setup.sh && configure build release && build build programs'
    step "$suite" "test.sh" within "$suite" ./test.sh "$@" || { tail -n 40 "$place/$suite.log" >&2 && exit 1; }
done
