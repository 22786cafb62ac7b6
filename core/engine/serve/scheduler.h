// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/serve/batch_step.h"
#include "engine/serve/slots.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace hilo {

struct ServeSettings
{
    std::int64_t parallel = 16;  ///< answers that are made at once
    std::int64_t context = 2048; ///< tokens of a prompt and its answer
    std::size_t queue = 512;     ///< answers that wait
    std::int64_t chunk = 256;    ///< tokens of prompts that are read in one pass, beside those of the answers
    bool reuse = true;           ///< a prompt's beginning that was read for another one is not read again
};

struct ServeLoad
{
    std::int64_t running = 0;
    std::int64_t waiting = 0;
    std::int64_t slots = 0;
    double tokensPerSecond = 0; ///< generated in the last seconds
    std::int64_t tokens = 0;    ///< generated since the start
};

enum class Submitted { Yes, Full, Ending };

/// Makes answers, many at once: in each pass every answer gets its next token, and prompts are read in parts beside
/// them. One thread computes; the others hand jobs over and take events.
class Scheduler
{
  public:
    /// model outlives the scheduler.
    Scheduler(const ServedModel& model, const ServeSettings& settings);
    ~Scheduler();

    /// All jobs of a request, or none. Their prompts are shorter than the context.
    Submitted submit(std::vector<ServeJob> jobs);
    /// Ends what is running and what waits; nothing is taken any more.
    void end();
    ServeLoad load() const;
    /// What experts of an adapter's answers are of.
    const std::vector<RoutedModule>& modules(int adapter) const { return adapters_.modules(adapter); }
    /// Bytes that the cache takes at most.
    static std::int64_t cacheBytes(const Decoder& decoder, const ServeSettings& settings);
    /// False for models whose passes read other rows than they were given (LongRope).
    static bool knowsRows(const ModelConfig& config);

  private:
    void run();
    bool admit();
    void endCancelled();
    void endWaiting();
    std::vector<StepPart> nextParts();
    void step();
    void takeResult(const StepResult& result, const std::vector<StepPart>& parts);
    /// before: tokens that were read earlier.
    void readPrompt(std::size_t index, const StepResult& result, std::size_t before);
    void addToken(std::size_t index, const float* logits, const torch::Tensor& row);
    void tellExperts(std::size_t index, std::vector<std::vector<ChosenExperts>> chosen);
    void tell(std::size_t index, decltype(AnswerEvent::what) what);
    void endAnswer(std::size_t index, const std::string& reason);
    void fail(std::size_t index, const Error& error);
    void countToken();

    const ServedModel& model_;
    ServeSettings settings_;
    MixedAdapters adapters_;
    Slots slots_;
    int turn_ = -1; ///< the adapter whose rows the last pass had, where a pass can have one only

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<ServeJob> waiting_;
    bool ending_ = false;
    std::deque<std::pair<std::chrono::steady_clock::time_point, std::int64_t>> recent_; ///< tokens by tenth of a second
    std::int64_t tokens_ = 0;
    std::int64_t running_ = 0;
    std::thread thread_; ///< last: it uses all of them
};

} // namespace hilo
