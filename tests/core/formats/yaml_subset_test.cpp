// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/yaml_subset.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

std::string jsonOf(const std::string& yaml)
{
    return REQUIRE_OK(parseYaml(yaml, "README.md")).dump();
}

Error errorOf(const std::string& yaml)
{
    return REQUIRE_ERROR(parseYaml(yaml, "README.md"));
}

} // namespace

HILO_TEST(blocksAndFlowsAreRead)
{
    CHECK_EQ(jsonOf("a: 1\nb: x y # said\nc:\n  d: 'it''s'\n  e: \"q\\\"\\n\"\n"),
             R"({"a":"1","b":"x y","c":{"d":"it's","e":"q\"\n"}})");
    CHECK_EQ(jsonOf("- a\n-\n  - b\n- - c\n  - d\n- k: v\n  l: w\n"), R"(["a",["b"],["c","d"],{"k":"v","l":"w"}])");
    CHECK_EQ(jsonOf("k:\n- a\n- b: c\nl:\nm: ~\nn: true\n"), R"({"k":["a",{"b":"c"}],"l":null,"m":null,"n":true})");
    CHECK_EQ(jsonOf("a: [x, 'y, z', {b: c, \"d\": []}]\nu: http://x#y\n"),
             R"({"a":["x","y, z",{"b":"c","d":[]}],"u":"http://x#y"})");
    CHECK_EQ(jsonOf("# nothing\n\n"), "null");
    CHECK_EQ(jsonOf("a: b\r\nc:\r\n- d\r\n"), R"({"a":"b","c":["d"]})");
}

HILO_TEST(whatIsBeyondIsRefusedWithItsLine)
{
    for (const char* yaml : {"x: y\na: *b\n", "x: y\na: &b c\n", "x: y\na: !t c\n", "x: y\na: >\n  c\n",
                             "x: y\na: [b,\n  c]\n", "x: y\na: \"b\n  c\"\n", "x: y\nx: z\n", "x: y\n\ta: b\n",
                             "x: y\na: [b] c\n", "x: y\n- a\n", "x: y\na: {b}\n", "x: y\na: \"\\x41\"\n"})
        CHECK_EQ(std::string(yaml) + errorOf(yaml).place, std::string(yaml) + "line 2");
    CHECK_EQ(errorOf("a: b\n  c\n").place, "line 2");
    CHECK_CONTAINS(errorOf("a: " + std::string(100, '[')).message, "32 deep");
    std::string deep;
    for (std::size_t i = 0; i < 100; ++i)
        deep += std::string(i, ' ') + "a:\n";
    CHECK_CONTAINS(errorOf(deep).message, "32 deep");
    CHECK_CONTAINS(errorOf(std::string(200, '-') + " a\n" + std::string("- ") + "b: c\n d: e\n").message, "YAML");
}

HILO_TEST(frontMatterGivesOneKeyAlone)
{
    const std::string text = "---\r\nodd: &a [\nconfigs:\n- x\nmore: *a\n---\nconfigs: no\n";
    CHECK_EQ(REQUIRE_OK(frontMatterValue(text, "configs", "README.md")).dump(), "[\"x\"]");
    CHECK(REQUIRE_OK(frontMatterValue(text, "config", "README.md")).is_null());
    CHECK(REQUIRE_OK(frontMatterValue("configs: x\n", "configs", "README.md")).is_null());
    CHECK_EQ(REQUIRE_ERROR(frontMatterValue("---\na: b\nconfigs:\n- *x\n---\n", "configs", "README.md")).place,
             "line 4");
    CHECK(hasFrontMatter("\xEF\xBB\xBF---\na: b\n"));
    CHECK(!hasFrontMatter("# Title\n---\n"));
}

HILO_TEST(anyTextEndsInAValueOrAnError)
{
    const std::string yaml = "a: [x, 'y']\nb:\n- c: {d: e}\n  f: \"g\\n\"\n- - h\n";
    for (std::size_t i = 0; i < yaml.size(); ++i)
        for (const char c : {'\n', ' ', '"', '\'', '[', '}', ':', '-', '#', '\t', '\\'}) {
            std::string changed = yaml;
            changed[i] = c;
            [[maybe_unused]] const auto read = parseYaml(changed, "README.md");
        }
}
