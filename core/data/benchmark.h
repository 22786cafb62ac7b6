// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/published_result.h"
#include "data/row_form.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hilo {

/// What a published benchmark is: a file NAME.json in resources/benchmarks, whose README.md describes the keys.
struct Benchmark
{
    struct Split
    {
        std::int64_t rows = 0;  ///< as published, and of the form that the protocols use; 0: not known
        bool isLabelled = true; ///< else it can be neither trained on nor scored
    };
    /// A way to ask and to measure.
    struct Protocol
    {
        std::string name; ///< "mola"
        std::string description;
        std::string template_;         ///< JSON "template": in resources/prompts
        std::string protocol;          ///< how rows are scored, a word of run/run_spec_names.h
        std::string metric;            ///< whose value is the benchmark's number, a name of core/metrics
        std::int64_t maxNewTokens = 0; ///< of generated answers; 0: as the run says
        std::string training;          ///< what the source trains with, for people
        std::string source;
    };
    struct Floor
    {
        double value = 0; ///< in percent
        std::string kind; ///< "majority": of always giving the most frequent answer; "chance"
    };

    std::string name;
    std::string title;
    std::string description;
    std::vector<std::string> aliases; ///< further names
    std::string source, repository, licence;
    std::vector<RowForm> forms;       ///< of which that one is read that fits (benchmark_files.h)
    std::vector<std::string> configs; ///< configurations of a hub folder that hold it, the usual one first
    bool hasSubsets = false; ///< JSON "subsets": "config" may name another configuration, which is a part of it
    /// Column -> what the hub calls the classes that it numbers: data that say otherwise are another benchmark's.
    std::map<std::string, std::vector<std::string>> classes;
    std::map<std::string, Split> splits;
    std::string scored;              ///< the split whose rows the benchmark's number is of
    std::vector<Protocol> protocols; ///< the first is the usual one
    std::optional<Floor> floor;
    std::vector<PublishedResult> published;
    std::string file;

    /// "train, validation": those with labels.
    std::string labelledSplits() const;
};

/// A benchmark by one of its protocols.
struct ChosenBenchmark
{
    std::string name; ///< as it was asked for: "cola", "mola-cola"
    std::shared_ptr<const Benchmark> benchmark;
    const Benchmark::Protocol* protocol = nullptr;
};

/// Errors: unknown keys and wrong types with their place; a scored split without labels; a protocol that is there
/// twice; forms of protocols that there are not.
Result<Benchmark> parseBenchmark(const Json& document, const std::string& file);

/// All of them, by name. Errors: of reading one.
Result<std::vector<std::shared_ptr<const Benchmark>>> allBenchmarks();

/// NAME is its first protocol, PROTOCOL-NAME that one; an alias counts as NAME. Errors: no such benchmark, with the
/// nearest name.
Result<ChosenBenchmark> findBenchmark(const std::string& name);

/// An error for a split that cannot be scored or trained on, naming that which is scored.
Status checkSplitOf(const ChosenBenchmark& chosen, const std::string& split);

} // namespace hilo
