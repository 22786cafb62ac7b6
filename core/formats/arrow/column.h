// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/arrow/message.h"
#include "formats/arrow/schema.h"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace hilo::arrow {

struct Dictionary;

/// The values of a field in one record batch: where their bytes lie (apache/arrow: docs/source/format/Columnar.rst).
struct Column
{
    const Field* field = nullptr;
    std::int64_t length = 0;
    Bytes validity; ///< a bit a value; empty: all are there
    Bytes offsets;  ///< of texts, bytes and lists
    Bytes data;     ///< numbers, bits, characters, views, or indices into the dictionary
    std::vector<Bytes> variadic;
    std::vector<Column> children;
    std::shared_ptr<const Dictionary> dictionary;
    int depth = 1; ///< of nesting, dictionaries too
};

/// A record batch; its columns look into the file's bytes and into what it owns.
struct Batch
{
    std::int64_t rows = 0;
    std::vector<Column> columns;
    std::vector<std::vector<std::byte>> owned;
};

/// The values of a dictionary: a batch of one column, and further ones that were appended.
struct Dictionary
{
    std::vector<std::shared_ptr<const Batch>> parts;
    std::vector<std::int64_t> ends; ///< how many values there are up to each part's end
    int depth = 0;
};
using Dictionaries = std::map<std::int64_t, std::shared_ptr<const Dictionary>>;

/// A record batch of a schema's fields. Errors name the column: fewer bytes than its values take, more values than the
/// bytes can hold, a dictionary that did not come, more than 64 levels.
Result<Batch> readBatch(const std::vector<Field>& fields, const BatchLayout& layout, const Dictionaries& dictionaries);

/// Takes the values of a dictionary into the dictionaries. Errors: a number that no column has, and those of readBatch.
Status readDictionary(const std::vector<Field>& fields, const FlatTable& dictionaryBatch, Bytes body,
                      Dictionaries& dictionaries);

} // namespace hilo::arrow
