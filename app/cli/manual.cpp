// SPDX-License-Identifier: GPL-3.0-or-later
// `hilo manual FOLDER`: manual pages of all commands, for packages.
#include "command_tree.h"
#include "console.h"
#include "manual_pages.h"
#include "run_commands.h"

#include "base/atomic_file.h"
#include "base/counted.h"
#include "base/version.h"

#include <cstdlib>
#include <ctime>
#include <filesystem>

namespace hilo::cli {
namespace {

/// The day that pages carry: SOURCE_DATE_EPOCH where it is set, as reproducible builds have it, else today.
std::string dayOfPages()
{
    const char* fixed = std::getenv("SOURCE_DATE_EPOCH");
    const std::time_t time = fixed ? static_cast<std::time_t>(std::strtoll(fixed, nullptr, 10)) : std::time(nullptr);
    std::tm parts{};
    gmtime_r(&time, &parts);
    char text[16];
    std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
    return text;
}

} // namespace

void addManual(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("manual", "write manual pages of all commands");
    const auto folder = std::make_shared<std::string>();
    command->add_option("FOLDER", *folder, "where hilo.1, hilo-train.1, … are written")->required();
    command->callback([&app, folder, chosen] {
        chosen([&app, folder](Console& console) -> Status {
            std::error_code code;
            std::filesystem::create_directories(*folder, code);
            const auto pages = manualPages(commandTree(app), programVersion(), dayOfPages());
            Json files = Json::array();
            for (const auto& [name, text] : pages) {
                HILO_CHECK(writeFileAtomically(std::filesystem::path(*folder) / name, text));
                files.push_back(name);
            }
            console.print("Wrote " + counted(static_cast<std::int64_t>(pages.size()), "page") + " into " + *folder);
            console.printJson({{"folder", *folder}, {"files", files}});
            return {};
        });
    });
}

} // namespace hilo::cli
