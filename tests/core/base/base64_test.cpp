// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

HILO_TEST(textsOfTheStandardAreRead)
{
    // RFC 4648, section 10.
    for (const auto& [text, bytes] : {std::pair{"", ""},
                                      {"Zg==", "f"},
                                      {"Zm8=", "fo"},
                                      {"Zm9v", "foo"},
                                      {"Zm9vYg==", "foob"},
                                      {"Zm9vYmE=", "fooba"},
                                      {"Zm9vYmFy", "foobar"}}) {
        const auto found = base64Decoded(text);
        CHECK(found.has_value());
        CHECK_EQ(*found, bytes);
        CHECK_EQ(base64Encoded(bytes), text);
    }
    CHECK_EQ(base64Decoded("AP/+").value_or(""), std::string("\0\xff\xfe", 3));
    CHECK_EQ(base64Encoded(std::string("\0\xff\xfe", 3)), "AP/+");
}

HILO_TEST(whatIsNoBase64IsNothing)
{
    for (const char* text : {"Z", "Zg", "Zg=", "Zg==Zg==", "Zm9v\n", "Zm 9", "Zh==", "Zm9=", "====", "-_-_", "Z=g="})
        CHECK(!base64Decoded(text).has_value());
}
