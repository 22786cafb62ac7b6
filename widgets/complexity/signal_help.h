// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>
#include <vector>

namespace hilo {

/// What a person should know of a complexity signal, in the language of the interface.
struct SignalHelp
{
    QString name;       ///< as in profiles
    QString title;      ///< "Effective rank"
    QString shortTitle; ///< for narrow places
    QString unit;       ///< "directions"; may be empty
    QString text;       ///< a paragraph in plain words: what it says and what a large value means
    QString definition; ///< how it is computed
    QString spectrum;   ///< what its spectra hold; empty: it has none
    QString source;     ///< paper or standard
};

/// All signals that can be measured, in the order of the catalogue: titles and plain words from
/// resources/help/signals.json, definitions and sources from core's catalogue. The file is read once, and the texts are
/// translated at each call: what was said in one language must not be kept for another.
std::vector<SignalHelp> allSignalHelp();
/// An unknown signal has its own name as title and no text.
SignalHelp signalHelp(const std::string& name);
/// Its paragraph with source as rich text.
QString signalParagraph(const SignalHelp& help);

} // namespace hilo
