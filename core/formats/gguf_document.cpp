// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/gguf_document.h"

namespace hilo {

GgufDocument::GgufDocument(const GgufFile& file, const GgufFamily& family)
    : file_(file), family_(family), entry_(*findFamily(family.modelType)),
      layersKey_(family.family == Family::Gpt2 ? "n_layer" : "num_hidden_layers")
{
    document_["model_type"] = family.modelType;
}

Error GgufDocument::errorAt(const std::string& name, std::string message, std::string hint) const
{
    return file_.errorAt(key(name), std::move(message), std::move(hint));
}

Result<std::optional<std::int64_t>> GgufDocument::integer(const std::string& name, const std::string& jsonKey)
{
    const auto layers = document_.find(layersKey_);
    HILO_TRY(const auto value, layers == document_.end() ? file_.integer(key(name), 1, largestGgufNumber)
                                                         : file_.integerOfLayers(key(name), layers->get<std::int64_t>(),
                                                                                 1, largestGgufNumber));
    if (value)
        set(jsonKey, key(name), *value);
    return value;
}

Result<std::int64_t> GgufDocument::requiredInteger(const std::string& name, const std::string& jsonKey)
{
    HILO_TRY(const auto value, integer(name, jsonKey));
    if (!value)
        return failure(errorAt(name, "The metadata is missing; the model's shape needs it.",
                               "Convert the model again with llama.cpp's convert_hf_to_gguf.py."));
    return *value;
}

Result<std::optional<double>> GgufDocument::number(const std::string& name, const std::string& jsonKey)
{
    HILO_TRY(const auto value, file_.number(key(name)));
    if (value)
        set(jsonKey, key(name), *value);
    return value;
}

void GgufDocument::set(const std::string& jsonKey, const std::string& origin, Json value)
{
    document_[jsonKey] = std::move(value);
    origins_[jsonKey] = origin;
}

Result<ModelConfig> GgufDocument::parse() const
{
    auto config = parseModelConfig(document_, file_.name);
    if (config)
        return config;
    Error error = config.error();
    const std::string outer = error.place.substr(0, error.place.find_first_of(".["));
    const auto origin = origins_.find(outer);
    error.place = "metadata \"" + (origin == origins_.end() ? error.place : origin->second) + "\"";
    return failure(std::move(error));
}

} // namespace hilo
