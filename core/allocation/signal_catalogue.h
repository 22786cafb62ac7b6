// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "allocation/profile.h"

#include <string>
#include <vector>

namespace hilo {

enum class SignalKind { Weights, Activations, Gradients };

/// What is known of a signal before it is measured.
struct SignalDescription
{
    std::string name;
    std::string title;
    SignalKind kind = SignalKind::Weights;
    SignalDirection direction = SignalDirection::Unstated;
    std::string meaning; ///< its definition in a sentence or two, and what per layer and per module mean
    std::string source;
    std::string spectrum;      ///< what its spectra hold; empty: none
    bool needsAdapter = false; ///< measured of a trained adapter, not of the model
};

/// All signals that `hilo profile` measures: weights first, then activations, then gradients.
const std::vector<SignalDescription>& signalCatalogue();
/// nullptr: no signal of this name.
const SignalDescription* findSignalDescription(const std::string& name);

/// Names with commas between, of signals or of kinds ("weights", "activations", "gradients", "all"), in the order of
/// the catalogue and each once. wrong usage: an unknown name; lists those that there are.
Result<std::vector<std::string>> chosenSignals(const std::string& text);

/// "weights", "activations", "gradients"
std::string kindName(SignalKind kind);

/// {"name", "title", "kind", "direction", "meaning", "source"}
Json toJson(const SignalDescription& signal);

} // namespace hilo
