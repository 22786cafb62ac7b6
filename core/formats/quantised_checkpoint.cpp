// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/quantised_checkpoint.h"

#include <algorithm>
#include <array>

namespace hilo {
namespace fs = std::filesystem;
namespace {

/// Files of AutoGPTQ, AutoAWQ and NVIDIA's ModelOpt, with the method where they do not name it.
struct QuantisationFile
{
    const char* file;
    const char* method;
};
constexpr std::array quantisationFiles = {QuantisationFile{"quantize_config.json", "gptq"},
                                          QuantisationFile{"quant_config.json", "awq"},
                                          QuantisationFile{"hf_quant_config.json", "modelopt"}};

/// GPTQ and AWQ; compressed-tensors, FP8 and ModelOpt; bitsandbytes; HQQ and MLX.
constexpr std::array codeEndings = {".qweight",      ".qzeros",
                                    ".g_idx",        ".weight_packed",
                                    ".weight_scale", ".weight_scale_inv",
                                    ".weight_shape", ".weight_zero_point",
                                    ".absmax",       ".quant_map",
                                    ".SCB",          ".weight_format",
                                    ".W_q",          ".scales"};

void addText(const Json& object, std::initializer_list<const char*> keys, std::string& text)
{
    for (const char* key : keys)
        if (const auto found = object.find(key); found != object.end() && found->is_string()) {
            text += (text.empty() ? "" : ", ") + found->get<std::string>();
            return;
        }
}

std::string bitsOf(const Json& object)
{
    for (const char* key : {"bits", "w_bit", "nbits"})
        if (const auto found = object.find(key); found != object.end() && found->is_number_integer())
            return found->dump() + " bits";
    for (const auto& [key, bits] : {std::pair{"load_in_4bit", "4 bits"}, std::pair{"load_in_8bit", "8 bits"}})
        if (const auto found = object.find(key); found != object.end() && found->is_boolean() && found->get<bool>())
            return bits;
    return {};
}

DeclaredQuantisation describedQuantisation(const Json& object, const std::string& usualMethod)
{
    DeclaredQuantisation declared;
    declared.settings = object;
    std::string& text = declared.text;
    addText(object, {"quant_method", "quant_algo"}, text);
    if (text.empty())
        text = object.contains("load_in_4bit") || object.contains("load_in_8bit") ? "bitsandbytes" : usualMethod;
    declared.method = text;
    addText(object, {"bnb_4bit_quant_type", "format", "fmt"}, text);
    if (const std::string bits = bitsOf(object); !bits.empty())
        text += ", " + bits;
    return declared;
}

} // namespace

Result<std::optional<DeclaredQuantisation>> declaredQuantisation(const JsonObject& config, const fs::path& folder)
{
    for (const auto& [key, method] :
         {std::pair{"quantization_config", "a method that it does not name"},
          std::pair{"compression_config", "compressed-tensors"}, std::pair{"quantization", "mlx"}}) {
        if (!config.has(key))
            continue;
        HILO_TRY(const JsonObject object, config.object(key));
        if (object.json().empty())
            continue;
        DeclaredQuantisation declared = describedQuantisation(object.json(), method);
        declared.file = config.file();
        declared.place = config.placeOf(key);
        return std::optional(std::move(declared));
    }
    std::error_code code;
    for (const QuantisationFile& known : quantisationFiles) {
        const fs::path file = folder / known.file;
        if (!fs::exists(file, code))
            continue;
        HILO_TRY(const Json document, readJsonFile(file, pythonJson));
        HILO_TRY([[maybe_unused]] const JsonObject object, JsonObject::of(document, file.string()));
        const bool nested = document.contains("quantization") && document["quantization"].is_object();
        DeclaredQuantisation declared =
            describedQuantisation(nested ? document["quantization"] : document, known.method);
        declared.file = file.string();
        return std::optional(std::move(declared));
    }
    return std::optional<DeclaredQuantisation>();
}

std::optional<std::string> quantisedTensor(const WeightSource& weights, const std::vector<TensorInfo>& expected,
                                           bool declared)
{
    const auto shown = [](const TensorInfo& tensor) { return tensor.name + " (" + tensor.typeName() + ")"; };
    bool missing = false;
    for (const TensorInfo& tensor : expected) {
        const auto found = weights.find(tensor.name);
        missing = missing || !found;
        if (found && !isFloat(found->type) && !isBlock(found->type) && found->type != DataType::Codes)
            return shown(*found);
    }
    if (!declared && !missing)
        return std::nullopt;
    for (const TensorInfo& tensor : weights.tensors()) {
        const auto endsWith = [&tensor](const char* ending) { return tensor.name.ends_with(ending); };
        if (std::any_of(codeEndings.begin(), codeEndings.end(), endsWith) ||
            tensor.name.find(".quant_state.") != std::string::npos)
            return shown(tensor);
    }
    return std::nullopt;
}

} // namespace hilo
