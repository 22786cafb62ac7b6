// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/quantised_weights.h"

#include "base/mapped_file.h"
#include "formats/awq.h"
#include "formats/bitsandbytes.h"
#include "formats/compressed_tensors.h"
#include "formats/fp8_blocks.h"
#include "formats/gptq.h"
#include "formats/mxfp4.h"
#include "formats/quantised_parts.h"

#include <array>
#include <unordered_map>
#include <unordered_set>

namespace hilo {
namespace {

struct MethodReader
{
    const char* method;
    Result<QuantisedReading> (*read)(const QuantisedCheckpoint&);
};

constexpr std::array methodReaders = {
    MethodReader{"bitsandbytes", readBitsandbytes},
    MethodReader{"gptq", readGptq},
    MethodReader{"awq", readAwq},
    MethodReader{"compressed-tensors", readCompressedTensors},
    MethodReader{"fp8", readFp8Blocks},
    MethodReader{"mxfp4", readMxfp4},
};

/// From [rows, columns] to [columns, rows].
void transpose(std::span<const float> from, std::size_t rows, std::size_t columns, std::span<float> to)
{
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            to[column * rows + row] = from[row * columns + column];
}

class DequantisedWeights : public WeightSource
{
  public:
    DequantisedWeights(std::shared_ptr<const WeightSource> source, std::vector<LogicalWeight> weights)
        : source_(std::move(source))
    {
        for (LogicalWeight& weight : weights) {
            parts_.insert(weight.parts.begin(), weight.parts.end());
            infos_.push_back(weight.info);
            weights_.emplace(weight.info.name, std::move(weight));
        }
        for (const TensorInfo& tensor : source_->tensors())
            if (!parts_.contains(tensor.name) && !weights_.contains(tensor.name))
                infos_.push_back(tensor);
    }

    const std::vector<TensorInfo>& tensors() const override { return infos_; }

    std::optional<TensorInfo> find(const std::string& name) const override
    {
        if (const auto found = weights_.find(name); found != weights_.end())
            return found->second.info;
        return parts_.contains(name) ? std::nullopt : source_->find(name);
    }

    std::optional<TensorView> view(const std::string& name) const override
    {
        return weights_.contains(name) || parts_.contains(name) ? std::nullopt : source_->view(name);
    }

    Status readFloat32(const std::string& name, std::span<float> destination) const override
    {
        const auto found = weights_.find(name);
        if (found == weights_.end())
            return source_->readFloat32(name, destination);
        std::size_t elements = 1;
        for (const std::int64_t size : found->second.info.shape)
            elements *= static_cast<std::size_t>(size);
        if (elements != destination.size())
            return failure(internalError("The tensor " + name + " was asked for in another size."));
        HILO_CHECK(found->second.read(destination));
        for (const std::string& part : found->second.parts)
            if (const auto codes = source_->view(part))
                releaseMapped(codes->bytes);
        return {};
    }

  private:
    std::shared_ptr<const WeightSource> source_;
    std::unordered_map<std::string, LogicalWeight> weights_;
    std::unordered_set<std::string> parts_;
    std::vector<TensorInfo> infos_;
};

void turn(LogicalWeight& weight)
{
    const std::vector<std::int64_t> stored = weight.info.shape;
    weight.info.shape = {stored[1], stored[0]};
    weight.read = [read = std::move(weight.read), stored](std::span<float> destination) -> Status {
        std::vector<float> values(destination.size());
        HILO_CHECK(read(values));
        transpose(values, static_cast<std::size_t>(stored[0]), static_cast<std::size_t>(stored[1]), destination);
        return {};
    };
}

/// What the description says is not converted, and the files hold as codes all the same.
Status noteContradictions(const JsonObject& settings, QuantisedReading& reading)
{
    for (const char* key : {"modules_to_not_convert", "llm_int8_skip_modules", "ignored_layers"}) {
        HILO_TRY(const std::vector<std::string> list, textsOf(settings, key));
        std::size_t count = 0;
        std::string first;
        for (const LogicalWeight& weight : reading.weights) {
            constexpr std::string_view ending = ".weight";
            const std::string& name = weight.info.name;
            const std::string module = name.ends_with(ending) ? name.substr(0, name.size() - ending.size()) : name;
            if (isListed(module, list) && count++ == 0)
                first = module;
        }
        if (count > 0)
            reading.notes.push_back(
                "The description names modules in " + std::string(key) + " that are stored as codes, " + first +
                (count > 1 ? " and " + std::to_string(count - 1) + " more" : "") + "; the codes are read.");
    }
    return {};
}

} // namespace

Result<QuantisedReading> readQuantised(const WeightSource& tensors, const DeclaredQuantisation& declared)
{
    HILO_TRY(const JsonObject settings, JsonObject::of(declared.settings, declared.file, declared.place));
    for (const MethodReader& reader : methodReaders) {
        if (declared.method != reader.method)
            continue;
        HILO_TRY(QuantisedReading reading, reader.read({tensors, settings}));
        HILO_CHECK(noteContradictions(settings, reading));
        return reading;
    }
    QuantisedReading reading;
    reading.refusal = "the method is none of bitsandbytes, gptq, awq, compressed-tensors, fp8, mxfp4";
    return reading;
}

std::shared_ptr<const WeightSource> dequantisedWeights(std::shared_ptr<const WeightSource> source,
                                                       std::vector<LogicalWeight> weights, bool inByOut,
                                                       const std::string& head)
{
    for (LogicalWeight& weight : weights)
        if (inByOut && weight.outByIn && !weight.info.name.ends_with(head))
            turn(weight);
    return std::make_shared<DequantisedWeights>(std::move(source), std::move(weights));
}

} // namespace hilo
