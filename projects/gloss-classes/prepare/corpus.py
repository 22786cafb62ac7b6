#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the text that the sample project's base model is pre-trained on, from freely licensed Debian packages.

    python3 corpus.py FOLDER

Needs Debian 12 (apt-get, dpkg-deb; nothing is installed) and wordnet-base, whose glosses are kept out of the text because
they are the sample project's task. Writes FOLDER/train.txt and FOLDER/heldout.txt, one paragraph a line, and
FOLDER/corpus.json with what came from where.
"""
import collections
import gzip
import hashlib
import html
import json
import pathlib
import random
import re
import struct
import subprocess
import sys
import zlib

WORDNET = pathlib.Path("/usr/share/wordnet")
PACKAGES = {
    "dict-gcide": "GPL-2+",
    "dict-foldoc": "GFDL-1.2+",
    "sword-comm-tdavid": "public domain",
    "sword-comm-mhcc": "public domain",
}

# A small model sees about ten million tokens in an hour on one core: mostly definitions, and some running prose.
SHARES = {"sword-comm-tdavid": 0.3, "sword-comm-mhcc": 0.3, "Debian package descriptions": 0.3}


def run(*command, cwd=None):
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def unpacked(work: pathlib.Path, package: str) -> pathlib.Path:
    target = work / package
    if not target.exists():
        run("apt-get", "download", package, cwd=work)
        run("dpkg-deb", "-x", str(next(work.glob(package + "_*.deb"))), str(target))
    return target


def without_brackets(text: str) -> str:
    previous = None
    while previous != text:
        previous, text = text, re.sub(r"\[[^\[\]]*\]", " ", text)
    return text


def gcide(work: pathlib.Path):
    """Entries start in column 0; blank lines part the senses, quotations stand deeper."""
    folder = unpacked(work, "dict-gcide") / "usr/share/dictd"
    text = gzip.open(folder / "gcide.dict.dz", "rt", encoding="utf-8", errors="replace").read()
    for entry in re.split(r"\n(?=\S)", text):
        word = re.split(r" *\\", entry, maxsplit=1)[0].split("\n")[0].strip()
        if not re.fullmatch(r"[A-Za-z][A-Za-z' -]*", word):
            continue
        for index, paragraph in enumerate(re.split(r"\n\s*\n", entry)):
            if "WordNet" in paragraph:
                continue
            quotation = paragraph.startswith(" " * 8)
            paragraph = re.sub(r"\\[^\\]*\\,?", " ", without_brackets(paragraph))
            paragraph = re.sub(r"[{}]", "", re.sub(r"\s+", " ", paragraph)).strip()
            paragraph = re.sub(r"\s*--\s?[A-Z][\w. ]*$", "", paragraph)
            if index == 0:
                paragraph = re.sub(r"^" + re.escape(word) + r"\s*", "", paragraph)
                paragraph = re.sub(r"^(?:(?:[a-z]+|pl|imp)\.,? ?(?:& ?)?|; )+", "", paragraph)
            paragraph = re.sub(r"^\(?(?:\d+\.|[a-z]\))\s*", "", paragraph)
            if paragraph.startswith(("Note:", "Syn:")):
                yield paragraph.replace("Note: ", "", 1).replace("Syn:", word + ", also:", 1)
            elif quotation:
                yield paragraph
            else:
                yield word + ": " + paragraph


def foldoc(work: pathlib.Path):
    folder = unpacked(work, "dict-foldoc") / "usr/share/dictd"
    text = gzip.open(folder / "foldoc.dict.dz", "rt", encoding="utf-8", errors="replace").read()
    for entry in re.split(r"\n(?=\S)", text):
        word, _, body = entry.partition("\n")
        for index, paragraph in enumerate(re.split(r"\n\s*\n", body.strip())):
            paragraph = re.sub(r"\s+", " ", without_brackets(re.sub(r"[{}]", "", paragraph))).strip()
            paragraph = re.sub(r"^(?:\d+\. )?(?:<[^>]*> )?", "", paragraph)
            yield (word.strip() + ": " if index == 0 else "") + paragraph


def sword(work: pathlib.Path, package: str):
    """zCom blocks: .bzs/.czs holds 12-byte records (offset, packed size, size) of zlib streams."""
    for index in sorted(unpacked(work, package).rglob("*zs")):
        data = index.with_name(index.name[:-1] + "z").read_bytes()
        records = index.read_bytes()
        for at in range(0, len(records) - 11, 12):
            offset, packed, _ = struct.unpack_from("<III", records, at)
            if not packed:
                continue
            block = zlib.decompress(data[offset:offset + packed]).decode("utf-8", errors="replace")
            block = re.sub(r"<(?:br|p|/p|lb|div)[^>]*>", "\n", block, flags=re.I)
            for paragraph in re.sub(r"<[^>]*>", " ", block).split("\n"):
                yield re.sub(r"\s+", " ", html.unescape(paragraph)).strip()


def descriptions(work: pathlib.Path):
    lists = work / "lists"
    if not lists.exists():
        (lists / "partial").mkdir(parents=True)
        run("apt-get", "-o", "Acquire::Languages=en", "-o", f"Dir::State::lists={lists}", "update")
    for path in sorted(lists.glob("*Translation-en*")):
        text = subprocess.run(["/usr/lib/apt/apt-helper", "cat-file", str(path)], check=True,
                              stdout=subprocess.PIPE).stdout.decode("utf-8", errors="replace")
        for entry in text.split("\n\n"):
            found = re.search(r"^Description-en: .*\n((?: .*\n?)*)", entry, flags=re.M)
            if not found:
                continue
            for paragraph in re.split(r"^ \.$", found.group(1), flags=re.M):
                if not re.search(r"^  ", paragraph, flags=re.M):
                    yield re.sub(r"\s+", " ", paragraph).strip()


def is_prose(text: str) -> bool:
    if not 40 <= len(text) <= 4000 or text[-1] not in ".!?;)\"'":
        return False
    plain = sum(c.isalpha() and c.isascii() or c in " ,.;:'()-\"!?" for c in text)
    return plain >= 0.93 * len(text)


def words_of(text: str):
    return re.findall(r"[a-z0-9]+", text.lower())


class GlossFilter:
    """Knows every noun gloss of WordNet (without its quoted examples); the task is made of them."""

    def __init__(self):
        self.by_start = collections.defaultdict(list)
        with open(WORDNET / "data.noun", encoding="latin-1") as file:
            for line in file:
                if line.startswith("  "):
                    continue
                words = words_of(line.split(" | ", 1)[1].split('; "')[0])
                if len(words) >= 4:
                    self.by_start[tuple(words[:4])].append(" ".join(words))

    def holds_gloss(self, text: str) -> bool:
        words = words_of(text)
        for at in range(len(words) - 3):
            glosses = self.by_start.get((words[at], words[at + 1], words[at + 2], words[at + 3]))
            if glosses:
                rest = " ".join(words[at:at + 80]) + " "
                if any(rest.startswith(gloss + " ") for gloss in glosses):
                    return True
        return False


def main(folder: pathlib.Path) -> None:
    work = folder / "packages"
    work.mkdir(parents=True, exist_ok=True)
    gloss_filter = GlossFilter()
    sources = {
        "dict-gcide": gcide(work), "dict-foldoc": foldoc(work),
        "sword-comm-tdavid": sword(work, "sword-comm-tdavid"), "sword-comm-mhcc": sword(work, "sword-comm-mhcc"),
        "Debian package descriptions": descriptions(work),
    }
    seen, paragraphs, report = set(), [], []
    for name, source in sources.items():
        count = characters = dropped = 0
        for text in source:
            text = text.encode("ascii", "ignore").decode() if sum(not c.isascii() for c in text) <= 2 else text
            if not is_prose(text):
                continue
            print_of = hashlib.blake2b(" ".join(words_of(text)).encode(), digest_size=8).digest()
            if print_of in seen:
                continue
            seen.add(print_of)
            if print_of[0] >= 256 * SHARES.get(name, 1):
                continue
            if gloss_filter.holds_gloss(text):
                dropped += 1
                continue
            paragraphs.append(text)
            count += 1
            characters += len(text)
        report.append({"source": name, "licence": PACKAGES.get(name, "facts and texts under each package's licence"),
                       "share": SHARES.get(name, 1), "paragraphs": count, "characters": characters, "dropped_for_wordnet_glosses": dropped})
        print(report[-1], flush=True)
    random.Random(1).shuffle(paragraphs)
    held = len(paragraphs) // 200
    for name, part in (("heldout.txt", paragraphs[:held]), ("train.txt", paragraphs[held:])):
        (folder / name).write_text("\n".join(part) + "\n", encoding="utf-8")
    digest = hashlib.sha256((folder / "train.txt").read_bytes()).hexdigest()
    (folder / "corpus.json").write_text(json.dumps({"sources": report, "train_sha256": digest}, indent=2) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
