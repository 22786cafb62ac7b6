#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads WordNet 3.0 (Debian: wordnet-base) and deals its words out to the splits that all tasks of this project share."""
import collections
import dataclasses
import hashlib
import pathlib
import re

SPLITS = {"train": 0.64, "validation": 0.12, "test": 0.24}
FILES = {"noun": "data.noun", "verb": "data.verb", "adjective": "data.adj", "adverb": "data.adv"}
POINTER_FILES = {"n": "noun", "v": "verb", "a": "adjective", "s": "adjective", "r": "adverb"}


@dataclasses.dataclass
class Synset:
    """One meaning: its words, what defines it, sentences that use it, and pointers (symbol, key, own word, other word)."""
    key: tuple
    lexicographer: int
    words: list
    gloss: str
    examples: list
    pointers: list

    @property
    def part(self) -> str:
        return self.key[0]


def gloss_and_examples(text: str):
    """A gloss is followed by examples in quotation marks; some carry who wrote them behind the quotation."""
    found = re.findall(r'"([^"]+)"', text)
    gloss = re.split(r'[;:]?\s*"', text)[0].strip().rstrip(";").strip()
    return gloss, [example.strip() for example in found]


def synsets(folder: pathlib.Path) -> dict:
    """Every synset of the four files by (part of speech, offset)."""
    read = {}
    for part, name in FILES.items():
        for line in (folder / name).read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            facts, _, text = line.partition(" | ")
            fields = facts.split(" ")
            count = int(fields[3], 16)
            words = [re.sub(r"\((?:a|p|ip)\)$", "", fields[4 + 2 * index]).replace("_", " ") for index in range(count)]
            at = 4 + 2 * count
            pointers = []
            for index in range(int(fields[at])):
                symbol, offset, kind, ends = fields[at + 1 + 4 * index:at + 5 + 4 * index]
                pointers.append((symbol, (POINTER_FILES[kind], offset), int(ends[:2], 16), int(ends[2:], 16)))
            gloss, examples = gloss_and_examples(text)
            key = (part, fields[0])
            read[key] = Synset(key, int(fields[1]), words, gloss, examples, pointers)
    return read


def antonyms(read: dict) -> list:
    """(part of speech, word, word, keys of both synsets), every pair once, in the order of the files."""
    seen, pairs = set(), []
    for synset in read.values():
        for symbol, key, own, other in synset.pointers:
            if symbol != "!" or not own or not other:
                continue
            words = (synset.words[own - 1].lower(), read[key].words[other - 1].lower())
            if words[0] != words[1] and frozenset(words) not in seen:
                seen.add(frozenset(words))
                pairs.append((synset.part, *words, synset.key, key))
    return pairs


class Partition:
    """Which split a word is of. Words that are opposites of one another are of one split; the rest goes by a hash."""

    def __init__(self, pairs: list):
        self.above: dict = {}
        for _, first, second, *_ in pairs:
            first, second = self.root(first), self.root(second)
            self.above[max(first, second)] = min(first, second)

    def root(self, word: str) -> str:
        while self.above.get(word, word) != word:
            word = self.above[word]
        return word

    def of_word(self, word: str) -> str:
        digest = hashlib.blake2b(b"word-skills 1 " + self.root(word.lower()).encode(), digest_size=8).digest()
        share = int.from_bytes(digest, "big") / 2**64
        for split, size in SPLITS.items():
            share -= size
            if share < 0:
                return split
        return "test"

    def of_synsets(self, *of: Synset):
        """The split of all words of these synsets; None where they are not of one."""
        found = {self.of_word(word) for synset in of for word in synset.words}
        return found.pop() if len(found) == 1 else None


def words_of(text: str) -> list:
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())


def bare(text: str) -> str:
    """Without case, digits and signs: how two texts are compared."""
    return " ".join(words_of(text))


def repeated_texts(read: dict) -> set:
    """Glosses and examples that more than one synset has, bare: no row is made of them."""
    counts = collections.Counter(text for synset in read.values()
                                 for text in {bare(text) for text in (synset.gloss, *synset.examples)})
    return {text for text, count in counts.items() if count > 1}
