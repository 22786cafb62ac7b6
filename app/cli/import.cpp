// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "map_table.h"
#include "numbers.h"

#include "engine/export/import_adapter.h"
#include "formats/model_source.h"

namespace hilo::cli {

void addImport(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command =
        app.add_subcommand("import", "take an adapter of another tool over: PEFT LoRA, MoLA (safetensors), GGUF LoRA");
    const auto request = std::make_shared<ImportRequest>();
    command->add_option("ADAPTER", request->source, "folder with adapter_config.json, or a GGUF LoRA file")->required();
    command->add_option("--model", request->model, "its base model")->required();
    command->add_option("--out", request->out, "the new adapter folder")->required();
    command->add_option("--top-k", request->topK, "MoLA: chosen experts, one number or one for each layer; else 2")
        ->delimiter(',')
        ->check(CLI::Range(1, 4096));
    command->callback([=] {
        chosen([request](Console& console) -> Status {
            HILO_TRY(const ImportReport report, importAdapter(*request, console.progress()));
            console.endProgress();
            console.printJson(toJson(report));
            HILO_TRY(const ModelSource model, openModel(request->model));
            console.print("Imported (" + report.format + "): " + report.folder.string() + ", " +
                          withSeparators(report.parameters) + " trainable parameters");
            console.printLines(mapTable(report.map, model.config));
            for (const std::string& note : report.map.notes)
                console.print("Note: " + note);
            console.print("Its map: " + (report.folder / "allocation.map.json").string());
            return {};
        });
    });
}

} // namespace hilo::cli
