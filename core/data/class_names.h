// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hilo {

struct Row;

/// What the classes are called that a column numbers from 0, by column ("answer.label" of a struct): `datasets` calls
/// such a column a ClassLabel.
using ClassNames = std::map<std::string, std::vector<std::string>>;

/// Of the features of a data set as dataset_info.json has them (an object by column), or a card's dataset_info (a list
/// of {name, dtype}). Lists of classes are left out: a row has one label.
ClassNames classNamesOfFeatures(const Json& features);

/// Of what `datasets` writes into a file's schema under the key "huggingface"; none where it is not that.
ClassNames classNamesOfMetadata(const std::string& text);

/// What a folder tells of its columns: dataset_info.json, there or in a folder of a split, else README.md. config:
/// which of the card's configurations, empty: the only or default one. problem: why a card's word on it cannot be read.
ClassNames classNamesOfFolder(const std::filesystem::path& folder, const std::string& config, std::string& problem);

/// Names the classes that the row's columns number: empty for a number without a name (-1 of rows without a label). A
/// text stays as it is.
void nameClasses(const ClassNames& names, Row& row);

/// "its column "label" numbers classes, which are called neg, pos", for every column.
std::string noteOfClasses(const ClassNames& names);

} // namespace hilo
