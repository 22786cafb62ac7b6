// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/arrow/flat_buffer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hilo::arrow {

/// One message of a stream: its metadata and its body, both in the file's bytes.
struct Message
{
    enum class Kind { Schema = 1, Dictionary = 2, Batch = 3 };
    Kind kind = Kind::Schema;
    FlatTable header; ///< Schema, DictionaryBatch or RecordBatch
    Bytes body;
    std::size_t end = 0; ///< the first byte behind it
};

/// The message at a position of a stream (apache/arrow: docs/source/format/Columnar.rst, "Encapsulated message
/// format"; with and without the mark in front that came with 0.15). Nothing at the mark of the end, or where the file
/// ends: position is behind it then, and markedEnd says which. Errors: cut off, sizes that lie, other messages.
Result<std::optional<Message>> readMessage(Bytes file, std::size_t& position, bool& markedEnd);

/// The layout of a record batch or of a dictionary's values.
struct BatchLayout
{
    struct Node
    {
        std::int64_t length = 0;
        std::int64_t nulls = 0;
    };
    enum class Codec { None, Lz4Frame, Zstd };
    std::int64_t rows = 0;
    std::vector<Node> nodes;
    std::vector<Bytes> buffers; ///< as they are stored
    Codec codec = Codec::None;
    std::vector<std::int64_t> variadicBuffers; ///< of each column of views
    std::string place;
};

/// Errors: numbers that do not fit the body, a compression that is not known.
Result<BatchLayout> readLayout(const FlatTable& recordBatch, Bytes body);

} // namespace hilo::arrow
