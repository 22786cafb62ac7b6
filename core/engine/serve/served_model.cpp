// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/served_model.h"

#include "engine/load/load_model.h"

#include <algorithm>

namespace hilo {
namespace {

/// The one that all adapters' runs share.
Result<std::string> sharedQuantisation(ModelChoice choice, const std::vector<NamedAdapter>& adapters)
{
    if (!choice.quantisation.empty() || adapters.empty())
        return choice.quantisation;
    std::string shared;
    for (std::size_t i = 0; i < adapters.size(); ++i) {
        choice.adapter = adapters[i].place;
        HILO_TRY(const std::string own, chooseQuantisation(choice));
        if (i > 0 && own != shared)
            return failure(wrongUsage("the adapters \"" + adapters.front().name + "\" and \"" + adapters[i].name +
                                          "\" were trained on bases of different quantisation, " + shared + " and " +
                                          own,
                                      "Say with --quantisation which one is served, or serve them apart."));
        shared = own;
    }
    return shared;
}

} // namespace

Result<ServedModel> loadServedModel(const ModelChoice& base, const std::string& name,
                                    const std::vector<NamedAdapter>& adapters, const Progress& progress)
{
    ServedModel served;
    served.names = {name};
    for (const NamedAdapter& adapter : adapters) {
        if (std::find(served.names.begin(), served.names.end(), adapter.name) != served.names.end())
            return failure(wrongUsage("two models are called \"" + adapter.name + "\"",
                                      "Give each --adapter a name of its own, or the base one with --name."));
        served.names.push_back(adapter.name);
    }
    ModelChoice choice = base;
    choice.adapter.clear();
    HILO_TRY(choice.quantisation, sharedQuantisation(choice, adapters));
    HILO_TRY(const LoadedModel loaded, loadModel(choice, progress));
    served.tokenizer = loaded.tokenizer;
    served.decoder = loaded.decoder;
    served.quantisation = loaded.quantisation;
    if (!adapters.empty()) {
        HILO_TRY(const ModelSource source, openModel(base.model));
        for (const NamedAdapter& adapter : adapters) {
            HILO_TRY(auto one, loadAdapter(adapter.place, source, loaded.decoder->device(), progress));
            served.adapters.push_back(std::move(one));
        }
    }
    served.endTokens = served.tokenizer->endTokens();
    for (const std::int64_t id : served.decoder->config().eosTokens)
        served.endTokens.push_back(static_cast<std::int32_t>(id));
    return served;
}

std::string servedName(const std::filesystem::path& given)
{
    std::filesystem::path path = given.lexically_normal();
    if (!path.has_filename())
        path = path.parent_path();
    std::error_code code;
    if (path == "." || path == "..")
        path = std::filesystem::canonical(path, code);
    if (!std::filesystem::exists(given, code))
        return given.string(); // org/name
    return path.extension() == ".gguf" ? path.stem().string() : path.filename().string();
}

} // namespace hilo
