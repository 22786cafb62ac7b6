// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/merge/merge_content.h"

namespace hilo {

/// A mixture of the experts of all adapters: in every module their experts behind one another, and the rows of their
/// routers, those of null experts last. One softmax goes over what is chosen of all of them, so a token's experts of
/// one adapter share its weight with those of the others. An adapter without a router in a module gives its expert a
/// row of zeros. Of topK experts (0: the sum of what the adapters choose, 1 where there is no router) as many are
/// chosen as there are; a module of one adapter alone stays as it is. Weights are factors on the experts' outputs. Bad
/// input: a router that weighs all experts beside one that chooses; LoRAs on the base's own experts in several
/// adapters, of which each can have but one.
Result<AdapterContent> putSideBySide(const std::vector<MergeInput>& inputs, const std::vector<double>& weights,
                                     int topK);

} // namespace hilo
