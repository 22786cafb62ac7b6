// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "formats/gguf.h"

namespace hilo {

/// part as it is when the model is whole in it; else all parts of the split model as one: the first part's metadata and
/// the tensors of all, in order. The parts lie beside part under llama-gguf-split's names, NAME-00001-of-00003.gguf.
/// Bad input: another name, a missing part, parts that do not belong together.
Result<GgufFile> withOtherParts(GgufFile part);

} // namespace hilo
