// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace hilo::testing {

/// Lays the bytes of a GGUF file, also wrong ones: each part says exactly what is put there.
class GgufBuilder
{
  public:
    explicit GgufBuilder(std::uint32_t version = 3) : version_(version) {}

    template <class T>
    static std::string raw(T value)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        return std::string(reinterpret_cast<const char*>(&value), sizeof value);
    }
    static std::string text(const std::string& value) { return raw<std::uint64_t>(value.size()) + value; }

    GgufBuilder& value(const std::string& key, std::uint32_t type, const std::string& bytes)
    {
        keys_ += text(key) + raw(type) + bytes;
        ++keyCount;
        return *this;
    }
    GgufBuilder& number(const std::string& key, std::uint32_t number) { return value(key, 4, raw(number)); }
    GgufBuilder& real(const std::string& key, float number) { return value(key, 6, raw(number)); }
    GgufBuilder& flag(const std::string& key, bool on) { return value(key, 7, std::string(1, on ? '\1' : '\0')); }
    GgufBuilder& words(const std::string& key, const std::string& word) { return value(key, 8, text(word)); }
    GgufBuilder& texts(const std::string& key, const std::vector<std::string>& list)
    {
        std::string bytes = raw<std::uint32_t>(8) + raw<std::uint64_t>(list.size());
        for (const std::string& entry : list)
            bytes += text(entry);
        return value(key, 9, bytes);
    }
    template <class T>
    GgufBuilder& numbers(const std::string& key, std::uint32_t type, const std::vector<T>& list)
    {
        std::string bytes = raw(type) + raw<std::uint64_t>(list.size());
        for (const T entry : list)
            bytes += raw(entry);
        return value(key, 9, bytes);
    }

    /// sizes: innermost first, as in the file.
    GgufBuilder& tensor(const std::string& name, const std::vector<std::int64_t>& sizes, std::uint32_t type,
                        const std::string& bytes)
    {
        return tensorAt(name, sizes, type, data_.size(), bytes);
    }
    GgufBuilder& tensorAt(const std::string& name, const std::vector<std::int64_t>& sizes, std::uint32_t type,
                          std::uint64_t offset, const std::string& bytes)
    {
        infos_ += text(name) + raw<std::uint32_t>(static_cast<std::uint32_t>(sizes.size()));
        for (const std::int64_t size : sizes)
            infos_ += raw(size);
        infos_ += raw(type) + raw(offset);
        data_ += bytes;
        data_.resize((data_.size() + alignment - 1) / alignment * alignment);
        ++tensorCount;
        return *this;
    }
    GgufBuilder& floats(const std::string& name, const std::vector<std::int64_t>& sizes, std::vector<float> values)
    {
        return tensor(name, sizes, 0,
                      std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)));
    }

    std::string bytes() const
    {
        std::string file = "GGUF" + raw(version_) + raw(tensorCount) + raw(keyCount) + keys_ + infos_;
        if (tensorCount > 0)
            file.resize((file.size() + alignment - 1) / alignment * alignment);
        return file + data_;
    }

    std::uint64_t tensorCount = 0; ///< what the header says; set it to lie
    std::uint64_t keyCount = 0;
    std::size_t alignment = 32;

  private:
    std::uint32_t version_;
    std::string keys_;
    std::string infos_;
    std::string data_;
};

} // namespace hilo::testing
