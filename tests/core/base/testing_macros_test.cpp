// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"

#include <memory>

using namespace hilo;

// What the macros compare is alive while they do so, also when it belongs to a temporary of the expression.

namespace {

int living = 0;

/// Knows whether the temporary that it belongs to is still there.
struct Part
{
    int value = 0;
    bool operator==(const Part& other) const { return living > 0 && value == other.value; }
    bool operator==(int number) const { return living > 0 && value == number; }
};

struct Whole
{
    explicit Whole(int value) : part{value} { ++living; }
    Whole(const Whole& other) : part(other.part) { ++living; }
    Whole& operator=(const Whole&) = default;
    ~Whole() { --living; }
    const Part& get() const { return part; }
    Part part;
};

struct Text
{
    Text() { ++living; }
    ~Text() { --living; }
    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;
    operator std::string() const { return living > 0 ? "alive" : "gone"; }
    const Text& self() const { return *this; }
};

std::string failureOf(void (*body)())
{
    try {
        body();
    } catch (const testing::Failure& failure) {
        return failure.message;
    }
    return "no failure";
}

HILO_TEST(comparesPartsOfTemporaries)
{
    CHECK_EQ(Whole(10).get(), 10);
    CHECK_EQ(Whole(10).get(), Whole(10).get());
    CHECK_CONTAINS(Text().self(), "alive");
    CHECK_CONTAINS("it is alive", std::string(Text().self()));
    CHECK_EQ(living, 0);
}

HILO_TEST(comparesWhatCannotBeCopied)
{
    const auto number = std::make_unique<int>(1);
    CHECK_EQ(number, number);
    CHECK_EQ(std::unique_ptr<int>(), nullptr);
}

HILO_TEST(failuresSayBothSides)
{
    CHECK_EQ(failureOf([] { CHECK_EQ(1 + 1, 3); }), "1 + 1 is 2, expected 3");
    CHECK_EQ(failureOf([] { CHECK_NEAR(0.5, 1, 0.25); }), "0.5 is 0.5, expected 1 within 0.25");
    CHECK_EQ(failureOf([] { CHECK_NEAR(std::nan(""), 1, 0.25); }), "std::nan(\"\") is nan, expected 1 within 0.25");
    CHECK_EQ(failureOf([] { CHECK_CONTAINS(std::string("abc"), "d"); }),
             "std::string(\"abc\") is \"abc\", which does not hold \"d\"");
    CHECK_EQ(failureOf([] {
                 CHECK_EQ(std::vector<int>({1, 2}), std::vector<int>());
             }),
             "std::vector<int>({1, 2}) is [1, 2], expected []");
}

} // namespace
