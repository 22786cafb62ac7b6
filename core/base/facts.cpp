// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/facts.h"

#include "base/machine.h"
#include "base/text_format.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <curl/curl.h>
#include <openssl/crypto.h>
#include <pcre2.h>
#include <sqlite3.h>
#include <unicode/uversion.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>

namespace hilo {
namespace {

Fact fact(std::string key, std::string name, const std::string& value)
{
    return {std::move(key), std::move(name), value.empty() ? std::vector<std::string>{} : std::vector{value}, false};
}

std::string icuVersion()
{
    UVersionInfo numbers{};
    u_getVersion(numbers);
    std::array<char, U_MAX_VERSION_STRING_LENGTH> text{};
    u_versionToString(numbers, text.data());
    return text.data();
}

std::string pcre2Version()
{
    std::array<char, 64> text{};
    return pcre2_config(PCRE2_CONFIG_VERSION, text.data()) > 0 ? text.data() : std::string();
}

} // namespace

Facts libraryFacts()
{
    return {
        fact("sqlite", "SQLite", sqlite3_libversion()), fact("openssl", "OpenSSL", OpenSSL_version(OPENSSL_VERSION)),
        fact("curl", "libcurl", curl_version()),        fact("icu", "ICU", icuVersion()),
        fact("pcre2", "PCRE2", pcre2Version()),         fact("zlib", "zlib", zlibVersion()),
        fact("zstd", "Zstandard", ZSTD_versionString())};
}

Facts machineFacts()
{
    const Machine machine = thisMachine();
    return {fact("processor", "processor", machine.processor),
            {"instruction_sets", "instruction sets", machine.instructionSets, true},
            fact("kernel", "kernel", machine.kernel),
            {"gpus", "GPUs", machine.gpus, true},
            fact("driver", "driver", machine.driver)};
}

Json toJson(const Facts& facts)
{
    Json document = Json::object();
    for (const Fact& each : facts)
        document[each.key] = each.isList           ? Json(each.values)
                             : each.values.empty() ? Json(nullptr)
                                                   : Json(each.values.front());
    return document;
}

std::string toText(const Facts& facts)
{
    std::size_t widest = 0;
    for (const Fact& each : facts)
        if (!each.values.empty())
            widest = std::max(widest, each.name.size());
    std::string text;
    for (const Fact& each : facts)
        if (!each.values.empty())
            text += each.name + std::string(widest + 2 - each.name.size(), ' ') + joined(each.values) + '\n';
    return text;
}

} // namespace hilo
