// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/evaluation_data.h"

namespace hilo {

RowUse rowUseOf(Protocol protocol, LossOn lossOn)
{
    switch (protocol) {
    case Protocol::LabelLogit:
        return RowUse::CompareLabels;
    case Protocol::ChoiceLikelihood:
        return RowUse::CompareChoices;
    case Protocol::Generate:
    case Protocol::GenMatchStrict:
        return RowUse::Generate;
    case Protocol::Auto:
    case Protocol::Loss:
        break;
    }
    return lossOn == LossOn::WholeText ? RowUse::LearnText : RowUse::LearnAnswer;
}

} // namespace hilo
