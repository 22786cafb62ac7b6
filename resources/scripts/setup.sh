# Sourced by run.sh and test.sh: installs the Debian packages, configures and builds.
# Set before: repository (the folder of the source tree).

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

# Packages named in resources/debian/packages.txt (and in the files given) that are not installed yet.
missing_packages() {
    local package
    sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@" | while read -r package; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$' || echo "$package"
    done
}

install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "This is not a Debian system: make sure that what resources/debian/packages.txt lists is installed."
        return 0
    fi
    local missing
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    local as_root=""
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || { say "Please install as root: apt-get install $(echo $missing)"; return 1; }
        as_root=sudo
    fi
    say "Installing $(echo "$missing" | wc -l) Debian packages ..."
    $as_root apt-get update -qq
    # shellcheck disable=SC2086 # one word a package
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# configure FOLDER PRESET [cmake options]: only when the folder has not been configured with these options yet.
# warnings_as_errors=yes (test.sh in continuous integration) makes warnings errors in that folder from then on. It is not
# taken back by a call without it, because everything would be compiled again.
configure() {
    local folder=$1 preset=$2
    shift 2
    local launcher=()
    command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    [ "${warnings_as_errors:-no}" = no ] || set -- -DHILO_WARNINGS_AS_ERRORS=ON "$@"
    local wanted="--preset $preset $*"
    if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.options" 2>/dev/null)" != "$wanted" ]; then
        say "Configuring $folder ..."
        cmake -S "$repository" --preset "$preset" -B "$folder" "${launcher[@]}" "$@" >"$folder.log" 2>&1 || {
            cat "$folder.log" >&2
            return 1
        }
        printf '%s' "$wanted" >"$folder/.options"
    fi
    rm -f "$folder.log"
}

# build FOLDER [targets]: quiet when there is nothing to do.
build() {
    local folder=$1
    shift
    if ! ninja -C "$folder" -n "$@" | grep -q 'no work to do'; then
        say "Building (a first build takes about a quarter of an hour on two cores) ..."
        ninja -C "$folder" "$@"
    fi
}
