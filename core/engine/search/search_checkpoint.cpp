// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/search/search_checkpoint.h"

#include "engine/base/tensor_file.h"

namespace hilo {
namespace fs = std::filesystem;

Status writeSearchCheckpoint(const fs::path& file, const SearchCheckpoint& state)
{
    std::vector<NamedTensor> tensors;
    for (const auto& [name, value] : state.tensors)
        tensors.push_back({name, value});
    torch::Tensor losses = torch::empty({static_cast<std::int64_t>(state.losses.size()), 2}, torch::kFloat64);
    double* values = losses.data_ptr<double>();
    for (const auto& [training, validation] : state.losses) {
        *values++ = training;
        *values++ = validation;
    }
    tensors.push_back({"losses", losses});
    const Json search = {{"identity", state.identity},
                         {"settings", state.settings},
                         {"step", state.losses.size()},
                         {"steps", state.steps},
                         {"threads", state.threads}};
    return writeTensorFile(file, tensors, {{"search", search.dump()}});
}

Result<std::optional<SearchCheckpoint>> readSearchCheckpoint(const fs::path& file)
{
    std::error_code code;
    if (!fs::exists(file, code))
        return std::optional<SearchCheckpoint>();
    HILO_TRY(TensorFile loaded, readTensorFile(file));
    const auto losses = loaded.tensors.find("losses");
    if (losses == loaded.tensors.end() || losses->second.dim() != 2 || losses->second.size(1) != 2 ||
        losses->second.scalar_type() != torch::kFloat64 || !loaded.metadata.contains("search"))
        return failure(
            badInput(file.string(), {}, "This is not the state of a search.", "Remove it, or give another --out."));
    HILO_TRY(const Json document, parseJson(loaded.metadata["search"], file.string()));
    HILO_TRY(const JsonObject object, JsonObject::of(document, file.string(), "__metadata__.search"));
    SearchCheckpoint state;
    HILO_TRY(state.identity, object.text("identity"));
    HILO_TRY(state.steps, object.integer("steps", 1, std::int64_t{1} << 40));
    HILO_TRY(const std::int64_t threads, object.integer("threads", 1, 4096));
    state.threads = static_cast<int>(threads);
    const torch::Tensor values = losses->second.contiguous();
    for (std::int64_t step = 0; step < values.size(0); ++step)
        state.losses.emplace_back(values.data_ptr<double>()[2 * step], values.data_ptr<double>()[2 * step + 1]);
    loaded.tensors.erase(losses);
    state.tensors = std::move(loaded.tensors);
    return std::optional(std::move(state));
}

} // namespace hilo
