// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/quantised_reading.h"

namespace hilo {

/// What the readers of quantised checkpoints have in common.

/// The fronts of the tensors' names that end so, "model.layers.0.mlp.up_proj" for the ending ".qweight".
std::vector<std::string> frontsOf(const WeightSource& tensors, std::string_view ending);

/// Bad input about a tensor of a file.
Error partError(const TensorInfo& part, std::string message, std::string hint = {});

/// A tensor that weight needs; errors: it is missing, or of none of the types.
Result<TensorView> partOf(const WeightSource& tensors, const std::string& name, const TensorInfo& weight,
                          std::initializer_list<DataType> types);

/// Error: the part has another shape; because says what asks for it.
Status checkPartShape(const TensorView& part, const std::vector<std::int64_t>& expected, const std::string& because);

/// Error: not rank sizes, or one of them is 0. What passes has no more elements than its file has bits.
Status checkPartRank(const TensorView& part, std::size_t rank);

/// Elements of a part.
std::size_t elementsOfPart(const TensorView& part);

/// A part of scales as float32: F64, F32, F16, BF16, E8M0, or bytes that are exponents of two (U8). Error: NaN or
/// infinity among them.
Result<std::vector<float>> finiteScales(const TensorView& part);

/// Element i of a part of I32.
std::uint32_t wordAt(const TensorView& part, std::size_t index);

/// The groups that columns belong to, as a part of I32 says it; error: a number that is not from 0 to groups - 1.
Result<std::vector<std::int32_t>> groupIndices(const TensorView& part, std::int64_t groups);

/// Codes that lie densely one behind another in words of 32 bits, lowest bits first, so that some stand in two words.
/// first: the word that the first code begins in; stride: from one word to the next.
class PackedCodes
{
  public:
    PackedCodes(const TensorView& words, unsigned bits) : words_(&words), bits_(bits) {}
    std::uint32_t at(std::size_t first, std::size_t stride, std::size_t index) const
    {
        const std::size_t bit = index * bits_;
        const auto shift = static_cast<unsigned>(bit % 32);
        std::uint32_t code = wordAt(*words_, first + bit / 32 * stride) >> shift;
        if (shift + bits_ > 32)
            code |= wordAt(*words_, first + (bit / 32 + 1) * stride) << (32 - shift);
        return code & ((1u << bits_) - 1);
    }

  private:
    const TensorView* words_;
    unsigned bits_;
};

/// A scale for every tile of a weight [rows, columns]: tile sizes, and how many tiles there are.
struct ScaleGrid
{
    std::int64_t tileRows = 1;
    std::int64_t tileColumns = 1;
    std::int64_t gridRows = 1;
    std::int64_t gridColumns = 1;

    static ScaleGrid of(std::int64_t rows, std::int64_t columns, std::int64_t tileRows, std::int64_t tileColumns);
    /// Where the scales of a row begin.
    std::size_t firstOf(std::int64_t row) const { return static_cast<std::size_t>(row / tileRows * gridColumns); }
    /// Which of them each column has.
    std::vector<std::int32_t> tilesOfColumns(std::int64_t columns) const;
};

/// "GPTQ of 4 bits": info of a weight that is made of parts, with their bytes; file: that of the first.
TensorInfo logicalInfo(const std::string& name, std::vector<std::int64_t> shape, std::string storedAs,
                       const std::vector<TensorView>& parts);

/// A key of the object that is in neither list, and says something: "… has the key \"x\" …"; empty when there is none.
/// Null, false, an empty text, list or object say nothing.
std::string unknownKey(const JsonObject& object, std::initializer_list<std::string_view> obeyed,
                       std::initializer_list<std::string_view> recorded);

/// What a module's name is compared with in lists of what was not converted: the whole name, its front up to a dot, or
/// its end (transformers 5, should_convert_module, without its regular expressions).
bool isListed(const std::string& module, const std::vector<std::string>& list);
/// A list of texts; missing is empty.
Result<std::vector<std::string>> textsOf(const JsonObject& object, const std::string& key);

} // namespace hilo
