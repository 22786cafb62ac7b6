// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/torch_archive.h"

#include "base/atomic_file.h"

#include <zlib.h>

#include <cstring>
#include <limits>

namespace hilo {
namespace {

/// Little-endian numbers and texts one behind the other.
class Bytes
{
  public:
    template <class T>
    Bytes& number(T value)
    {
        char raw[sizeof(T)];
        std::memcpy(raw, &value, sizeof(T));
        text_.append(raw, sizeof(T));
        return *this;
    }
    Bytes& text(std::string_view value)
    {
        text_ += value;
        return *this;
    }
    const std::string& str() const { return text_; }

  private:
    std::string text_;
};

/// The pickle (protocol 2) of {name: tensor, …}; tensor i lies in the entry data/i.
class TensorPickle
{
  public:
    TensorPickle() { out_.text("\x80\x02}("); }

    void add(const TensorToWrite& tensor, std::size_t index)
    {
        std::vector<std::int64_t> strides(tensor.shape.size(), 1);
        for (std::size_t i = strides.size(); i-- > 1;)
            strides[i - 1] = strides[i] * tensor.shape[i];
        unicode(tensor.name);
        out_.text("ctorch._utils\n_rebuild_tensor_v2\n((");
        unicode("storage");
        out_.text("ctorch\nFloatStorage\n");
        unicode(std::to_string(index));
        unicode("cpu");
        integer(static_cast<std::int64_t>(tensor.bytes.size() / sizeof(float)));
        out_.text("tQ");
        integer(0);
        tuple(tensor.shape);
        tuple(strides);
        out_.text("\x89"
                  "ccollections\nOrderedDict\n)RtR");
    }

    std::string finish()
    {
        out_.text("u.");
        return out_.str();
    }

  private:
    void unicode(std::string_view text) { out_.text("X").number(static_cast<std::uint32_t>(text.size())).text(text); }
    void integer(std::int64_t value)
    {
        if (value >= 0 && value <= std::numeric_limits<std::int32_t>::max())
            out_.text("J").number(static_cast<std::int32_t>(value));
        else
            out_.text("\x8a\x08").number(value);
    }
    void tuple(const std::vector<std::int64_t>& values)
    {
        out_.text("(");
        for (const std::int64_t value : values)
            integer(value);
        out_.text("t");
    }

    Bytes out_;
};

/// A zip whose entries are stored as they are.
class ZipWriter
{
  public:
    explicit ZipWriter(AtomicFileWriter& writer) : writer_(writer) {}

    Status add(const std::string& name, std::span<const std::byte> bytes)
    {
        uLong checksum = crc32(0, nullptr, 0);
        for (std::size_t at = 0; at < bytes.size();) {
            const auto part = static_cast<uInt>(std::min<std::size_t>(bytes.size() - at, 1u << 30));
            checksum = crc32(checksum, reinterpret_cast<const Bytef*>(bytes.data() + at), part);
            at += part;
        }
        Bytes fields;
        fields.number(std::uint16_t{20}).number(std::uint16_t{0}).number(std::uint16_t{0});
        fields.number(std::uint16_t{0}).number(std::uint16_t{0x21}); // 1 January 1980
        fields.number(static_cast<std::uint32_t>(checksum));
        fields.number(static_cast<std::uint32_t>(bytes.size())).number(static_cast<std::uint32_t>(bytes.size()));
        fields.number(static_cast<std::uint16_t>(name.size())).number(std::uint16_t{0});
        directory_.text("PK\x01\x02").number(std::uint16_t{20}).text(fields.str());
        directory_.number(std::uint16_t{0}).number(std::uint16_t{0}).number(std::uint16_t{0}).number(std::uint32_t{0});
        directory_.number(static_cast<std::uint32_t>(position_)).text(name);
        ++entries_;
        HILO_CHECK(put("PK\x03\x04" + fields.str() + name));
        position_ += bytes.size();
        return writer_.write(bytes);
    }

    Status finish()
    {
        Bytes end;
        end.text("PK\x05\x06").number(std::uint32_t{0});
        end.number(entries_).number(entries_);
        end.number(static_cast<std::uint32_t>(directory_.str().size())).number(static_cast<std::uint32_t>(position_));
        end.number(std::uint16_t{0});
        return put(directory_.str() + end.str());
    }

  private:
    Status put(const std::string& text)
    {
        position_ += text.size();
        return writer_.write(std::as_bytes(std::span(text)));
    }

    AtomicFileWriter& writer_;
    Bytes directory_;
    std::uint64_t position_ = 0;
    std::uint16_t entries_ = 0;
};

} // namespace

Status writeTorchArchive(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors)
{
    std::uint64_t all = 0;
    TensorPickle pickle;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        all += tensors[i].bytes.size() + 256 + tensors[i].name.size();
        pickle.add(tensors[i], i);
    }
    if (all > std::numeric_limits<std::uint32_t>::max() - (1u << 24) || tensors.size() > 60000)
        return failure(badInput(path.string(), {},
                                "The adapter is larger than 4 GB or has over 60,000 tensors, more "
                                "than is written into one .bin file.",
                                "Use a format with safetensors."));
    const std::string root = path.stem().string() + "/";
    HILO_TRY(AtomicFileWriter writer, AtomicFileWriter::create(path));
    ZipWriter zip(writer);
    const std::string described = pickle.finish();
    const std::string_view order = "little", version = "3\n";
    HILO_CHECK(zip.add(root + "data.pkl", std::as_bytes(std::span(described))));
    HILO_CHECK(zip.add(root + "byteorder", std::as_bytes(std::span(order))));
    for (std::size_t i = 0; i < tensors.size(); ++i)
        HILO_CHECK(zip.add(root + "data/" + std::to_string(i), tensors[i].bytes));
    HILO_CHECK(zip.add(root + "version", std::as_bytes(std::span(version))));
    HILO_CHECK(zip.finish());
    return writer.commit();
}

} // namespace hilo
