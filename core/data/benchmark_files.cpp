// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/benchmark_files.h"

#include "base/shown_text.h"
#include "base/text_format.h"
#include "data/file_pattern.h"
#include "data/formed_rows.h"
#include "data/row_source.h"

#include <algorithm>
#include <set>

namespace hilo {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view configMark = "{config}";
constexpr std::string_view subsetMark = "{subset}";

Error besideBenchmark(const ChosenBenchmark& chosen, const char* key, const std::string& why, const std::string& hint)
{
    return badInput({}, std::string("data.") + key, "The benchmark " + chosen.name + " " + why + ".", hint);
}

/// What a file that is not of a form lacks.
using Lack = std::string;

class FormSearch
{
  public:
    FormSearch(const DataSpec& spec, const ChosenBenchmark& chosen) : spec_(spec), benchmark_(*chosen.benchmark)
    {
        std::error_code code;
        isFile_ = fs::is_regular_file(spec.path, code);
    }

    /// Nothing where the form is not the data's.
    Result<std::optional<DataFiles>> find(const RowForm& form)
    {
        for (const std::string& config : configsOf(form)) {
            HILO_TRY(std::optional<DataFiles> files, filesOf(form, config));
            if (!files)
                continue;
            leaveUnlabelled(*files);
            if (files->splits.empty()) {
                lack(form, "none of its files has labels; it is scored on its split \"" + benchmark_.scored + "\"");
                continue;
            }
            HILO_TRY(const Lack missing, columnsLack(form, *files));
            if (!missing.empty()) {
                lack(form, missing);
                continue;
            }
            files->form = std::make_shared<const RowForm>(form);
            if (!form.note.empty())
                files->notes.push_back({spec_.path, form.note});
            for (const auto& [split, paths] : files->splits)
                for (const fs::path& path : paths)
                    if (!form.labelFile.empty())
                        files->besides.push_back(labelFileOf(form, path));
            return files;
        }
        return std::nullopt;
    }

    Error nothingFits() const
    {
        std::string lacks;
        for (const std::string& lack : lacks_)
            lacks += (lacks.empty() ? " " : "; ") + lack;
        return badInput(spec_.path, {},
                        "This is not " + benchmark_.title + " in any of the forms that are read." + lacks,
                        "hilo benchmark show " + benchmark_.name + " lists the files and columns of each form" +
                            (benchmark_.repository.empty() ? std::string()
                                                           : "; the data are " + benchmark_.repository +
                                                                 " on the Hugging Face hub (hilo fetch --dataset)"));
    }

  private:
    /// Told once, though several configurations lack the same.
    void lack(const RowForm& form, const Lack& what)
    {
        std::string text = form.name + ": " + what;
        if (std::find(lacks_.begin(), lacks_.end(), text) == lacks_.end())
            lacks_.push_back(std::move(text));
    }

    std::vector<std::string> configsOf(const RowForm& form) const
    {
        if (!spec_.config.empty())
            return {spec_.config};
        const bool asks =
            form.files.empty() || std::any_of(form.folders.begin(), form.folders.end(), [](const std::string& folder) {
                return folder.find(configMark) != std::string::npos;
            });
        std::vector<std::string> configs = asks ? benchmark_.configs : std::vector<std::string>();
        configs.emplace_back();
        return configs;
    }

    Result<std::optional<DataFiles>> filesOf(const RowForm& form, const std::string& config)
    {
        if (isFile_)
            return oneFile(form);
        return form.files.empty() ? byNames(form, config) : byPatterns(form, config);
    }

    /// The folder as any other (data_files.h).
    std::optional<DataFiles> byNames(const RowForm& form, const std::string& config)
    {
        DataSpec plain;
        plain.path = spec_.path;
        plain.config = config;
        auto files = findDataFiles(plain);
        if (files)
            return std::move(*files);
        // A folder that is a configuration itself has none.
        if (config.empty() || !spec_.config.empty())
            lack(form, files.error().message);
        return std::nullopt;
    }

    Result<std::optional<DataFiles>> byPatterns(const RowForm& form, const std::string& config)
    {
        if (!hasListed_) {
            HILO_TRY(listed_, filesBelow(spec_.path));
            hasListed_ = true;
        }
        for (std::string folder : form.folders) {
            if (const auto at = folder.find(configMark); at != std::string::npos) {
                if (config.empty())
                    continue;
                folder.replace(at, configMark.size(), config);
            }
            DataFiles files;
            for (const auto& [split, patterns] : form.files)
                for (const std::string& name : listed_)
                    if ((!form.ending.empty() || !dataEnding(name).empty()) &&
                        std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
                            return fitsPattern(name, withSubset((folder.empty() ? "" : folder + "/") + pattern));
                        }))
                        files.splits[split].push_back(fs::path(spec_.path) / name);
            if (!files.splits.empty())
                return files;
        }
        std::set<std::string> patterns;
        for (const auto& [split, ones] : form.files)
            patterns.insert(ones.begin(), ones.end());
        lack(form, "there is no " + joined({patterns.begin(), patterns.end()}));
        return std::nullopt;
    }

    /// "{subset}" of a pattern: the part of the benchmark that was asked for, else any.
    std::string withSubset(std::string pattern) const
    {
        const auto& whole = benchmark_.configs;
        const bool isPart = !spec_.config.empty() && std::find(whole.begin(), whole.end(), spec_.config) == whole.end();
        for (auto at = pattern.find(subsetMark); at != std::string::npos; at = pattern.find(subsetMark))
            pattern.replace(at, subsetMark.size(), isPart ? spec_.config : "*");
        return pattern;
    }

    Result<std::optional<DataFiles>> oneFile(const RowForm& form)
    {
        const fs::path file = spec_.path;
        const std::string name = file.filename().string();
        DataFiles files;
        for (const auto& [split, patterns] : form.files)
            for (const std::string& pattern : patterns)
                if (fitsPattern(name, fs::path(withSubset(pattern)).filename().string()))
                    files.splits[split] = {file};
        if (form.files.empty())
            for (const std::string& split : splitsInName(file.stem().string()))
                files.splits[split] = {file};
        if (files.splits.size() == 1 || (!form.splitColumn.empty() && !files.splits.empty()))
            return files;
        lack(form, "the file's name says no split; give the folder, or name it train, validation or test");
        return std::nullopt;
    }

    void leaveUnlabelled(DataFiles& files) const
    {
        std::erase_if(files.splits, [&](const auto& one) {
            const auto known = benchmark_.splits.find(one.first);
            if (known != benchmark_.splits.end() && known->second.isLabelled)
                return false;
            for (const fs::path& path : one.second)
                files.unlabelled.push_back(path);
            return true;
        });
    }

    /// Of the first file of each split; empty where it has what the form's rows have.
    Result<Lack> columnsLack(const RowForm& form, const DataFiles& files) const
    {
        auto bare = std::make_shared<RowForm>();
        bare->ending = form.ending;
        bare->header = form.header;
        bare->keyColumn = form.keyColumn;
        RowReading reading;
        reading.separator = files.separator;
        reading.classNames = files.classNames;
        reading.form = bare;
        for (const auto& [split, paths] : files.splits) {
            HILO_TRY(const std::unique_ptr<RowSource> source, openRows(paths.front(), reading));
            HILO_CHECK(checkClasses(*source, paths.front()));
            FileRows read;
            for (bool more = true; more && read.rows.empty();) {
                HILO_TRY(more, source->next(read));
            }
            if (read.rows.empty())
                return shown(paths.front().string()) + " has no row that can be read" +
                       (read.rejected.empty() ? "" : ": " + read.rejected.front().reason);
            std::vector<std::string> missing;
            for (const std::string& column : form.columns)
                if (std::none_of(read.rows.begin(), read.rows.end(),
                                 [&](const Row& row) { return row.field(column) || row.choicesOf(column); }))
                    missing.push_back(column);
            if (!missing.empty())
                return shown(paths.front().string()) + " has no column " + joined(missing) + "; it has " +
                       read.rows.front().columnNames();
        }
        return Lack();
    }

    Status checkClasses(const RowSource& source, const fs::path& path) const
    {
        const ClassNames names = source.classNames();
        for (const auto& [column, expected] : benchmark_.classes)
            if (const auto found = names.find(column); found != names.end() && found->second != expected)
                return failure(badInput(path.string(), "column \"" + column + "\"",
                                        "It numbers the classes " + joined(found->second) + "; those of " +
                                            benchmark_.title + " are " + joined(expected) +
                                            ". These are the data of something else.",
                                        "Give the folder of " + benchmark_.title + "."));
        return {};
    }

    const DataSpec& spec_;
    const Benchmark& benchmark_;
    bool isFile_ = false, hasListed_ = false;
    std::vector<std::string> listed_; ///< all files below the folder
    std::vector<Lack> lacks_;
};

} // namespace

Status checkBesideBenchmark(const DataSpec& spec, const ChosenBenchmark& chosen)
{
    const Benchmark& benchmark = *chosen.benchmark;
    const std::string leave = "Leave it out; data that are to be read in another way are named without \"benchmark\".";
    const std::string& wanted = chosen.protocol->template_;
    if (!spec.template_.empty() && spec.template_ != "auto" && spec.template_ != wanted)
        return failure(besideBenchmark(chosen, "template",
                                       "is asked by the template " + wanted + ", and " + shown(spec.template_) +
                                           " would change what is scored",
                                       leave));
    if (!spec.columns.empty())
        return failure(besideBenchmark(chosen, "columns", "knows its columns", leave));
    if (spec.separator != '\0' || spec.documents)
        return failure(
            besideBenchmark(chosen, spec.documents ? "documents" : "separator", "knows how its files are read", leave));
    const bool splits = spec.holdsOut || !spec.splitFiles.empty() || !spec.splitColumn.empty() ||
                        spec.validationShare > 0 || spec.testShare > 0;
    if (splits)
        return failure(besideBenchmark(chosen, "split",
                                       "has splits of its own (" + benchmark.labelledSplits() + ", scored on " +
                                           benchmark.scored + "), and others would change what is trained or scored",
                                       leave));
    const bool isKnown =
        std::find(benchmark.configs.begin(), benchmark.configs.end(), spec.config) != benchmark.configs.end();
    if (!spec.config.empty() && !isKnown && !benchmark.hasSubsets)
        return failure(besideBenchmark(chosen, "config",
                                       "is not in the configuration " + shown(spec.config) +
                                           (benchmark.configs.empty() ? "" : ", but in " + joined(benchmark.configs)),
                                       leave));
    return {};
}

Result<DataFiles> benchmarkFiles(const DataSpec& spec)
{
    HILO_TRY(const ChosenBenchmark chosen, findBenchmark(spec.benchmark));
    HILO_CHECK(checkBesideBenchmark(spec, chosen));
    std::error_code code;
    if (!fs::exists(spec.path, code))
        return failure(badInput(spec.path, {}, "There is no such folder or file.",
                                chosen.benchmark->repository.empty()
                                    ? "Check its path."
                                    : "Check its path; hilo fetch --dataset " + chosen.benchmark->repository +
                                          " brings the data."));
    FormSearch search(spec, chosen);
    std::optional<DataFiles> best;
    for (const RowForm& form : chosen.benchmark->forms) {
        const auto& protocols = form.protocols;
        if (!protocols.empty() &&
            std::find(protocols.begin(), protocols.end(), chosen.protocol->name) == protocols.end())
            continue;
        HILO_TRY(std::optional<DataFiles> files, search.find(form));
        // One file may be part of two forms.
        if (files && (!best || files->splits.size() > best->splits.size()))
            best = std::move(files);
    }
    if (!best)
        return failure(search.nothingFits());
    return std::move(*best);
}

} // namespace hilo
