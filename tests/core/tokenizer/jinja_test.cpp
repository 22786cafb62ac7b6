// SPDX-License-Identifier: GPL-3.0-or-later
// Templates against Python's jinja2: tests/data/jinja/cases.json is written by tests/interop/make_jinja_fixtures.py.
#include "tokenizer/jinja/template.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

Result<jinja::Rendered> rendered(const std::string& source, const Json& names = Json::object(),
                                 const jinja::Limits& limits = {})
{
    HILO_TRY(const jinja::Template made, jinja::Template::parse(source));
    return made.render(names, 1'700'000'000, limits);
}

std::string textOf(const std::string& source, const Json& names = Json::object())
{
    const auto result = rendered(source, names);
    return result ? result->text : "error: " + describe(result.error());
}

} // namespace

HILO_TEST(rendersWhatJinjaRenders)
{
    const Json file = REQUIRE_OK(readJsonFile(dataFile("jinja/cases.json")));
    std::string wrong;
    int count = 0;
    for (const Json& one : file["cases"]) {
        ++count;
        const std::string name = one["name"];
        const auto result = rendered(one["template"], file["context"]);
        if (one.contains("error")) {
            if (result)
                wrong += "\n" + name + "\n    gave  " + result->text + "\n    jinja " + one["error"].get<std::string>();
            else
                CHECK(!result.error().message.empty());
        } else if (!result) {
            wrong += "\n" + name + "\n    error " + describe(result.error()) + "\n    jinja " +
                     one["expected"].get<std::string>();
        } else if (result->text != one["expected"].get<std::string>()) {
            wrong += "\n" + name + "\n    gave  " + result->text + "\n    jinja " + one["expected"].get<std::string>();
        }
    }
    CHECK(count > 300);
    CHECK_EQ(wrong, "");
}

HILO_TEST(marksWhatTheAssistantWrites)
{
    const Json names = {
        {"messages", {{{"role", "user"}, {"content", "q"}}, {{"role", "assistant"}, {"content", "añs"}}}}};
    const auto result = REQUIRE_OK(rendered("{% for m in messages %}<{{ m.role }}>{% if m.role == 'assistant' %}"
                                            "{% generation %}{{ m.content }}</s>{% endgeneration %}{% else %}"
                                            "{{ m.content }}{% endif %}{% endfor %}",
                                            names));
    CHECK_EQ(result.text, "<user>q<assistant>añs</s>");
    CHECK_EQ(result.generated.size(), 1u);
    CHECK_EQ(result.text.substr(result.generated[0].begin, result.generated[0].end - result.generated[0].begin),
             "añs</s>");
    CHECK_CONTAINS(textOf("{% macro m() %}{% generation %}x{% endgeneration %}{% endmacro %}{{ m() }}"),
                   "where its text");
}

HILO_TEST(timeIsWrittenByItsFormat)
{
    CHECK_EQ(textOf("{{ strftime_now('%d %b %Y %H:%M') }}"), "14 Nov 2023 22:13");
}

HILO_TEST(errorsNameTheLineAndTheCause)
{
    const auto error = REQUIRE_ERROR(rendered("a\nb\n{{ 1 / 0 }}"));
    CHECK_EQ(error.place, "line 3");
    CHECK_CONTAINS(error.message, "division by zero");
    CHECK(error.code == ErrorCode::BadInput);
    CHECK_EQ(REQUIRE_ERROR(rendered("a\n{% for x in %}")).place, "line 2");
    CHECK_CONTAINS(REQUIRE_ERROR(rendered("{% import 'x' as y %}")).message, "import");
    CHECK_CONTAINS(REQUIRE_ERROR(rendered("{{ raise_exception('only pairs') }}")).message, "only pairs");
}

HILO_TEST(aTemplateCannotRunForEverOrTakeAllMemory)
{
    // Each would take hours or all memory without a limit.
    for (const char* endless : {
             "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
             "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
             "{% set ns = namespace(a='x') %}{% for i in range(99) %}{% set ns.a = ns.a + ns.a %}{% endfor %}",
             "{{ 'x' * 100000000000 }}",
             "{{ [0] * 100000000000 }}",
             "{{ 'x' | center(100000000000) }}",
             "{{ 'x'.ljust(100000000000) }}",
             "{{ '%100000000000d' % 1 }}",
             "{{ '{:100000000000}'.format(1) }}",
             "{% set ns = namespace(a=[]) %}{% for i in range(99999) %}{% set ns.a = [ns.a, ns.a] %}{% endfor %}{{ "
             "ns.a }}",
             // Lists that hold one another: few are made, 2^40 are written or compared.
             "{% set ns = namespace(l=[1]) %}{% for i in range(40) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ "
             "ns.l | tojson }}",
             "{% set ns = namespace(l=[1]) %}{% for i in range(40) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l "
             "}}",
             "{% set ns = namespace(l={'a': 1}) %}{% for i in range(40) %}{% set ns.l = {'a': ns.l, 'b': ns.l} %}"
             "{% endfor %}{{ ns.l | string | length }}",
             "{% set a = namespace(l=[1]) %}{% set b = namespace(l=[1]) %}{% for i in range(40) %}"
             "{% set a.l = [a.l, a.l] %}{% set b.l = [b.l, b.l] %}{% endfor %}{{ a.l == b.l }}",
             "{% set a = namespace(l=[1]) %}{% set b = namespace(l=[1]) %}{% for i in range(40) %}"
             "{% set a.l = [a.l, a.l] %}{% set b.l = [b.l, b.l] %}{% endfor %}{{ a.l in [b.l] }}",
             "{{ [1, [2]] | tojson(indent=1000) | length }}{{ (range(99999) | list) | tojson(indent=1000) | length }}",
             "{{ ('a\n' * 1000000) | indent(100000) }}",
             "{% set ns = namespace(a=['x' * 9999]) %}{% for i in range(99) %}{% set ns.a = ns.a + ns.a %}{% endfor %}"
             "{{ ns.a | join }}",
             "{{ ('a' * 100000).replace('a', 'b' * 100000) }}",
             "{{ ('a,' * 1000000).split(',') | map('replace', '', 'b' * 100000) | list }}",
             "{{ 'x' | indent(100000000000, true) }}",
             "{{ 9 ** 9 ** 9 }}",
             "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
         }) {
        const auto result = rendered(endless);
        if (result)
            CHECK_EQ(std::string(endless), "an error");
    }
    std::string deep;
    for (int i = 0; i < 100000; ++i)
        deep += "(";
    CHECK(!rendered("{{ " + deep));
    for (const char* opening : {"{% if 1 %}", "{{ [", "{{ not ", "{{ -", "{{ a[", "{{ a if ", "{% for a in b %}"}) {
        std::string source;
        for (int i = 0; i < 20000; ++i)
            source += source.empty() || opening[1] == '%' ? std::string(opening) : std::string(opening).substr(3);
        CHECK(!rendered(source));
    }
}

/// What stands behind one another is inside one another when it is evaluated and when it goes.
HILO_TEST(aChainCanBeOfAnyLength)
{
    for (const std::string piece :
         {".b", "[0]", "()", "+1", "~1", " and 1", " or 0", " if 1", "|trim", " is defined"}) {
        std::string chain = "{{ 1";
        for (int i = 0; i < 200000; ++i)
            chain += piece;
        const auto result = rendered(chain + " }}");
        CHECK(!result);
        CHECK(result.error().code == ErrorCode::BadInput);
    }
    std::string sum = "{{ 1";
    for (int i = 0; i < 100; ++i)
        sum += " + 1";
    CHECK_EQ(textOf(sum + " }}"), "101");
}

HILO_TEST(whatOutlivesItsScopeIsAnError)
{
    CHECK_CONTAINS(textOf("{% set ns = namespace() %}{% for x in [1] %}{% macro m() %}{{ x }}{% endmacro %}"
                          "{% set ns.m = m %}{% endfor %}{{ ns.m() }}"),
                   "has ended");
    CHECK_CONTAINS(textOf("{% set ns = namespace() %}{% for x in [1] recursive %}{% set ns.l = loop %}{% endfor %}"
                          "{{ ns.l([1]) }}"),
                   "not callable");
}
