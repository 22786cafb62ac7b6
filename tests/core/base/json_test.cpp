// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"

#include "support/testing.h"

#include <cmath>
#include <cstdint>
#include <limits>

using namespace hilo;
using namespace hilo::testing;

namespace {

void checkRefused(const std::string& text, const std::string& place, const std::string& message,
                  const JsonLimits& limits = {})
{
    const Error error = REQUIRE_ERROR(parseJson(text, "a.json", limits));
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(error.file, "a.json");
    CHECK_CONTAINS(error.place, place);
    CHECK_CONTAINS(error.message, message);
}

JsonObject root(const Json& document)
{
    return REQUIRE_OK(JsonObject::of(document, "a.json"));
}

} // namespace

HILO_TEST(keepsValuesAndTheOrderOfKeys)
{
    const Json document = REQUIRE_OK(parseJson(
        R"({"z": [1, -2, 2.5, 18446744073709551615], "a": {"text": "k\u00e4se \ud83d\ude00", "no": null, "yes": true}})",
        "a.json"));
    CHECK_EQ(document.items().begin().key(), "z");
    CHECK_EQ(document["z"][3].get<std::uint64_t>(), UINT64_MAX);
    CHECK_EQ(document["z"][1].get<int>(), -2);
    CHECK_EQ(document["a"]["text"].get<std::string>(), "käse 😀");
    CHECK(document["a"]["no"].is_null());
    CHECK(document["a"]["yes"].get<bool>());
    CHECK(REQUIRE_OK(parseJson("\xEF\xBB\xBF[]", "a.json")).empty());
    CHECK_EQ(REQUIRE_OK(parseJson(" 3 \n", "a.json")).get<int>(), 3);
}

HILO_TEST(saysWhereTheTextIsBroken)
{
    checkRefused("{\n  \"a\": 1,\n  \"b\" 2\n}", "line 3", "Not valid JSON");
    checkRefused("", "line 1", "Not valid JSON");
    checkRefused("{} x", "line 1", "Not valid JSON");
    checkRefused("[1, 2", "line 1", "Not valid JSON");
    checkRefused("[nan]", "line 1", "Not valid JSON");
    checkRefused("[1e999]", "line 1", "Not valid JSON");
    for (const char* bad : {"\xff", "\xc3\x28", "\xe0\x80\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xc3"})
        checkRefused("{\n\"a\": \"" + std::string(bad) + "\"}", "line 2", "UTF-8");
}

HILO_TEST(refusesKeysThatStandTwice)
{
    checkRefused(R"({"a": 1, "b": {"c": 1, "d": 2, "c": 3}})", "\"c\"", "\"c\" stands twice");
    // In two objects it is another key.
    REQUIRE_OK(parseJson(R"([{"a": 1}, {"a": 1}, {"b": {"a": 1}}])", "a.json"));
}

HILO_TEST(refusesDepthAndSizeAboveTheLimit)
{
    const auto nested = [](int depth) {
        return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
    };
    REQUIRE_OK(parseJson(nested(64), "a.json"));
    checkRefused(nested(65), "", "nested deeper than 64");
    checkRefused(std::string(1'000'000, '['), "", "nested deeper than 64");
    checkRefused("[1, 2, 3]", "", "at most 4", {4, 64});
}

HILO_TEST(readsValuesByKeyAndType)
{
    const Json document = REQUIRE_OK(parseJson(
        R"({"n": 3, "f": 2.5, "whole": 4.0, "t": "x", "yes": true, "none": null, "o": {"k": 1}, "l": [1, 2]})",
        "a.json"));
    const JsonObject object = root(document);
    CHECK_EQ(REQUIRE_OK(object.integer("n", 0, 10)), 3);
    CHECK_EQ(REQUIRE_OK(object.integer("whole", 0, 10)), 4);
    CHECK_EQ(REQUIRE_OK(object.number("f", 0, 10)), 2.5);
    CHECK_EQ(REQUIRE_OK(object.number("n", 0, 10)), 3.0);
    CHECK_EQ(REQUIRE_OK(object.text("t")), "x");
    CHECK(REQUIRE_OK(object.flagOr("yes", false)));
    CHECK_EQ(REQUIRE_OK(REQUIRE_OK(object.object("o")).integer("k", 0, 1)), 1);
    CHECK_EQ(REQUIRE_OK(object.array("l"))->size(), 2u);
    // A null counts as missing.
    for (const char* key : {"none", "absent"}) {
        CHECK(!object.has(key));
        CHECK_EQ(REQUIRE_OK(object.integerOr(key, 7, 0, 1)), 7);
        CHECK_EQ(REQUIRE_OK(object.numberOr(key, 0.5, 0, 1)), 0.5);
        CHECK_EQ(REQUIRE_OK(object.textOr(key, "y")), "y");
        CHECK(!REQUIRE_OK(object.flagOr(key, false)));
    }
}

HILO_TEST(namesTheKeyThatIsWrong)
{
    const Json document =
        REQUIRE_OK(parseJson(R"({"o": {"n": 3.5, "t": 1, "big": 9223372036854775808, "flag": 1, "l": {}}})", "a.json"));
    const JsonObject object = REQUIRE_OK(root(document).object("o"));
    const auto check = [](const Error& error, const std::string& place, const std::string& message) {
        CHECK(error.code == ErrorCode::BadInput);
        CHECK_EQ(error.file, "a.json");
        CHECK_EQ(error.place, place);
        CHECK_CONTAINS(error.message, message);
    };
    check(REQUIRE_ERROR(object.integer("n", 0, 10)), "o.n", "whole number was expected, not 3.5");
    check(REQUIRE_ERROR(object.integer("big", 0, INT64_MAX)), "o.big", "whole number was expected");
    check(REQUIRE_ERROR(object.number("n", 4, 5)), "o.n", "from 4 to 5, but is 3.5");
    check(REQUIRE_ERROR(object.integer("t", 2, 5)), "o.t", "from 2 to 5, but is 1");
    check(REQUIRE_ERROR(object.text("t")), "o.t", "text was expected, not number");
    check(REQUIRE_ERROR(object.text("absent")), "o.absent", "missing");
    check(REQUIRE_ERROR(object.integer("absent", 0, 1)), "o.absent", "missing");
    check(REQUIRE_ERROR(object.flagOr("flag", true)), "o.flag", "true or false");
    check(REQUIRE_ERROR(object.array("l")), "o.l", "list was expected");
    check(REQUIRE_ERROR(object.object("t")), "o.t", "object was expected");
    check(REQUIRE_ERROR(JsonObject::of(Json::array(), "a.json", "x")), "x", "object was expected, not array");
}

HILO_TEST(offersTheNearestKnownKey)
{
    const Json document = {{"learnig_rate", 1}};
    const Error near = REQUIRE_ERROR(root(document).onlyKeys({"batch_size", "learning_rate", "steps"}));
    CHECK_EQ(near.place, "learnig_rate");
    CHECK_CONTAINS(near.hint, "learning_rate");
    CHECK_EQ(REQUIRE_ERROR(root(document).onlyKeys({"steps"})).hint, "");
    REQUIRE_OK(root(document).onlyKeys({"steps", "learnig_rate"}));
}

HILO_TEST(writesWhatItReads)
{
    const TemporaryFolder folder;
    const Json document = {{"b", {1, 2.5, "käse"}}, {"a", nullptr}};
    REQUIRE_OK(writeJsonFile(folder / "d.json", document));
    CHECK(REQUIRE_OK(readJsonFile(folder / "d.json")) == document);
    CHECK(readText(folder / "d.json").ends_with("}\n"));
    // A text that is not UTF-8 (a file name, say) is written with replacement characters, not thrown at the caller.
    REQUIRE_OK(writeJsonFile(folder / "e.json", {{"name", "\xff"}}));
    CHECK_EQ(REQUIRE_OK(readJsonFile(folder / "e.json"))["name"].get<std::string>(), "\uFFFD");
    CHECK_CONTAINS(REQUIRE_ERROR(readJsonFile(folder / "absent.json")).file, "absent.json");
}

HILO_TEST(readsTheNumbersOfPythonWhereTheyAreAllowed)
{
    const std::string text = R"({"a": NaN, "b": [1, -Infinity, "NaN, \"Infinity\"", 2.5e-3, Infinity], "NaN": -7})";
    const Json document = REQUIRE_OK(parseJson(text, "a.json", pythonJson));
    CHECK(std::isnan(document["a"].get<double>()));
    CHECK_EQ(document["b"][0].get<int>(), 1);
    CHECK_EQ(document["b"][1].get<double>(), -std::numeric_limits<double>::infinity());
    CHECK_EQ(document["b"][2].get<std::string>(), "NaN, \"Infinity\"");
    CHECK_EQ(document["b"][3].get<double>(), 2.5e-3);
    CHECK_EQ(document["b"][4].get<double>(), std::numeric_limits<double>::infinity());
    CHECK_EQ(document["NaN"].get<int>(), -7);
    CHECK(std::isnan(REQUIRE_OK(parseJson("NaN", "a.json", pythonJson)).get<double>()));
}

HILO_TEST(namesTheKeyWhereANumberOfPythonIsAskedFor)
{
    const Json document =
        REQUIRE_OK(parseJson(R"({"size": Infinity, "rate": NaN, "on": -Infinity})", "a.json", pythonJson));
    const JsonObject object = root(document);
    const Error size = REQUIRE_ERROR(object.integer("size", 0, 10));
    CHECK_EQ(size.place, "size");
    CHECK_CONTAINS(size.message, "Infinity");
    CHECK_CONTAINS(REQUIRE_ERROR(object.number("rate", 0, 10)).message, "NaN");
    CHECK_CONTAINS(REQUIRE_ERROR(object.flagOr("on", false)).message, "-Infinity");
}

HILO_TEST(pythonNumbersLeaveOtherFaultsWhereTheyAre)
{
    for (const char* text : {"[NaN", "[NaN5]", "[nan]", "[+Infinity]", "[Infinity Infinity]", "{NaN: 1}",
                             "[--Infinity]", "[1e999, NaN]", "[\"NaN]", "[\"\\"})
        checkRefused(text, "line 1", "Not valid JSON", pythonJson);
    checkRefused("[NaN,\n NaN,\n x]", "line 3", "Not valid JSON", pythonJson);
    for (const char* text : {"[NaN]", "[Infinity]", "[-Infinity]"})
        checkRefused(text, "line 1", "Not valid JSON");
}
