// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/safetensors_writer.h"
#include "formats/weights.h"

#include <deque>
#include <string>
#include <vector>

namespace hilo {

/// Float32 tensors on their way into a file; keeps the values that the entries point to.
class FloatTensors
{
  public:
    void add(std::string name, std::vector<std::int64_t> shape, std::vector<float> values);
    const std::vector<TensorToWrite>& entries() const { return entries_; }

  private:
    std::deque<std::vector<float>> values_;
    std::vector<TensorToWrite> entries_;
};

/// A tensor of the file as float32. Bad input: another shape, of which hint says what would help; no elements at all; a
/// value that is not finite.
Result<std::vector<float>> floatTensor(const TensorView& view, const std::vector<std::int64_t>& shape,
                                       const std::string& file, const std::string& hint = {});

} // namespace hilo
