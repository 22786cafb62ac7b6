// SPDX-License-Identifier: GPL-3.0-or-later
#include "data_templates.h"

#include "base/text_format.h"
#include "data/data_report.h"

namespace hilo::cli {

Status listTemplates(Console& console)
{
    HILO_TRY(const std::vector<std::string> names, templateNames());
    Json list = Json::array();
    for (const std::string& name : names) {
        HILO_TRY(const PromptTemplate known, loadTemplate(name));
        const std::vector<std::string> fields = fieldsOf(known);
        Json examples = Json::array();
        console.print(name + ": " + known.description);
        if (!fields.empty())
            console.print("  columns: " + joined(fields));
        for (const Json& row : known.examples) {
            console.print("  " + row.dump(-1, ' ', false, Json::error_handler_t::replace));
            examples.push_back(row);
        }
        list.push_back({{"name", name},
                        {"kind", nameOf(known.kind)},
                        {"description", known.description},
                        {"model_turns", known.modelTurns},
                        {"columns", fields},
                        {"examples", std::move(examples)}});
    }
    console.printJson({{"templates", std::move(list)}});
    return {};
}

} // namespace hilo::cli
