// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "console.h"
#include "numbers.h"

#include "base/shown_text.h"
#include "base/text_format.h"
#include "base/text_table.h"
#include "run/lm_eval_results.h"

namespace hilo::cli {
namespace {

struct ImportScoresOptions
{
    std::string run, file;
    bool replace = false;
};

Json asJson(const ImportedScore& score)
{
    return {{"task", score.task},
            {"metric", score.key()},
            {"value", score.value},
            {"stderr", score.standardError ? Json(*score.standardError) : Json()},
            {"n", score.rows ? Json(*score.rows) : Json()},
            {"shots", score.shots ? Json(*score.shots) : Json()},
            {"group", score.isGroup},
            {"model", score.model},
            {"version", score.version},
            {"imported", score.imported}};
}

std::string tableOf(const std::vector<ImportedScore>& scores)
{
    TextRows rows{{"task", "metric", "value", "stderr", "rows", "shots", "lm_eval"}};
    for (const ImportedScore& score : scores)
        rows.push_back({escaped(score.task), escaped(score.key()), shortNumber(score.value),
                        score.standardError ? shortNumber(*score.standardError, 2) : "-",
                        score.rows ? withSeparators(*score.rows) : "-",
                        score.shots ? std::to_string(*score.shots) : "-",
                        score.version.empty() ? "-" : escaped(score.version)});
    std::string table = alignedTable(rows);
    if (!table.empty())
        table.pop_back();
    return table;
}

Status runImportScores(const ImportScoresOptions& options, Console& console)
{
    ScoreImport imported;
    if (!options.file.empty()) {
        HILO_TRY(imported, importLmEvalScores(options.run, options.file, options.replace));
    } else if (options.replace) {
        return failure(wrongUsage("--replace expects a FILE"));
    }
    HILO_TRY(const std::vector<ImportedScore> all, readImportedScores(options.run));
    Json list = Json::array();
    for (const ImportedScore& score : all)
        list.push_back(asJson(score));
    console.printJson({{"run", options.run},
                       {"added", imported.added.size() - imported.replaced},
                       {"replaced", imported.replaced},
                       {"same", imported.same},
                       {"skipped", imported.skipped},
                       {"scores", std::move(list)}});
    if (!options.file.empty())
        console.print(withNoun(static_cast<std::int64_t>(imported.added.size()), "score") + " imported" +
                      (imported.replaced > 0 ? ", " + std::to_string(imported.replaced) + " of them new values" : "") +
                      (imported.same > 0 ? "; " + std::to_string(imported.same) + " were there already" : ""));
    for (const std::string& reason : imported.skipped)
        console.print("Not taken: " + escaped(reason));
    if (all.empty())
        console.print("No scores were imported into this run.");
    else
        console.printLines(tableOf(all));
    return {};
}

} // namespace

void addImportScores(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand(
        "import-scores", "take what lm-evaluation-harness measured of a run into it, as further metrics");
    const auto options = std::make_shared<ImportScoresOptions>();
    command->add_option("RUN_DIR", options->run, "the run's folder")->required();
    command->add_option("FILE", options->file, "results_*.json of lm_eval --output_path; without it, what is there");
    command->add_flag("--replace", options->replace, "take new values of metrics that the run has already");
    command->callback(
        [=] { chosen([options](Console& console) -> Status { return runImportScores(*options, console); }); });
}

} // namespace hilo::cli
