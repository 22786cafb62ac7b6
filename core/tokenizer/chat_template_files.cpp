// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/chat_template_files.h"

#include "base/atomic_file.h"

namespace hilo {
namespace fs = std::filesystem;
namespace {

using Templates = std::map<std::string, std::string>;

constexpr std::size_t largestTemplate = std::size_t{1} << 20;

Templates templatesInConfig(const Json& config)
{
    Templates templates;
    const auto found = config.find("chat_template");
    if (found == config.end())
        return templates;
    if (found->is_string() && !found->get_ref<const std::string&>().empty())
        templates["default"] = found->get<std::string>();
    if (found->is_array())
        for (const Json& entry : *found)
            if (entry.is_object() && entry.value("name", Json()).is_string() &&
                entry.value("template", Json()).is_string())
                templates[entry["name"].get<std::string>()] = entry["template"].get<std::string>();
    return templates;
}

} // namespace

Result<Templates> chatTemplatesOf(const Json& tokenizerConfig, const fs::path& folder)
{
    Templates templates;
    std::error_code code;
    if (const fs::path own = folder / "chat_template.jinja"; fs::is_regular_file(own, code)) {
        HILO_TRY(templates["default"], readFile(own, largestTemplate));
    }
    for (fs::directory_iterator entry(folder / "additional_chat_templates", code);
         !code && entry != fs::directory_iterator(); entry.increment(code))
        if (entry->path().extension() == ".jinja") {
            HILO_TRY(templates[entry->path().stem().string()], readFile(entry->path(), largestTemplate));
        }
    return templates.empty() ? templatesInConfig(tokenizerConfig) : templates;
}

} // namespace hilo
