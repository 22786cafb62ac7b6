// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_content.h"

#include "export/torch_archive.h"
#include "export/torch_archive_check.h"

#include <cstring>

using namespace hilo;
using namespace hilo::testing;

namespace {

void writeTwo(const std::filesystem::path& path)
{
    const auto first = ramp(6, 1), second = ramp(8, 2);
    REQUIRE_OK(writeTorchArchive(path, {{"a.weight", {2, 3}, DataType::F32, std::as_bytes(std::span(first))},
                                        {"b.weight", {8, 1}, DataType::F32, std::as_bytes(std::span(second))}}));
}

} // namespace

HILO_TEST(anArchiveComesBackAsItWas)
{
    const TemporaryFolder folder;
    writeTwo(folder / "x.bin");
    const auto back = REQUIRE_OK(readBackTorchArchive(folder / "x.bin"));
    CHECK_EQ(back.size(), 2u);
    CHECK(back.at("a.weight").values == ramp(6, 1));
    CHECK(back.at("b.weight").shape == (std::vector<std::int64_t>{8, 1}));
}

HILO_TEST(anyChangedByteIsNoticed)
{
    const TemporaryFolder folder;
    writeTwo(folder / "x.bin");
    const std::string whole = readText(folder / "x.bin");
    // Names, shapes and numbers are under the entries' checksums.
    const std::size_t data = whole.find("data.pkl") + 8, directory = whole.find("PK\x01\x02");
    std::size_t refused = 0, tried = 0;
    for (std::size_t i = data; i < directory; i += 3, ++tried) {
        std::string changed = whole;
        changed[i] ^= 0x10;
        writeText(folder / "y.bin", changed);
        const auto back = readBackTorchArchive(folder / "y.bin");
        refused += !back || back->size() != 2;
        if (back && back->size() == 2)
            CHECK(back->at("a.weight").values == ramp(6, 1) && back->at("b.weight").values == ramp(8, 2));
    }
    CHECK(refused * 3 > tried * 2);
}

HILO_TEST(aForeignPickleIsNeverFollowed)
{
    const TemporaryFolder folder;
    writeTwo(folder / "x.bin");
    std::string whole = readText(folder / "x.bin");
    whole.resize(whole.size() / 2);
    writeText(folder / "cut.bin", whole);
    CHECK(!readBackTorchArchive(folder / "cut.bin"));
    writeText(folder / "call.bin", "\x80\x02"
                                   "cos\nsystem\nX\x04" +
                                       std::string(3, '\0') + "true\x85R.");
    CHECK(!readBackTorchArchive(folder / "call.bin"));
}
