// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"
#include "base/result.h"

#include <map>
#include <string>
#include <vector>

namespace hilo {

/// One of the forms in which a data set is published: which files hold which split, and what its rows need to become
/// rows of the columns that templates know. A form of a benchmark's description (resources/benchmarks/README.md).
struct RowForm
{
    /// A column's text in two: "before" and "after" of the first place where `at` stands.
    struct Cut
    {
        std::string at, before, after;
    };

    std::string name;
    std::string note;                   ///< told where it is read
    std::vector<std::string> protocols; ///< of the benchmark that read it; empty: all
    std::vector<std::string> columns;   ///< that its rows have, by their own names

    /// Where its files lie in the folder, the first of these where any is; "{config}" stands for the configuration.
    std::vector<std::string> folders;
    /// By split: patterns of files in that folder (file_pattern.h), and "{subset}" in them and in folders stands for
    /// the part of the benchmark that was asked for, or for any. Empty: by the files' names (data_files.h).
    std::map<std::string, std::vector<std::string>> files;

    std::string ending;              ///< ".tsv": how its files are read, whatever they are called
    std::vector<std::string> header; ///< the columns of a table without a first line that names them
    std::string labelFile;           ///< "{name}-labels.lst": a file with a label a line beside "{name}.jsonl"
    std::string labelColumn;         ///< what its labels become
    std::string keyColumn;           ///< of a JSON document {KEY: row, …}: the column that gets the keys
    std::string splitColumn;         ///< of a file with the rows of several splits: the column that says which
    std::string nameColumn;          ///< gets the file's name without its split's word, "anatomy" of "anatomy_dev.csv"

    std::map<std::string, std::string> rename;                        ///< field -> column
    std::map<std::string, std::vector<std::string>> choices;          ///< list of options -> the columns of its texts
    std::map<std::string, std::map<std::string, std::string>> values; ///< field -> text in the data -> text here
    std::map<std::string, Cut> cuts;                                  ///< by field
    std::vector<std::string> blanks;                                  ///< fields whose underscores are blanks
    std::vector<std::string> empty; ///< a row in which one of these columns holds anything is none of the benchmark's

    std::string source; ///< the description itself, which tells forms apart
};

/// Errors: unknown keys, wrong types, with their place.
Result<RowForm> parseRowForm(const JsonObject& object);

} // namespace hilo
