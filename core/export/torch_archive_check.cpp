// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/torch_archive_check.h"

#include "base/byte_reader.h"
#include "base/copy_bytes.h"
#include "base/mapped_file.h"

#include <zlib.h>

namespace hilo {
namespace {

/// The entries of a zip with nothing but stored files, checked against their checksums.
class StoredZip
{
  public:
    static Result<StoredZip> read(std::span<const std::byte> bytes, const std::string& file)
    {
        StoredZip zip;
        ByteReader reader(bytes, file);
        while (true) {
            HILO_TRY(const auto signature, reader.read<std::uint32_t>("signature"));
            if (signature != 0x04034b50)
                break;
            HILO_CHECK(reader.take(4, "flags"));
            HILO_TRY(const auto method, reader.read<std::uint16_t>("method"));
            HILO_CHECK(reader.take(4, "time"));
            HILO_TRY(const auto checksum, reader.read<std::uint32_t>("checksum"));
            HILO_TRY(const auto size, reader.read<std::uint32_t>("size"));
            HILO_CHECK(reader.take(4, "size"));
            HILO_TRY(const auto nameLength, reader.read<std::uint16_t>("name"));
            HILO_TRY(const auto extra, reader.read<std::uint16_t>("extra"));
            HILO_TRY(const std::string_view name, reader.takeText(nameLength, "name"));
            HILO_CHECK(reader.take(extra, "extra"));
            HILO_TRY(const auto content, reader.take(size, "content"));
            const uLong actual = crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size());
            if (method != 0 || actual != checksum)
                return failure(badInput(file, std::string(name), "The entry is not stored as it was written."));
            const auto slash = name.find('/');
            zip.entries_[std::string(name.substr(slash == std::string_view::npos ? 0 : slash + 1))] = content;
        }
        return zip;
    }

    Result<std::span<const std::byte>> entry(const std::string& name, const std::string& file) const
    {
        const auto found = entries_.find(name);
        if (found == entries_.end())
            return failure(badInput(file, name, "The entry is missing."));
        return found->second;
    }

  private:
    std::map<std::string, std::span<const std::byte>> entries_;
};

struct StoredTensor
{
    std::string key;
    std::int64_t elements = 0;
    std::vector<std::int64_t> shape;
};

/// Walks the one fixed sequence of instructions that the writer makes, tensor by tensor.
class PickleWalk
{
  public:
    PickleWalk(std::span<const std::byte> bytes, const std::string& file) : reader_(bytes, file), file_(file) {}

    Result<std::map<std::string, StoredTensor>> walk()
    {
        HILO_CHECK(expect("\x80\x02}("));
        std::map<std::string, StoredTensor> places;
        while (true) {
            HILO_TRY(const auto opcode, reader_.read<char>("opcode"));
            if (opcode == 'u')
                break;
            if (opcode != 'X')
                return failure(unexpected());
            HILO_TRY(const std::string name, textBody());
            HILO_TRY(StoredTensor place, tensor());
            places.emplace(name, std::move(place));
        }
        HILO_CHECK(expect("."));
        return places;
    }

  private:
    Result<StoredTensor> tensor()
    {
        StoredTensor place;
        HILO_CHECK(expect("ctorch._utils\n_rebuild_tensor_v2\n(("));
        HILO_CHECK(word("storage"));
        HILO_CHECK(expect("ctorch\nFloatStorage\n"));
        HILO_CHECK(expect("X"));
        HILO_TRY(place.key, textBody());
        HILO_CHECK(word("cpu"));
        HILO_TRY(place.elements, integer());
        HILO_CHECK(expect("tQ"));
        HILO_TRY(const std::int64_t offset, integer());
        HILO_TRY(place.shape, tuple());
        HILO_TRY(const std::vector<std::int64_t> strides, tuple());
        HILO_CHECK(expect("\x89"
                          "ccollections\nOrderedDict\n)RtR"));
        std::int64_t elements = 1;
        for (std::size_t i = place.shape.size(); i-- > 0;) {
            if (strides.size() != place.shape.size() || strides[i] != elements)
                return failure(unexpected());
            elements *= place.shape[i];
        }
        if (offset != 0 || elements != place.elements)
            return failure(unexpected());
        return place;
    }

    Status expect(std::string_view text)
    {
        HILO_TRY(const std::string_view found, reader_.takeText(text.size(), "pickle"));
        return found == text ? Status() : Status(failure(unexpected()));
    }
    Status word(std::string_view text)
    {
        HILO_CHECK(expect("X"));
        HILO_TRY(const std::string found, textBody());
        return found == text ? Status() : Status(failure(unexpected()));
    }
    Result<std::string> textBody()
    {
        HILO_TRY(const auto length, reader_.read<std::uint32_t>("text"));
        HILO_TRY(const std::string_view text, reader_.takeText(length, "text"));
        return std::string(text);
    }
    Result<std::int64_t> integer()
    {
        HILO_TRY(const auto opcode, reader_.read<char>("integer"));
        if (opcode == 'J') {
            HILO_TRY(const auto value, reader_.read<std::int32_t>("integer"));
            return value;
        }
        if (opcode != '\x8a')
            return failure(unexpected());
        HILO_CHECK(expect("\x08"));
        HILO_TRY(const auto value, reader_.read<std::int64_t>("integer"));
        return value;
    }
    Result<std::vector<std::int64_t>> tuple()
    {
        HILO_CHECK(expect("("));
        // Every tensor that is written here is a matrix.
        std::vector<std::int64_t> values(2);
        for (std::int64_t& value : values) {
            HILO_TRY(value, integer());
        }
        HILO_CHECK(expect("t"));
        return values;
    }
    Error unexpected() const { return badInput(file_, "data.pkl", "The pickle is not as it was written."); }

    ByteReader reader_;
    std::string file_;
};

} // namespace

Result<std::map<std::string, ArchiveTensor>> readBackTorchArchive(const std::filesystem::path& path)
{
    const std::string file = path.string();
    HILO_TRY(const auto mapped, MappedFile::open(path));
    HILO_TRY(const StoredZip zip, StoredZip::read(mapped->bytes(), file));
    HILO_TRY(const auto pickle, zip.entry("data.pkl", file));
    HILO_TRY(const auto places, PickleWalk(pickle, file).walk());
    std::map<std::string, ArchiveTensor> tensors;
    for (const auto& [name, place] : places) {
        HILO_TRY(const auto bytes, zip.entry("data/" + place.key, file));
        if (bytes.size() != static_cast<std::size_t>(place.elements) * sizeof(float))
            return failure(badInput(file, name, "The tensor's bytes do not match its shape."));
        ArchiveTensor tensor{place.shape, std::vector<float>(static_cast<std::size_t>(place.elements))};
        copyBytes(tensor.values.data(), std::as_bytes(std::span(bytes)));
        tensors.emplace(name, std::move(tensor));
    }
    return tensors;
}

} // namespace hilo
