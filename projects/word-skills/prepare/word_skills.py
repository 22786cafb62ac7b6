#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the six tasks of this project from WordNet 3.0 (Debian: wordnet-base; unpacking the package is enough).

    python3 word_skills.py /usr/share/wordnet ../data

Writes ../data/TASK/{train,validation,test}.jsonl: 2,000, 240 and 480 rows of each task, all labels as often as one another.
../profile/rows.jsonl has training rows of all of them as they are learnt, for complexity profiles. A word belongs to one split
in all tasks, with all its meanings, and no meaning is in rows of two tasks; ../README.md says what follows. `check.py` looks at
the files afterwards.
"""
import itertools
import json
import pathlib
import random
import sys

import wordnet

ROWS = {"train": 2000, "validation": 240, "test": 480}
SEED = 1
ROWS_OF_PROFILE = 32  # of each task
NOUNS = {7: "quality", 9: "idea", 11: "event", 14: "group", 17: "object", 21: "possession", 22: "process", 23: "quantity",
         26: "state", 28: "time"}
VERBS = {30: "change", 32: "speak", 35: "touch", 36: "make", 38: "move", 40: "own", 41: "society", 42: "be"}
PARTS = ["noun", "verb", "adjective", "adverb"]
LONGEST_GLOSS, LONGEST_SENTENCE = 100, 70


class Source:
    """What rows may be made of: meanings whose words are all of one split, each given out once."""

    def __init__(self, folder: pathlib.Path):
        self.read = wordnet.synsets(folder)
        self.pairs = wordnet.antonyms(self.read)
        self.partition = wordnet.Partition(self.pairs)
        self.repeated = wordnet.repeated_texts(self.read)
        self.given = set()
        self.by_split = {split: [] for split in ROWS}
        for synset in self.read.values():
            split = self.partition.of_synsets(synset)
            if split:
                self.by_split[split].append(synset)
        for split in ROWS:
            random.Random(f"{SEED} {split}").shuffle(self.by_split[split])

    def free(self, split: str):
        return (synset for synset in self.by_split[split] if synset.key not in self.given)

    def gloss(self, synset):
        """The gloss, where it can be a row of its own."""
        fits = 15 < len(synset.gloss) <= LONGEST_GLOSS and synset.gloss.isascii()
        return synset.gloss if fits and wordnet.bare(synset.gloss) not in self.repeated else None

    def sentences(self, synset, forms: set):
        """The examples that have the word in one of these forms."""
        return [example for example in synset.examples
                if 10 < len(example) <= LONGEST_SENTENCE and example.isascii() and wordnet.bare(example) not in self.repeated
                and forms & set(wordnet.words_of(example)) and len(wordnet.words_of(example)) > 2]


def plain(word: str) -> bool:
    return word.isalpha() and word.isascii() and word.islower() and len(word) > 1


def forms_of(word: str) -> set:
    """The word with the regular endings of verbs and nouns."""
    stem = word[:-1] if word[-1] in "ey" else word
    return {word} | {word + ending for ending in ("s", "es", "ed", "ing", "d")} | (
        {stem + ending for ending in ("ing", "ed", "ies", "ied")} if stem != word else set())


def balanced(candidates, labels: list, rows: int) -> list:
    """The first of each label, as many of each; candidates: (label, row) or (label, row, call when it is taken)."""
    wanted = {label: rows // len(labels) for label in labels}
    taken = []
    for label, row, take in candidates:
        if wanted.get(label, 0):
            wanted[label] -= 1
            take()
            taken.append(row)
        if not any(wanted.values()):
            return taken
    sys.exit(f"too few rows: {wanted}")


def kinds(source: Source, split: str, classes: dict) -> list:
    def candidates():
        for synset in source.free(split):
            if synset.lexicographer in classes and source.gloss(synset):
                label = classes[synset.lexicographer]
                yield label, {"text": synset.gloss, "label": label}, lambda key=synset.key: source.given.add(key)
    return balanced(candidates(), list(classes.values()), ROWS[split])


def parts_of_speech(source: Source, split: str) -> list:
    def candidates():
        for synset in source.free(split):
            for word, example in ((word, example) for word in synset.words if plain(word)
                                  for example in source.sentences(synset, {word})[:1]):
                yield (synset.part, {"word": word, "text": example, "label": synset.part},
                       lambda key=synset.key: source.given.add(key))
                break
    return balanced(candidates(), PARTS, ROWS[split])


def opposites(source: Source, split: str) -> list:
    """Half of the rows are antonyms; the other half pairs the same kind of words, each with another one's opposite."""
    pairs = [pair for pair in source.pairs if source.partition.of_word(pair[1]) == split
             and all(plain(word) for word in pair[1:3])]
    known = {frozenset(pair[1:3]) for pair in source.pairs}
    shuffler = random.Random(f"{SEED} opposites {split}")
    shuffler.shuffle(pairs)
    half = ROWS[split] // 2
    if len(pairs) < half:
        sys.exit(f"too few opposites: {len(pairs)} for {split}")
    rows = []
    for part in PARTS:
        chosen = [list(pair[1:3]) for pair in pairs[:half] if pair[0] == part]
        for pair in chosen:
            shuffler.shuffle(pair)
        rows += [{"first": first, "second": second, "label": "yes"} for first, second in chosen]
        seconds = [second for _, second in chosen]
        for _ in range(1000):
            shuffler.shuffle(seconds)
            clash = [at for at, (pair, second) in enumerate(zip(chosen, seconds))
                     if pair[0] == second or frozenset((pair[0], second)) in known]
            if not clash:
                break
            for at in clash:
                other = shuffler.randrange(len(seconds))
                seconds[at], seconds[other] = seconds[other], seconds[at]
        else:
            sys.exit("opposites: no arrangement without true pairs was found")
        rows += [{"first": pair[0], "second": second, "label": "no"} for pair, second in zip(chosen, seconds)]
    return rows


def same_sense(source: Source, split: str) -> list:
    """As many pairs of sentences in one meaning as in two, of every word: the word alone says nothing."""
    of_word: dict = {}
    for synset in source.free(split):
        for word in filter(plain, synset.words):
            if sentences := source.sentences(synset, forms_of(word)):
                of_word.setdefault(word, []).append((synset.key, sentences))
    shuffler = random.Random(f"{SEED} same sense {split}")
    rows, used, words = [], set(), sorted(of_word)
    shuffler.shuffle(words)
    for limit in (1, 2, 3, 4):
        for word in words:
            meanings = [(key, [text for text in texts if text not in used]) for key, texts in of_word[word]]
            same = [pair for _, texts in meanings for pair in itertools.combinations(texts, 2)]
            other = [pair for one, two in itertools.combinations(meanings, 2) if one[0][0] == two[0][0]
                     for pair in itertools.product(one[1], two[1])]
            if not same or not other or len(rows) >= ROWS[split]:
                continue
            shuffler.shuffle(same)
            first = same[0]
            fresh = [pair for pair in other if not set(pair) <= set(first)]
            if not fresh:
                continue
            second = shuffler.choice(fresh)
            for pair, label in ((first, "yes"), (second, "no")):
                pair = list(pair)
                shuffler.shuffle(pair)
                rows.append({"word": word, "first": pair[0], "second": pair[1], "label": label})
            used.update(first, second)
            for key, texts in of_word[word]:
                if set(texts) & set(first + second):
                    source.given.add(key)
    if len(rows) < ROWS[split]:
        sys.exit(f"too few pairs of sentences: {len(rows)} for {split}")
    return rows[:ROWS[split]]


def above(source: Source, synset) -> set:
    """All words of all meanings above this one."""
    found, open_keys = set(), [synset.key]
    while open_keys:
        for symbol, key, *_ in source.read[open_keys.pop()].pointers:
            if symbol in ("@", "@i"):
                found.update(source.read[key].words)
                open_keys.append(key)
    return found


def hypernyms(source: Source, split: str) -> list:
    """Four words of which the gloss's own hypernym is one; wrong ones are right ones of other rows, of other files."""
    items = []
    for synset in source.free(split):
        hypernym = next((source.read[key] for symbol, key, *_ in synset.pointers if symbol == "@"), None)
        if synset.part != "noun" or not hypernym or not source.gloss(synset) or not plain(synset.words[0]):
            continue
        right = hypernym.words[0]
        words = set(wordnet.words_of(synset.gloss)) | {synset.words[0]}
        if plain(right) and not any(right in word or word in right for word in words if len(word) > 3) and right not in words:
            items.append((synset, right, hypernym.lexicographer))
        if len(items) == ROWS[split]:
            break
    else:
        sys.exit(f"too few hypernyms: {len(items)} for {split}")
    shuffler = random.Random(f"{SEED} hypernyms {split}")
    rows = []
    for at, (synset, right, file) in enumerate(items):
        options, files = [right], {file}
        out = set(wordnet.words_of(synset.gloss)) | {synset.words[0]} | above(source, synset)
        while len(options) < 4:
            _, other, other_file = shuffler.choice(items)
            if other_file not in files and other not in options and other not in out:
                options.append(other)
                files.add(other_file)
        place = at % 4
        options = options[1:place + 1] + [right] + options[place + 1:]
        rows.append({"word": synset.words[0], "gloss": synset.gloss, "options": options, "right": place})
        source.given.add(synset.key)
    return rows


def profile_rows(folder: pathlib.Path, tasks: list) -> list:
    """Training rows of all tasks in turn, as their templates write them."""
    rows = []
    for at, task in itertools.product(range(ROWS_OF_PROFILE), tasks):
        template = json.loads((folder.parent / "prompts" / f"{task}.json").read_text(encoding="utf-8"))
        row = json.loads((folder / task / "train.jsonl").read_text(encoding="utf-8").splitlines()[at])
        answer = row["options"][row["right"]] if "options" in row else row["label"]
        rows.append({"prompt": template["prompt"].format(**row), "completion": " " + answer})
    return rows


def write(path: pathlib.Path, rows: list) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(words: pathlib.Path, folder: pathlib.Path) -> None:
    source = Source(words)
    # The scarcest come first: what a meaning is used for, it is used for once.
    makers = {
        "same-sense": same_sense,
        "noun-kinds": lambda source, split: kinds(source, split, NOUNS),
        "verb-kinds": lambda source, split: kinds(source, split, VERBS),
        "part-of-speech": parts_of_speech,
        "opposites": opposites,
        "hypernyms": hypernyms,
    }
    for task, maker in makers.items():
        for split in ROWS:
            rows = maker(source, split)
            random.Random(f"{SEED} order {task} {split}").shuffle(rows)
            write(folder / task / f"{split}.jsonl", rows)
    write(folder.parent / "profile" / "rows.jsonl", profile_rows(folder, list(makers)))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
