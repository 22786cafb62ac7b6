// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_cache.h"

#include "base/cache_folder.h"
#include "base/environment.h"
#include "base/file_lock.h"
#include "base/log.h"
#include "base/text_format.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>
#include <thread>

namespace hilo {
namespace fs = std::filesystem;
namespace {

using Make = std::function<Result<Json>(RowSink&)>;

/// Keeps the error of writing apart from those of making.
class FileSink : public RowSink
{
  public:
    explicit FileSink(RowFileWriter& writer) : writer_(writer) {}

    Status add(const TokenisedExample& row, const Example* example) override
    {
        Status added = writer_.add(row, example);
        if (!added)
            problem = added.error();
        return added;
    }

    std::optional<Error> problem;

  private:
    RowFileWriter& writer_;
};

/// About what a row takes.
std::uintmax_t memoryOf(const TokenisedExample& row, const Example* example)
{
    std::uintmax_t bytes = sizeof row + row.tokens.size() * 4 + row.answers.size() * 16 + row.labelTokens.size() * 4;
    for (const ChoiceTokens& choice : row.choices)
        bytes += sizeof choice + choice.tokens.size() * 4;
    for (const TokenisedExample& rejected : row.rejected)
        bytes += memoryOf(rejected, nullptr);
    if (example)
        bytes += sizeof *example + example->prompt.size() + example->answer.size();
    return bytes;
}

class MemorySink : public RowSink
{
  public:
    MemorySink(std::uintmax_t most, std::string why) : most_(most), why_(std::move(why)) {}

    Status add(const TokenisedExample& row, const Example* example) override
    {
        used_ += memoryOf(row, example);
        if (used_ > most_)
            return failure(Error{ErrorCode::NoSpace,
                                 "The tokenised rows take more than " + std::to_string(most_ >> 20) +
                                     " MiB, which is too much to hold in memory, and no file can hold them: " + why_,
                                 {},
                                 {},
                                 "Make room in the folder, or name another one by XDG_CACHE_HOME."});
        rows.push_back(row);
        if (example)
            examples.push_back(*example);
        return {};
    }

    std::vector<TokenisedExample> rows;
    std::vector<Example> examples;

  private:
    std::uintmax_t most_, used_ = 0;
    std::string why_;
};

/// The lock of one key; nothing where locks cannot be had, which costs double work at most.
Result<std::optional<FileLock>> lockOf(const fs::path& file, const Progress& progress)
{
    for (;;) {
        auto lock = FileLock::tryAcquire(file);
        if (!lock)
            return std::optional<FileLock>();
        if (*lock)
            return std::move(*lock);
        if (progress.isCancelled())
            return failure(cancelled());
        progress.report({"Waiting for another process that tokenises the same rows", 0, 0, {}});
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
}

/// problem: of writing, in which case the rows may well be good.
Status writeRows(const fs::path& file, const std::string& key, const Make& make, std::optional<Error>& problem)
{
    auto writer = RowFileWriter::create(file, key);
    if (!writer) {
        problem = writer.error();
        return failure(writer.error());
    }
    FileSink sink(*writer);
    auto facts = make(sink);
    problem = sink.problem;
    HILO_CHECK(facts);
    Status finished = writer->finish(*facts);
    if (!finished)
        problem = finished.error();
    return finished;
}

struct KeptFile
{
    fs::path path;
    fs::file_time_type used;
    std::uintmax_t bytes = 0;
};

} // namespace

Result<RowCacheSettings> RowCacheSettings::ofEnvironment()
{
    RowCacheSettings settings;
    settings.folder = cacheFolder("rows");
    const std::string when = environmentText("HILO_ROW_CACHE");
    if (when == "always")
        settings.when = When::Always;
    else if (when == "never")
        settings.when = When::Never;
    else if (!when.empty() && when != "auto")
        return failure(
            badInput({}, "HILO_ROW_CACHE", "\"" + when + "\" is not known.", "Set it to auto, always or never."));
    const std::string most = environmentText("HILO_ROW_CACHE_GIB");
    if (!most.empty()) {
        std::uint32_t value = 0;
        const auto [end, code] = std::from_chars(most.data(), most.data() + most.size(), value);
        if (code != std::errc() || end != most.data() + most.size() || value == 0)
            return failure(badInput({}, "HILO_ROW_CACHE_GIB", "\"" + most + "\" is no number of GiB.",
                                    "Set it to a whole number above 0."));
        settings.mostBytes = std::uintmax_t{value} << 30;
    }
    return settings;
}

Result<Example> KeptRows::example(std::size_t row) const
{
    if (!file_)
        return examples_.at(row);
    HILO_TRY(DecodedRow decoded, file_->row(row));
    if (!decoded.example)
        return failure(badInput({}, {}, "The tokenised rows were kept without their texts."));
    return std::move(*decoded.example);
}

std::shared_ptr<const RowFile> RowCache::find(const fs::path& file, const std::string& key, const Progress& progress,
                                              Status& status) const
{
    std::error_code code;
    if (!fs::exists(file, code))
        return nullptr;
    auto found = RowFile::open(file, key, progress);
    if (found) {
        // What is used stays; a folder that cannot be written keeps its times.
        fs::last_write_time(file, fs::file_time_type::clock::now(), code);
        return std::move(*found);
    }
    if (found.error().code == ErrorCode::Cancelled) {
        status = failure(found.error());
        return nullptr;
    }
    logger("data")->warn("The tokenised rows are made again: {}", describe(found.error()));
    fs::remove(file, code);
    return nullptr;
}

Result<KeptRows> RowCache::inMemory(const Make& make, const std::string& why) const
{
    MemorySink sink(settings_.mostMemory, why);
    HILO_TRY(Json facts, make(sink));
    return KeptRows(std::move(sink.rows), std::move(sink.examples), std::move(facts));
}

Result<KeptRows> RowCache::rows(const std::string& key, const Make& make, const Progress& progress) const
{
    if (settings_.folder.empty())
        return inMemory(make, "neither HOME nor XDG_CACHE_HOME says where.");
    const fs::path file = settings_.folder / (key + ".rows");
    Status status;
    if (auto found = find(file, key, progress, status))
        return KeptRows(std::move(found));
    HILO_CHECK(status);
    std::error_code code;
    fs::create_directories(settings_.folder, code);
    HILO_TRY(const std::optional<FileLock> lock, lockOf(settings_.folder / (key + ".lock"), progress));
    // Another process may have made them in the meantime.
    if (auto found = find(file, key, progress, status))
        return KeptRows(std::move(found));
    HILO_CHECK(status);
    std::optional<Error> problem;
    const Status written = writeRows(file, key, make, problem);
    if (!written && !problem)
        return failure(written.error());
    if (!problem) {
        trim(file);
        auto made = RowFile::open(file, key, progress);
        if (made)
            return KeptRows(std::move(*made));
        if (made.error().code == ErrorCode::Cancelled)
            return failure(made.error());
        problem = made.error();
    }
    logger("data")->warn("The tokenised rows are held in memory, for no file can hold them: {}", describe(*problem));
    return inMemory(make, describe(*problem));
}

void RowCache::trim(const fs::path& keep) const
{
    constexpr auto leftOver = std::chrono::hours(24);
    const auto now = fs::file_time_type::clock::now();
    std::vector<KeptFile> files;
    std::uintmax_t bytes = 0;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(settings_.folder, code)) {
        std::error_code gone;
        if (!entry.is_regular_file(gone))
            continue;
        const fs::path& path = entry.path();
        const KeptFile one{path, entry.last_write_time(gone), entry.file_size(gone)};
        if (gone)
            continue;
        const std::string name = path.filename().string();
        const bool isLeftOver = (name.starts_with(".") && name.find(".rows.tmp-") != std::string::npos) ||
                                (path.extension() == ".lock" && !FileLock::isHeld(path));
        if (isLeftOver && now - one.used > leftOver)
            fs::remove(path, gone);
        if (path.extension() != ".rows")
            continue;
        bytes += one.bytes;
        if (path != keep)
            files.push_back(one);
    }
    std::sort(files.begin(), files.end(), [](const KeptFile& a, const KeptFile& b) { return a.used < b.used; });
    for (const KeptFile& one : files) {
        if (bytes <= settings_.mostBytes)
            break;
        if (fs::remove(one.path, code)) {
            logger("data")->info("removed tokenised rows that were not used lately: {}", one.path.string());
            bytes -= one.bytes;
        }
    }
}

} // namespace hilo
