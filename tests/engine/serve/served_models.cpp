// SPDX-License-Identifier: GPL-3.0-or-later
#include "served_models.h"

#include "run/run_spec.h"

namespace hilo::testing {
namespace {

void writeAdapter(const std::filesystem::path& folder, const ModelConfig& model, const AllocationMap& map,
                  AdapterSettings settings, std::int64_t seed)
{
    const auto adapter = MixtureAdapter::create(model, map, settings, torch::kCPU);
    torch::manual_seed(static_cast<std::uint64_t>(seed));
    adapter->parameters().detach().normal_(0, 0.5);
    std::filesystem::create_directories(folder);
    REQUIRE_OK(adapter->save(folder));
}

} // namespace

TinyServed::TinyServed()
{
    const RunSpec spec = REQUIRE_OK(readRunSpec(tiny_.spec()));
    const ModelSource source = REQUIRE_OK(openModel(folder() / "model"));
    writeAdapter(folder() / "first", source.config, spec.map, adapterSettings(spec.training), 5);
    // Other modules, counts and ranks, a null expert and dense routers: what two runs may differ in.
    AllocationMap other = spec.map;
    other.layers[0].erase("q_proj");
    other.layers[0]["k_proj"].ranks = {1, 4, 2};
    other.layers[0]["k_proj"].topK = 2;
    other.layers[1]["up_proj"].ranks = {3};
    other.layers[1].erase("v_proj");
    AdapterSettings settings = adapterSettings(spec.training);
    settings.router = RouterKind::Dense;
    writeAdapter(folder() / "second", source.config, other, settings, 6);
    ModelChoice choice;
    choice.model = folder() / "model";
    choice.threads = 1;
    model_ = REQUIRE_OK(
        loadServedModel(choice, "tiny", {{"first", folder() / "first"}, {"second", folder() / "second"}}, {}));
}

std::vector<std::int32_t> TinyServed::tokens(const std::string& text) const
{
    return REQUIRE_OK(model_.tokenizer->encode(text, true));
}

ServeJob jobOf(const std::vector<std::int32_t>& prompt, int adapter, std::int64_t tokens)
{
    ServeJob job;
    job.prompt = prompt;
    job.adapter = adapter;
    job.maximumTokens = tokens;
    job.deadline = std::chrono::steady_clock::now() + std::chrono::hours(1);
    return job;
}

std::vector<MadeAnswer> madeTogether(Scheduler& scheduler, std::vector<ServeJob> jobs)
{
    const auto events = std::make_shared<AnswerEvents>(jobs.size());
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        jobs[i].events = events;
        jobs[i].answer = i;
    }
    std::vector<MadeAnswer> answers(jobs.size());
    CHECK(scheduler.submit(std::move(jobs)) == Submitted::Yes);
    std::size_t open = answers.size();
    while (open > 0)
        for (AnswerEvent& event : events->take(std::chrono::milliseconds(100))) {
            MadeAnswer& answer = answers[event.answer];
            if (auto* read = std::get_if<PromptRead>(&event.what))
                answer.prompt = std::move(*read);
            else if (auto* made = std::get_if<TokenMade>(&event.what)) {
                answer.tokens.push_back(made->token.id);
                answer.scored.push_back(std::move(made->token));
            } else if (auto* used = std::get_if<ExpertsUsed>(&event.what))
                answer.experts.push_back(std::move(used->chosen));
            else if (auto* ended = std::get_if<AnswerEnded>(&event.what)) {
                answer.reason = ended->reason;
                --open;
            } else {
                answer.failed = std::get<AnswerFailed>(event.what);
                --open;
            }
        }
    return answers;
}

std::vector<MadeAnswer> madeApart(Scheduler& scheduler, const std::vector<ServeJob>& jobs)
{
    std::vector<MadeAnswer> answers;
    for (const ServeJob& job : jobs)
        answers.push_back(std::move(madeTogether(scheduler, {job}).front()));
    return answers;
}

} // namespace hilo::testing
