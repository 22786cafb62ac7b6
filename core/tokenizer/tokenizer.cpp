// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/tokenizer.h"

#include "formats/file_kind.h"
#include "tokenizer/gguf_tokenizer.h"
#include "tokenizer/tekken_json.h"
#include "tokenizer/tokenizer_json.h"
#include "tokenizer/tokenizer_pipeline.h"
#include "tokenizer/utf8.h"

#include <algorithm>

namespace hilo {

Tokenizer::Tokenizer(std::unique_ptr<const TokenizerPipeline> pipeline, std::filesystem::path source)
    : pipeline_(std::move(pipeline)), source_(std::move(source))
{
}

Tokenizer::~Tokenizer() = default;

Result<std::shared_ptr<const Tokenizer>> Tokenizer::load(const std::filesystem::path& model)
{
    // The first bytes tell what a file is; a GGUF file need not be called one.
    if (fileKind(model) == FileKind::Gguf) {
        HILO_TRY(auto pipeline, loadGgufTokenizer(model));
        return std::make_shared<const Tokenizer>(std::move(pipeline), model);
    }
    std::error_code code;
    const bool isFile = std::filesystem::is_regular_file(model, code);
    if (const FileKind kind = fileKind(model); kind != FileKind::Unknown)
        return failure(badInput(model.string(), "", "this is " + fileKindName(kind) + "; expected tokenizer.json",
                                fileKindHint(kind)));
    const std::filesystem::path folder = isFile ? model.parent_path() : model;
    const std::filesystem::path file = isFile ? model : folder / "tokenizer.json";
    const std::filesystem::path tekken = folder / "tekken.json";
    if (file.filename() == "tekken.json" ||
        (!std::filesystem::exists(file, code) && std::filesystem::exists(tekken, code))) {
        HILO_TRY(auto pipeline, loadTekkenJson(tekken, folder));
        return std::make_shared<const Tokenizer>(std::move(pipeline), model);
    }
    if (!std::filesystem::exists(file, code))
        return failure(badInput(file.string(), "", "there is no such file; expected the model's tokenizer",
                                "copy tokenizer.json of the model beside its config.json"));
    HILO_TRY(auto pipeline, loadTokenizerJson(file, folder));
    return std::make_shared<const Tokenizer>(std::move(pipeline), model);
}

Status Tokenizer::encodeWords(std::string text, std::size_t leading, std::vector<std::int32_t>& ids) const
{
    const TokenizerPipeline& state = *pipeline_;
    std::vector<Piece> pieces;
    pieces.push_back({std::move(text), leading});
    for (const CutStep& step : state.preTokenizer) {
        HILO_TRY(pieces, step(std::move(pieces)));
    }
    for (const Piece& piece : pieces) {
        if (piece.text.empty() || state.cache.find(piece.text, ids))
            continue;
        const std::size_t before = ids.size();
        if (auto status = state.model->encode(piece.text, ids); !status) {
            status.error().file = state.file;
            return failure(status.error());
        }
        state.cache.store(piece.text, std::span(ids).subspan(before));
    }
    return {};
}

Result<std::vector<std::int32_t>> Tokenizer::encode(std::string_view text, bool addSpecial) const
{
    const TokenizerPipeline& state = *pipeline_;
    std::vector<std::int32_t> ids;
    const std::string valid = utf8::repaired(text);
    for (const AddedTokens::Part& raw : state.added.cut(valid, false)) {
        if (raw.id >= 0) {
            ids.push_back(raw.id);
            continue;
        }
        HILO_TRY(const NormalizedText normal, state.normalised(std::string(raw.text)));
        for (const AddedTokens::Part& part : state.added.cut(normal.text, true)) {
            if (part.id >= 0) {
                ids.push_back(part.id);
                continue;
            }
            const auto begin = static_cast<std::size_t>(part.text.data() - normal.text.data());
            const std::size_t leading = raw.atStart ? leadingBehind(normal.text, begin, normal.leading) : 0;
            HILO_CHECK(encodeWords(std::string(part.text), leading, ids));
        }
    }
    if (addSpecial) {
        const std::vector<std::int32_t>& before = state.before;
        const std::vector<std::int32_t>& after = state.after;
        if (ids.size() < before.size() || !std::equal(before.begin(), before.end(), ids.begin()))
            ids.insert(ids.begin(), before.begin(), before.end());
        if (ids.size() < after.size() || !std::equal(after.rbegin(), after.rend(), ids.rbegin()))
            ids.insert(ids.end(), after.begin(), after.end());
    }
    HILO_CHECK(checkIds(ids));
    return ids;
}

Status Tokenizer::checkIds(std::span<const std::int32_t> ids) const
{
    const std::int64_t rows = pipeline_->embeddingRows;
    if (rows > 0)
        for (const std::int32_t id : ids)
            if (id >= rows)
                return failure(badInput(pipeline_->file, {},
                                        "The token \"" + tokenText(id) + "\" has the id " + std::to_string(id) +
                                            ", but the model's embedding has only " + std::to_string(rows) + " rows.",
                                        "Leave the token out of the text, or check that the tokenizer belongs to these "
                                        "weights: the embedding was never resized for it."));
    return {};
}

std::string Tokenizer::decode(std::span<const std::int32_t> ids, bool skipSpecial) const
{
    const TokenizerPipeline& state = *pipeline_;
    std::vector<std::string> parts;
    parts.reserve(ids.size());
    for (const std::int32_t id : ids) {
        const auto index = static_cast<std::size_t>(id);
        if (id < 0 || index >= state.texts.size() || (skipSpecial && state.special[index]))
            continue;
        parts.push_back(state.isAdded[index] ? state.addedSpellings.at(id) : state.texts[index]);
    }
    for (const DecodeStep& step : state.decoder)
        parts = step(std::move(parts));
    std::string text;
    for (const std::string& part : parts)
        text += part;
    return text;
}

std::int64_t Tokenizer::vocabularySize() const
{
    return static_cast<std::int64_t>(pipeline_->texts.size());
}

std::optional<std::int32_t> Tokenizer::tokenId(std::string_view token) const
{
    return pipeline_->idOf(token);
}

std::string Tokenizer::tokenText(std::int32_t id) const
{
    const auto index = static_cast<std::size_t>(id);
    return id >= 0 && index < pipeline_->texts.size() ? pipeline_->texts[index] : std::string();
}

bool Tokenizer::isSpecial(std::int32_t id) const
{
    const auto index = static_cast<std::size_t>(id);
    return id >= 0 && index < pipeline_->special.size() && pipeline_->special[index];
}

std::optional<std::int32_t> Tokenizer::bos() const
{
    return pipeline_->bos;
}

std::optional<std::int32_t> Tokenizer::eos() const
{
    return pipeline_->eos;
}

std::optional<std::int32_t> Tokenizer::padding() const
{
    return pipeline_->padding;
}

std::optional<std::int32_t> Tokenizer::unknown() const
{
    return pipeline_->model->unknown();
}

const std::vector<std::int32_t>& Tokenizer::specialPrefix() const
{
    return pipeline_->before;
}

std::vector<std::int32_t> Tokenizer::endTokens() const
{
    return pipeline_->endTokens;
}

const std::string& Tokenizer::chatTemplate() const
{
    static const std::string none;
    const auto found = pipeline_->chatTemplates.find("default");
    return found == pipeline_->chatTemplates.end() ? none : found->second;
}

const std::map<std::string, std::string>& Tokenizer::chatTemplates() const
{
    return pipeline_->chatTemplates;
}

} // namespace hilo
