// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sha256.h"

#include "support/testing.h"

#include <atomic>

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(digestsAreThoseOfTheStandard)
{
    // FIPS 180-4's examples.
    CHECK_EQ(sha256(std::string_view("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK_EQ(sha256(std::string_view("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK_EQ(sha256(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

HILO_TEST(aFileHasTheDigestOfItsBytes)
{
    const TemporaryFolder folder;
    // Longer than one read step, not a multiple of it.
    std::string content((std::size_t{33} << 20) + 5, 'x');
    for (std::size_t i = 0; i < content.size(); i += 4099)
        content[i] = static_cast<char>(i);
    writeText(folder / "large", content);
    CHECK_EQ(REQUIRE_OK(sha256File(folder / "large")), sha256(content));
    writeText(folder / "empty", "");
    CHECK_EQ(REQUIRE_OK(sha256File(folder / "empty")), sha256(std::string_view("")));
    CHECK_CONTAINS(REQUIRE_ERROR(sha256File(folder / "absent")).file, "absent");
    const std::atomic<bool> stop{true};
    CHECK(REQUIRE_ERROR(sha256File(folder / "large", Progress({}, &stop))).code == ErrorCode::Cancelled);
}
