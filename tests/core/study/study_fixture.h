// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/atomic_file.h"
#include "core/project/project_fixture.h"
#include "formats/model_config.h"
#include "study/study_changes.h"

#include <string>
#include <vector>

namespace hilo::testing {

inline ModelConfig studyModel()
{
    return REQUIRE_OK(parseModelConfig({{"model_type", "llama"},
                                        {"num_hidden_layers", 4},
                                        {"hidden_size", 64},
                                        {"intermediate_size", 128},
                                        {"num_attention_heads", 2},
                                        {"vocab_size", 100},
                                        {"max_position_embeddings", 64},
                                        {"rms_norm_eps", 1e-5},
                                        {"hidden_act", "silu"}},
                                       "config.json"));
}

/// Two tasks, two allocations, two seeds, of a project that holds base.run.json and a folder a task.
inline StudyRequest studyRequest(const std::filesystem::path& project)
{
    StudyRequest request;
    request.name = "first";
    request.run = (project / "base.run.json").string();
    for (const char* task : {"kinds", "pairs"})
        request.tasks.push_back(std::string(task) + ":" + (project / task).string());
    request.strategies = {"lora=lora", "hilo=hilo"};
    request.budgets = {"60000"};
    request.seeds = {1, 2};
    return request;
}

/// A project with a run spec beside it and the folders of three tasks; what commands do without a trainer.
class StudyFixture : public ProjectFixture
{
  public:
    StudyFixture()
    {
        REQUIRE_OK(writeJsonFile(place("base.run.json"), runDocument("base")));
        for (const char* task : {"kinds", "pairs", "words"})
            for (const char* split : {"train", "validation", "test"})
                writeText(place(task) / (std::string(split) + ".jsonl"), R"({"sentence": "a", "label": "b"})"
                                                                         "\n");
    }

    std::filesystem::path place(const std::string& name) const { return project().folder() / name; }

    StudyRequest request() const { return studyRequest(project().folder()); }

    Result<Study> make(const StudyRequest& request) const
    {
        HILO_TRY(RunSpec spec, studySpec(request));
        std::vector<StudyNote> notes;
        return newStudy(request, std::move(spec), studyModel(), {}, notes);
    }

    Status extend(Study& study, const StudyRequest& request) const
    {
        std::vector<StudyNote> notes;
        return extendStudy(study, request, studyModel(), {}, notes);
    }

    /// Ends a run of the study: a final accuracy for each task, and a loss on validation data.
    void finish(const std::string& id, const std::vector<std::string>& tasks, double accuracy, double validationLoss)
    {
        std::string log = eventLine("started", {{"steps", 3}}) + "\n" + stepLine(3, 1) + "\n";
        for (const std::string& task : tasks) {
            log += eventLine("evaluation",
                             {{"step", 3}, {"task", task}, {"split", "validation"}, {"loss", validationLoss}}) +
                   "\n";
            log += eventLine("evaluation", {{"step", 3},
                                            {"task", task},
                                            {"split", "test"},
                                            {"final", true},
                                            {"loss", 1.0},
                                            {"accuracy", accuracy},
                                            {"metrics", {{"accuracy", accuracy}}}}) +
                   "\n";
        }
        log += eventLine("finished", {{"step", 3}, {"seconds", 6.0}}) + "\n";
        appendText(folder(id) / "events.ndjson", log);
        std::filesystem::remove(folder(id) / "queue.json");
    }
};

} // namespace hilo::testing
