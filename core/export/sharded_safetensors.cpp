// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/sharded_safetensors.h"

#include "base/atomic_file.h"
#include "base/json.h"
#include "base/text_format.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

Result<std::uint64_t> bytesOf(const LazyTensor& tensor)
{
    std::uint64_t elements = 1;
    for (const std::int64_t size : tensor.shape)
        elements *= static_cast<std::uint64_t>(size);
    return storageBytes(tensor.type, elements);
}

/// What has been written of the whole model, for the progress bar.
struct Counter
{
    const Progress& progress;
    std::int64_t done = 0;
    std::int64_t all = 0;
};

Status writeShard(const fs::path& path, std::span<const LazyTensor> tensors, Counter& counter)
{
    Json header = {{"__metadata__", {{"format", "pt"}}}};
    std::uint64_t position = 0;
    std::vector<std::uint64_t> sizes;
    for (const LazyTensor& tensor : tensors) {
        HILO_TRY(const std::uint64_t bytes, bytesOf(tensor));
        header[tensor.name] = {{"dtype", dataTypeName(tensor.type)},
                               {"shape", tensor.shape},
                               {"data_offsets", {position, position + bytes}}};
        position += bytes;
        sizes.push_back(bytes);
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    const std::uint64_t length = text.size();
    HILO_TRY(AtomicFileWriter writer, AtomicFileWriter::create(path));
    HILO_CHECK(writer.write(std::as_bytes(std::span(&length, 1))));
    HILO_CHECK(writer.write(std::as_bytes(std::span(text))));
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        if (counter.progress.isCancelled())
            return failure(cancelled());
        counter.progress.report({"Writing", counter.done++, counter.all, {}});
        HILO_TRY(const std::vector<std::byte> bytes, tensors[i].make());
        if (bytes.size() != sizes[i])
            return failure(internalError(path.string() + ": " + tensors[i].name + " has " +
                                         std::to_string(bytes.size()) + " bytes, its shape needs " +
                                         std::to_string(sizes[i]) + "."));
        HILO_CHECK(writer.write(bytes));
    }
    return writer.commit();
}

std::string shardName(std::size_t number, std::size_t all)
{
    return printed("model-%05zu-of-%05zu.safetensors", number + 1, all);
}

} // namespace

Status writeShardedSafetensors(const fs::path& folder, const std::vector<LazyTensor>& tensors, std::uint64_t shardBytes,
                               const Progress& progress)
{
    std::vector<std::size_t> begins{0};
    std::uint64_t inShard = 0, all = 0;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        HILO_TRY(const std::uint64_t bytes, bytesOf(tensors[i]));
        if (inShard > 0 && inShard + bytes > shardBytes) {
            begins.push_back(i);
            inShard = 0;
        }
        inShard += bytes;
        all += bytes;
    }
    begins.push_back(tensors.size());
    const std::size_t shards = begins.size() - 1;
    Counter counter{progress, 0, static_cast<std::int64_t>(tensors.size())};
    if (shards == 1)
        return writeShard(folder / "model.safetensors", tensors, counter);
    Json places = Json::object();
    for (std::size_t shard = 0; shard < shards; ++shard) {
        const std::string name = shardName(shard, shards);
        const auto part = std::span(tensors).subspan(begins[shard], begins[shard + 1] - begins[shard]);
        for (const LazyTensor& tensor : part)
            places[tensor.name] = name;
        HILO_CHECK(writeShard(folder / name, part, counter));
    }
    return writeJsonFile(folder / "model.safetensors.index.json",
                         {{"metadata", {{"total_size", all}}}, {"weight_map", std::move(places)}});
}

} // namespace hilo
