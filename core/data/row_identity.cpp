// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_identity.h"

#include "base/atomic_file.h"
#include "base/mapped_file.h"
#include "base/sha256.h"
#include "base/version.h"
#include "data/prompt_template.h"
#include "formats/file_kind.h"

#include <algorithm>
#include <ctime>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// Raised when the same rows would be tokenised or kept in another way.
constexpr const char* identityVersion = "hilo.rows/1, third";

/// Of a GGUF file's beginning, where its vocabulary stands: the largest ones take a quarter of this.
Result<std::string> hashOfBeginning(const fs::path& path)
{
    HILO_TRY(const auto mapping, MappedFile::open(path));
    constexpr std::size_t beginning = std::size_t{64} << 20;
    const std::span<const std::byte> bytes = mapping->bytes();
    return sha256(bytes.first(std::min(beginning, bytes.size()))) + " " + std::to_string(bytes.size());
}

/// Files beside the weights that can say how texts become tokens.
bool describesTokens(const fs::path& path)
{
    const std::string name = path.filename().string();
    return (name.ends_with(".json") && !name.ends_with(".index.json")) || name.ends_with(".jinja") ||
           name.ends_with(".model") || name.ends_with(".txt");
}

Result<std::string> hashOfTokenizer(const fs::path& source, const Progress& progress)
{
    std::error_code code;
    if (!fs::is_directory(source, code) && fileKind(source) == FileKind::Gguf)
        return hashOfBeginning(source);
    const fs::path folder = fs::is_directory(source, code) ? source : source.parent_path();
    std::vector<fs::path> files;
    if (folder != source)
        files.push_back(source);
    for (const fs::path& one : {folder, folder / "additional_chat_templates"})
        for (const auto& entry : fs::directory_iterator(one, code))
            if (entry.is_regular_file(code) && describesTokens(entry.path()))
                files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::string all;
    for (const fs::path& file : files) {
        HILO_TRY(const std::string hash, sha256File(file, progress));
        all += file.lexically_relative(folder).generic_string() + " " + hash + "\n";
    }
    return sha256(all);
}

/// Of the template that is named, or of all among which the columns choose.
Result<std::string> hashOfTemplates(const DataSpec& spec)
{
    std::vector<std::string> names{spec.template_};
    if (spec.template_ == automaticTemplate || spec.template_.empty()) {
        HILO_TRY(names, templateNames());
    }
    std::string all;
    for (const std::string& name : names) {
        HILO_TRY(const PromptTemplate known, loadTemplate(name));
        HILO_TRY(const std::string text, readFile(known.file));
        all += name + " " + sha256(text) + "\n";
    }
    if (spec.chatTemplate.find('/') != std::string::npos) {
        HILO_TRY(const std::string text, readFile(spec.chatTemplate));
        all += sha256(text) + "\n";
    }
    return sha256(all);
}

/// The day, where a chat template asks for the time.
std::string dayOf(const DataSpec& spec, const Tokenizer& tokenizer)
{
    constexpr const char* clock = "strftime_now";
    bool asks = false;
    for (const auto& [name, source] : tokenizer.chatTemplates())
        asks = asks || source.find(clock) != std::string::npos;
    if (spec.chatTemplate.find('/') != std::string::npos)
        asks = asks || readFile(spec.chatTemplate).value_or("").find(clock) != std::string::npos;
    if (!asks)
        return {};
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    return std::to_string(local.tm_year) + "-" + std::to_string(local.tm_yday);
}

} // namespace

Result<std::string> rowIdentity(const DataSpec& spec, const DataFiles& files, const Tokenizer& tokenizer,
                                const Progress& progress)
{
    if (tokenizer.source().empty())
        return std::string();
    std::string all = std::string(identityVersion) + "\n" + programVersion() + "\n" + toJson(spec).dump() + "\n";
    HILO_TRY(const std::string templates, hashOfTemplates(spec));
    HILO_TRY(const std::string tokens, hashOfTokenizer(tokenizer.source(), progress));
    all += templates + "\n" + tokens + "\n" + dayOf(spec, tokenizer) + "\n";
    for (const auto& [split, paths] : files.splits)
        for (const fs::path& path : paths) {
            HILO_TRY(const std::string hash, sha256File(path, progress));
            all += split + " " + path.string() + " " + hash + "\n";
        }
    if (files.classNames)
        for (const auto& [column, classes] : *files.classNames)
            for (const std::string& one : classes)
                all += column + " " + sha256(one) + "\n";
    for (const DataNote& note : files.notes)
        all += note.file + " " + note.text + "\n";
    for (const DataNote& note : files.unused)
        all += note.file + " " + note.text + "\n";
    for (const fs::path& path : files.besides) {
        HILO_TRY(const std::string hash, sha256File(path, progress));
        all += path.string() + " " + hash + "\n";
    }
    all += files.form ? files.form->source + "\n" : std::string();
    all += std::string(1, files.separator) + (files.areDocuments ? "documents\n" : "\n");
    return sha256(all);
}

} // namespace hilo
