#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/arrow: small Arrow IPC streams and files that pyarrow wrote, over types, nulls, nesting, dictionaries
and compressions, and expected.json with their rows as this project reads them.

    make_arrow_fixtures.py FOLDER
"""
import datetime
import decimal
import json
import pathlib
import sys
import uuid

import pyarrow as pa

UTC = datetime.timezone.utc


def plain(value):
    """As JSON: times in ISO 8601, decimals and UUIDs as texts, bytes that are no text as nothing."""
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None).isoformat() + ("Z" if value.tzinfo else "")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (decimal.Decimal, uuid.UUID)):
        return format(value, "f") if isinstance(value, decimal.Decimal) else str(value)
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return None
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


def flat(rows):
    texts = [None if i % 6 == 5 else ["", "Grüße 🌞", "a\nb", "same", "x" * (i % 40)][i % 5] for i in range(rows)]
    columns = {
        "flag": pa.array([None if i % 7 == 3 else i % 3 == 0 for i in range(rows)]),
        "single": pa.array([i / 8 for i in range(rows)], pa.float32()),
        "double": pa.array([None if i % 11 == 0 else i * 0.1 for i in range(rows)], pa.float64()),
        "half": pa.array([None if i % 4 == 1 else i / 4 - 2 for i in range(rows)], pa.float16()),
        "nothing": pa.nulls(rows),
        "text": pa.array(texts),
        "large text": pa.array(texts[::-1], pa.large_string()),
        "view": pa.array([None if t is None else t + "#" for t in texts], pa.string_view()),
        "bytes": pa.array([None if t is None else t.encode("utf-16-le") for t in texts], pa.binary()),
        "fixed": pa.array([b"abcd" if i % 3 else None for i in range(rows)], pa.binary(4)),
    }
    for bits in (8, 16, 32, 64):
        columns[f"int{bits}"] = pa.array([None if i % 5 == 4 else (-1) ** i * (2 ** (i % (bits - 1))) for i in range(rows)], f"int{bits}")
        columns[f"uint{bits}"] = pa.array([2 ** bits - 1 - i for i in range(rows)], f"uint{bits}")
    return pa.table(columns)


def moments():
    moment = datetime.datetime(1969, 12, 31, 23, 59, 58, 123456)
    whole = datetime.datetime(2024, 1, 2, 3, 4, 5)
    return pa.table({
        "day": pa.array([datetime.date(2024, 2, 29), None, datetime.date(1900, 1, 1)], pa.date32()),
        "day in ms": pa.array([datetime.date(2024, 2, 29), None, datetime.date(1900, 1, 1)], pa.date64()),
        "seconds": pa.array([datetime.time(3, 4, 5), None, datetime.time(23, 59, 59)], pa.time32("s")),
        "time": pa.array([datetime.time(3, 4, 5, 678), datetime.time(0, 0), None], pa.time64("us")),
        "nano": pa.array([datetime.time(3, 4, 5, 678), datetime.time(0, 0), None], pa.time64("ns")),
        "s": pa.array([whole, None, datetime.datetime(1960, 5, 6)], pa.timestamp("s")),
        "ms": pa.array([whole, None, datetime.datetime(1960, 5, 6)], pa.timestamp("ms")),
        "us": pa.array([moment, whole, None], pa.timestamp("us")),
        "zone": pa.array([moment.replace(tzinfo=UTC), whole.replace(tzinfo=UTC), None], pa.timestamp("us", "UTC")),
        "price": pa.array([decimal.Decimal("12.34"), decimal.Decimal("-0.05"), None], pa.decimal128(9, 2)),
        "vast": pa.array([decimal.Decimal("-123456789012345678901234567890123456789.123"), decimal.Decimal("0.001"), None], pa.decimal256(50, 3)),
        "small": pa.array([decimal.Decimal("1.5"), decimal.Decimal("-2.5"), None], pa.decimal32(5, 1)),
        "thousands": pa.array([decimal.Decimal("12000"), decimal.Decimal("0"), None], pa.decimal128(9, -3)),
        "id": pa.array([uuid.UUID(int=2 ** 100 + i).bytes if i < 2 else None for i in range(3)], pa.uuid()),
    })


def nested():
    message = pa.struct([("role", pa.string()), ("content", pa.string())])
    return pa.table({
        "messages": pa.array([[{"role": "user", "content": "a"}, {"role": "assistant", "content": None}], [], None, [None, {"role": "x", "content": "y"}]], pa.list_(message)),
        "lists": pa.array([[[1, 2], [], None, [3, None]], [], None, [[]]], pa.large_list(pa.list_(pa.int32()))),
        "pair": pa.array([[1, 2], None, [3, None], [None, None]], pa.list_(pa.int16(), 2)),
        "deep": pa.array([{"a": {"b": {"c": 1}}}, {"a": {"b": None}}, {"a": None}, None], pa.struct([("a", pa.struct([("b", pa.struct([("c", pa.int32())]))]))])),
        "map": pa.array([[("k", 1), ("l", None)], [], None, [("m", 3)]], pa.map_(pa.string(), pa.int32())),
        "pairs": pa.array([[(1, "a")], [], None, [(2, None), (3, "c")]], pa.map_(pa.int32(), pa.string())),
        "word": pa.array(["red", "green", None, "red"]).dictionary_encode(),
        "words": pa.ListArray.from_arrays([0, 2, 2, 3, 4], pa.DictionaryArray.from_arrays(pa.array([1, 0, None, 1], pa.int8()), ["no", "yes"])),
    })


def broken_text():
    """Texts of which some are no UTF-8, which pyarrow does not look at, and bytes that need not be."""
    def text(values):
        return pa.array(values, pa.binary()).view(pa.string())

    turns = pa.ListArray.from_arrays([0, 1, 2, 3, 4], pa.StructArray.from_arrays([text([b"a", b"b", b"c\xff", b"d"])], ["content"]))
    return pa.table({
        "text": text([b"whole", b"bro\xc3ken", b"whole", b"whole"]),
        "picture": pa.array([b"\xff\xd8", b"\xff", b"\xff", b"\xff"], pa.binary()),
        "turns": turns,
    })


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    expected = {}

    def rows_of(table):
        maps = {f.name for f in table.schema if pa.types.is_map(f.type) and pa.types.is_string(f.type.key_type)}
        return [{k: dict(v) if k in maps and v is not None else plain(v) for k, v in row.items()} for row in table.to_pylist()]

    def write(name, batches, schema, writer, **options):
        with writer(folder / (name + ".arrow"), schema, options=pa.ipc.IpcWriteOptions(**options)) as out:
            for batch in batches:
                out.write_batch(batch)
        rows = rows_of(pa.Table.from_batches(batches, schema))
        # Equal rows are told by the name of the first file that has them.
        same = [other for other, theirs in expected.items() if json.dumps(theirs) == json.dumps(rows) and rows]
        expected[name] = same[0] if same else rows

    stream, file = pa.ipc.new_stream, pa.ipc.new_file
    def of(table, name, writer, size=None, **options):
        write(name, table.to_batches(size), table.schema, writer, **options)

    of(flat(30), "flat", stream, 13)
    of(flat(30), "flat-file", file, 13)
    of(flat(30), "flat-lz4", stream, 13, compression="lz4")
    of(flat(30), "flat-zstd", file, 13, compression="zstd")
    of(flat(30).drop_columns(["view"]), "flat-old", stream, use_legacy_format=True, metadata_version=pa.ipc.MetadataVersion.V4)
    of(flat(30).slice(7, 11), "flat-slice", stream)
    of(flat(0), "empty", stream)
    of(moments(), "moments", stream)
    of(nested(), "nested", stream)
    of(nested(), "nested-file", file, compression="zstd")
    of(nested().slice(1, 2), "nested-slice", stream)
    # Dictionaries that grow and that are replaced.
    parts = [pa.DictionaryArray.from_arrays(pa.array(i, pa.int8()), d) for i, d in (([0, 1, None], ["a", "b"]), ([2, 0], ["a", "b", "c"]), ([0, 0], ["z"]))]
    schema = pa.schema([("word", parts[0].type)])
    batches = [pa.record_batch([p], schema) for p in parts]
    write("deltas", batches[:2], schema, stream, emit_dictionary_deltas=True)
    write("replaced", batches, schema, stream)
    write("deltas-file", batches[:2], schema, file, emit_dictionary_deltas=True)
    # What is not read.
    of(pa.table({"u": pa.UnionArray.from_sparse(pa.array([0, 1], pa.int8()), [pa.array([1, 2]), pa.array(["a", "b"])])}), "union", stream)
    expected["union"] = "column u"
    with stream(folder / "broken-text.arrow", broken_text().schema) as out:
        out.write_table(broken_text())
    with open(folder / "expected.json", "w", encoding="utf8") as out:
        json.dump(expected, out, ensure_ascii=False, separators=(",", ":"))
    print(len(expected), "files,", sum(p.stat().st_size for p in folder.iterdir()), "bytes")


main()
