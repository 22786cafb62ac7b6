#!/usr/bin/env python3
"""Writes tests/data/parquet/: small files of pyarrow over types, nulls, nesting, codecs, encodings and page versions, and
expected.json with their rows as this project reads them.

    make_parquet_fixtures.py FOLDER
"""
import datetime
import decimal
import json
import pathlib
import sys
import uuid

import pyarrow as pa
import pyarrow.parquet as pq

UTC = datetime.timezone.utc


def plain(value):
    """As JSON: times in ISO 8601, decimals as texts, bytes that are no text as nothing."""
    if isinstance(value, datetime.datetime):
        text = value.replace(tzinfo=None).isoformat()
        return text + ("Z" if value.tzinfo else "")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return None
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value


def flat(rows):
    return pa.table({
        "flag": pa.array([None if i % 7 == 3 else i % 3 == 0 for i in range(rows)]),
        "byte": pa.array([i % 100 - 50 for i in range(rows)], pa.int8()),
        "whole": pa.array([None if i % 5 == 4 else i * 7919 - 40000 for i in range(rows)], pa.int32()),
        "large": pa.array([(-1) ** i * 2 ** (i % 62) for i in range(rows)], pa.int64()),
        "unsigned": pa.array([2 ** 32 - 1 - i for i in range(rows)], pa.uint32()),
        "longest": pa.array([2 ** 64 - 1 - i for i in range(rows)], pa.uint64()),
        "single": pa.array([i / 8 for i in range(rows)], pa.float32()),
        "double": pa.array([None if i % 11 == 0 else i * 0.1 for i in range(rows)], pa.float64()),
        "text": pa.array([None if i % 6 == 5 else ["", "Grüße 🌞", "a\nb", "same", "x" * (i % 40)][i % 5] for i in range(rows)]),
        "word": pa.array([["red", "green", "blue"][i % 3] for i in range(rows)]),
    })


def rich():
    moment = datetime.datetime(1969, 12, 31, 23, 59, 58, 123456)
    return pa.table({
        "day": pa.array([datetime.date(2024, 2, 29), None, datetime.date(1900, 1, 1)]),
        "time": pa.array([datetime.time(3, 4, 5), datetime.time(3, 4, 5, 678), None], pa.time64("us")),
        "moment": pa.array([moment, datetime.datetime(2024, 1, 2, 3, 4, 5), None], pa.timestamp("us")),
        "millis": pa.array([datetime.datetime(2024, 1, 2, 3, 4, 5), None, datetime.datetime(1960, 5, 6)], pa.timestamp("ms")),
        "utc": pa.array([datetime.datetime(2024, 1, 2, 3, 4, 5, 600000, UTC), None, moment.replace(tzinfo=UTC)], pa.timestamp("us", "UTC")),
        "price": pa.array([decimal.Decimal("12.34"), decimal.Decimal("-0.05"), None], pa.decimal128(9, 2)),
        "vast": pa.array([decimal.Decimal("-12345678901234567890.123"), decimal.Decimal("0.001"), None], pa.decimal128(30, 3)),
        "half": pa.array([1.5, -0.25, None], pa.float16()),
        "bytes": pa.array([b"text", b"\xff\x00", None], pa.binary()),
        "fixed": pa.array([b"abcd", b"efgh", None], pa.binary(4)),
        "nothing": pa.array([None, None, None], pa.null()),
        "category": pa.array(["a", "b", None]).dictionary_encode(),
        "long text": pa.array(["a", "", None], pa.large_string()),
    })


def nested():
    message = pa.struct([("role", pa.string()), ("content", pa.string())])
    return pa.table({
        "messages": pa.array([[{"role": "user", "content": "a"}, {"role": "assistant", "content": None}], [], None, [None, {"role": "x", "content": "y"}]], pa.list_(message)),
        "lists": pa.array([[[1, 2], [], None, [3, None]], [], None, [[]]], pa.list_(pa.list_(pa.int32()))),
        "answers": pa.array([{"text": ["a", "b"], "start": [1, 2]}, {"text": [], "start": None}, None, {"text": None, "start": [7]}],
                            pa.struct([("text", pa.list_(pa.string())), ("start", pa.list_(pa.int64()))])),
        "deep": pa.array([{"a": {"b": {"c": 1}}}, {"a": {"b": None}}, {"a": None}, None], pa.struct([("a", pa.struct([("b", pa.struct([("c", pa.int32())]))]))])),
        "map": pa.array([[("k", 1), ("l", None)], [], None, [("m", 3)]], pa.map_(pa.string(), pa.int32())),
        "pairs": pa.array([[(1, "a")], [], None, [(2, None), (3, "c")]], pa.map_(pa.int32(), pa.string())),
        "tools": pa.array([[{"name": "f", "args": [{"k": "x", "v": [1.5]}]}], [{"name": None, "args": []}], None, [{"name": "g", "args": None}]],
                          pa.list_(pa.struct([("name", pa.string()), ("args", pa.list_(pa.struct([("k", pa.string()), ("v", pa.list_(pa.float32()))])))]))),
        "id": pa.array([1, 2, 3, 4], pa.int64()),
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

    def write(name, table, **options):
        path = folder / (name + ".parquet")
        pq.write_table(table, path, **options)
        read = pq.read_table(path)
        named = {f.name for f in read.schema if pa.types.is_map(f.type) and pa.types.is_string(f.type.key_type)}
        rows = [{k: dict(v) if k in named and v is not None else plain(v) for k, v in row.items()} for row in read.to_pylist()]
        # Equal rows are told by the name of the first file that has them.
        same = [other for other, theirs in expected.items() if json.dumps(theirs) == json.dumps(rows) and rows]
        expected[name] = same[0] if same else rows

    for codec in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
        write("flat-" + codec, flat(60), compression=codec, row_group_size=37)
    write("flat-v2", flat(60), data_page_version="2.0", compression="zstd", data_page_size=200, write_batch_size=7)
    write("flat-plain", flat(30), use_dictionary=False, compression="none", data_page_size=100, write_batch_size=5)
    write("flat-index", flat(30), write_page_index=True, write_page_checksum=True, store_schema=False)
    for encoding, columns in {
        "delta": {"whole": "DELTA_BINARY_PACKED", "large": "DELTA_BINARY_PACKED", "byte": "DELTA_BINARY_PACKED", "text": "DELTA_BYTE_ARRAY", "word": "DELTA_LENGTH_BYTE_ARRAY"},
        "split": {"single": "BYTE_STREAM_SPLIT", "double": "BYTE_STREAM_SPLIT", "whole": "BYTE_STREAM_SPLIT", "large": "BYTE_STREAM_SPLIT"},
        "rle": {"flag": "RLE"},
    }.items():
        write("flat-" + encoding, flat(150 if encoding == "delta" else 40), use_dictionary=False, column_encoding=columns, data_page_version="2.0" if encoding == "rle" else "1.0")
    write("rich", rich())
    write("rich-int96", rich().select(["moment", "day"]), use_deprecated_int96_timestamps=True)
    write("nested", nested())
    write("nested-v2", nested(), data_page_version="2.0", compression="snappy")
    write("nested-old", nested().drop_columns(["map", "pairs"]), use_compliant_nested_type=False)
    write("empty", flat(0))
    write("required", pa.table({"a": pa.array([1, 2], pa.int32())}, schema=pa.schema([pa.field("a", pa.int32(), nullable=False)])))
    pq.write_table(broken_text(), folder / "broken-text.parquet")
    with open(folder / "expected.json", "w", encoding="utf8") as out:
        json.dump(expected, out, ensure_ascii=False, separators=(",", ":"))
    print( len(expected), "files,", sum(p.stat().st_size for p in folder.iterdir()), "bytes")


main()
