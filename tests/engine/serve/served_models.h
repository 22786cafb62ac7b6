// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/serve/scheduler.h"
#include "tests/engine/train/tiny_run.h"

#include <memory>
#include <string>
#include <vector>

namespace hilo::testing {

/// The tiny model of TinyRun with two random adapters, "first" and "second", whose maps and routers differ.
class TinyServed
{
  public:
    TinyServed();

    const ServedModel& model() const { return model_; }
    std::filesystem::path folder() const { return tiny_.folder(); }
    std::vector<std::int32_t> tokens(const std::string& text) const;

  private:
    TinyRun tiny_;
    ServedModel model_;
};

/// All that came of one answer.
struct MadeAnswer
{
    PromptRead prompt;
    std::vector<std::int32_t> tokens;
    std::vector<ScoredToken> scored;
    std::vector<std::vector<ChosenExperts>> experts;
    std::string reason; ///< empty: it failed
    std::optional<AnswerFailed> failed;
};

ServeJob jobOf(const std::vector<std::int32_t>& prompt, int adapter, std::int64_t tokens);
/// Makes the answers of some jobs, all handed over at once or one behind the other.
std::vector<MadeAnswer> madeTogether(Scheduler& scheduler, std::vector<ServeJob> jobs);
std::vector<MadeAnswer> madeApart(Scheduler& scheduler, const std::vector<ServeJob>& jobs);

} // namespace hilo::testing
