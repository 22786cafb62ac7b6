#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what a release is made of as one SPDX 2.3 document (JSON).

    sbom.py OUT.spdx.json VERSION FOLDER

FOLDER has the release's files: *.deb, *.tar.*, and libraries.tsv of portable.sh (a library in the archive and the file
it was copied from, a line each). Packages that a .deb depends on are taken from the .deb itself; a library's package,
version and licences from this Debian's own records. SOURCE_DATE_EPOCH is the document's time.
"""

import datetime
import functools
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

# What is compiled in: headers and static libraries, which no file in the release tells of.
COMPILED_IN = ["nlohmann-json3-dev", "libcli11-dev", "libexpected-dev", "libspdlog-dev", "libsqlitecpp-dev"]


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while part := stream.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def packages_of(files):
    """The Debian package that owns each file: dpkg knows it by its real path, or by that before /usr was merged."""
    ways = {file: [os.path.realpath(file), os.path.realpath(file).removeprefix("/usr"), file] for file in files}
    asked = sorted({path for paths in ways.values() for path in paths})
    # One call: dpkg reads all its lists each time. It ends with 1 where it does not know one of the paths.
    told = subprocess.run(["dpkg", "-S", *asked], capture_output=True, text=True).stdout
    owners = {}
    for line in told.splitlines():
        names, found, path = line.partition(": ")
        if found and not line.startswith("diversion "):
            owners[path] = names.split(",")[0].strip()
    result = {}
    for file, paths in ways.items():
        result[file] = next((owners[path] for path in paths if path in owners), None)
        if result[file] is None:
            raise SystemExit(f"sbom.py: no package owns {file} ({paths[0]})")
    return result


def identifier(text):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", text)


def licences_of(package):
    """The names of licences in a package's copyright file, where that is written for machines."""
    try:
        text = pathlib.Path("/usr/share/doc", package.split(":")[0], "copyright").read_text(errors="replace")
    except OSError:
        return ""
    if "copyright-format" not in text:
        return ""
    return ", ".join(sorted(set(re.findall(r"^License: *(\S.*)$", text, re.MULTILINE))))


@functools.cache
def debian_package(package):
    name, version, source, architecture = output_of(
        "dpkg-query", "-W", "-f", "${Package}\t${Version}\t${source:Package}\t${Architecture}", package).split("\t")
    entry = {
        "SPDXID": identifier("debian-" + name),
        "name": name,
        "versionInfo": version,
        "supplier": "Organization: Debian",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "sourceInfo": f"built from the Debian source package {source}",
        "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                          "referenceLocator": f"pkg:deb/debian/{name}@{version}?arch={architecture}"}],
    }
    if licences := licences_of(package):
        entry["licenseComments"] = "Named in its copyright file: " + licences
    return entry


def release_file(path, version):
    return {
        "SPDXID": identifier("release-" + path.name),
        "name": path.name,
        "versionInfo": version,
        "packageFileName": path.name,
        "supplier": "Organization: The HILO Workbench authors",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "GPL-3.0-or-later",
        "licenseDeclared": "GPL-3.0-or-later",
        "copyrightText": "The HILO Workbench authors",
        "checksums": [{"algorithm": "SHA256", "checksumValue": sha256(path)}],
    }


def dependencies_of(deb):
    """The packages that a .deb depends on; of alternatives the first."""
    names = []
    for part in output_of("dpkg-deb", "-f", str(deb), "Depends").replace("\n", " ").split(","):
        name = part.split("|")[0].split("(")[0].strip().split(":")[0]
        if name and name != "hilo" and not name.startswith("hilo-"):
            names.append(name)
    return names


def main():
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    out, version, folder = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    packages, relationships, files = {}, [], []

    def relate(one, kind, other):
        relationship = {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
        if relationship not in relationships:
            relationships.append(relationship)

    def add_debian(package):
        entry = debian_package(package)
        packages.setdefault(entry["SPDXID"], entry)
        return entry["SPDXID"]

    releases = sorted([*folder.glob("*.deb"), *folder.glob("*.tar.*")])
    for path in releases:
        entry = release_file(path, version)
        packages[entry["SPDXID"]] = entry
        relate("SPDXRef-DOCUMENT", "DESCRIBES", entry["SPDXID"])
        has_programs = path.name.endswith(".deb") and "-doc_" not in path.name or "-linux-" in path.name
        for package in COMPILED_IN if has_programs else []:
            relate(entry["SPDXID"], "STATIC_LINK", add_debian(package))
        for name in dependencies_of(path) if path.suffix == ".deb" else []:
            if subprocess.run(["dpkg-query", "-W", name], capture_output=True).returncode == 0:
                relate(entry["SPDXID"], "DEPENDS_ON", add_debian(name))
            else:
                raise SystemExit(f"sbom.py: {path.name} depends on {name}, which is not installed here")
        if "-linux-" in path.name:
            lines = [line.split("\t") for line in (folder / "libraries.tsv").read_text().splitlines()]
            owners = packages_of([source for _, source in lines])
            for inside, source in lines:
                owner = add_debian(owners[source])
                file_id = identifier("file-" + inside)
                files.append({"SPDXID": file_id, "fileName": "./" + inside, "licenseConcluded": "NOASSERTION",
                              "copyrightText": "NOASSERTION",
                              "checksums": [{"algorithm": "SHA1", "checksumValue": hashlib.sha1(
                                  pathlib.Path(source).read_bytes()).hexdigest()},
                                  {"algorithm": "SHA256", "checksumValue": sha256(source)}],
                              "comment": "its path in the archive was taken out with patchelf where it had one"})
                relate(entry["SPDXID"], "CONTAINS", file_id)
                relate(file_id, "GENERATED_FROM", owner)
    when = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")) or
                                           int(datetime.datetime.now().timestamp()), datetime.timezone.utc)
    content = json.dumps([list(packages.values()), files, relationships]).encode()
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"hilo-workbench-{version}",
        "documentNamespace": f"urn:sha256:{hashlib.sha256(content).hexdigest()}",
        "creationInfo": {"created": when.strftime("%Y-%m-%dT%H:%M:%SZ"),
                         "creators": ["Organization: The HILO Workbench authors", "Tool: resources/scripts/sbom.py"]},
        "packages": list(packages.values()),
        "files": files,
        "relationships": relationships,
    }
    out.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    print(f"{out.name}: {len(packages)} packages, {len(files)} files")


main()
