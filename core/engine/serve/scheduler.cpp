// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/scheduler.h"

#include "base/log.h"
#include "engine/base/torch_border.h"
#include "engine/evaluate/generator.h"
#include "engine/evaluate/not_finite.h"
#include "engine/model/rope.h"
#include "engine/serve/prompt_scores.h"
#include "gpu/kernels/counter_random.h"

#include <algorithm>

namespace hilo {
namespace {

using Clock = std::chrono::steady_clock;
using torch::Tensor;

/// Rates are told over this time.
constexpr std::chrono::seconds rateTime{5};

KeyValueCache cacheOf(const Decoder& decoder, const ServeSettings& settings)
{
    KeyValueCache cache(decoder.config(), settings.parallel, decoder.dtype(), decoder.device());
    cache.limitTo(settings.context);
    return cache;
}

} // namespace

bool Scheduler::knowsRows(const ModelConfig& config)
{
    const auto ropes = ropesInUse(config);
    return std::none_of(ropes.begin(), ropes.end(),
                        [](const RopeConfig& rope) { return rope.kind == RopeKind::LongRope; });
}

std::int64_t Scheduler::cacheBytes(const Decoder& decoder, const ServeSettings& settings)
{
    const ModelConfig& config = decoder.config();
    std::int64_t numbers = 0;
    for (std::int64_t layer = 0; layer < config.layers; ++layer)
        if (config.keyValueLayerOf(layer) == layer && !config.linearAttention.at(layer))
            numbers += 2 * config.sizesOf(layer).keyValueHeads * config.sizesOf(layer).headDimension;
    return numbers * settings.parallel * settings.context * (decoder.dtype() == torch::kFloat32 ? 4 : 2);
}

Scheduler::Scheduler(const ServedModel& model, const ServeSettings& settings)
    : model_(model), settings_(settings), adapters_(model.adapters, model.decoder->config()),
      slots_(cacheOf(*model.decoder, settings), settings.parallel,
             settings.reuse && knowsRows(model.decoder->config()) && !model.decoder->config().linearAttention.any()),
      thread_([this] { run(); })
{
}

Scheduler::~Scheduler()
{
    end();
}

Submitted Scheduler::submit(std::vector<ServeJob> jobs)
{
    {
        const std::lock_guard lock(mutex_);
        if (ending_)
            return Submitted::Ending;
        if (waiting_.size() + jobs.size() > settings_.queue)
            return Submitted::Full;
        for (ServeJob& job : jobs)
            waiting_.push_back(std::move(job));
    }
    wake_.notify_one();
    return Submitted::Yes;
}

void Scheduler::end()
{
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable())
        thread_.join();
}

ServeLoad Scheduler::load() const
{
    const std::lock_guard lock(mutex_);
    ServeLoad load{running_, static_cast<std::int64_t>(waiting_.size()), settings_.parallel, 0, tokens_};
    const auto now = Clock::now();
    for (const auto& [time, count] : recent_)
        if (now - time <= rateTime)
            load.tokensPerSecond += static_cast<double>(count);
    load.tokensPerSecond /= std::chrono::duration<double>(rateTime).count();
    return load;
}

void Scheduler::run()
{
    const torch::NoGradGuard noGradient;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            running_ = static_cast<std::int64_t>(slots_.size() - slots_.free());
            wake_.wait(lock, [this] { return ending_ || running_ > 0 || !waiting_.empty(); });
            if (ending_)
                break;
        }
        endCancelled();
        const Status made = atTorchBorder([this]() -> Status {
            while (admit()) {
            }
            step();
            return {};
        });
        if (made)
            continue;
        logger("serve")->error("{}", describe(made.error()));
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            if (slots_[i].job)
                tell(i, AnswerFailed{made.error()});
            slots_.forget(i);
        }
    }
    for (std::size_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].job)
            fail(i, cancelled());
    endWaiting();
}

void Scheduler::endWaiting()
{
    const std::lock_guard lock(mutex_);
    for (const ServeJob& job : waiting_)
        job.events->push({job.answer, AnswerFailed{cancelled()}});
    waiting_.clear();
    running_ = 0;
}

void Scheduler::endCancelled()
{
    const auto now = Clock::now();
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        if (!slots_[i].job)
            continue;
        if (slots_[i].job->events->isCancelled(slots_[i].job->answer))
            slots_.release(i);
        else if (now > slots_[i].job->deadline)
            endAnswer(i, "length");
    }
    const std::lock_guard lock(mutex_);
    std::erase_if(waiting_, [now](const ServeJob& job) {
        if (job.events->isCancelled(job.answer))
            return true;
        if (now <= job.deadline)
            return false;
        job.events->push({job.answer, AnswerFailed{cancelled(), true}});
        return true;
    });
}

/// The next job that waits gets a slot; false when none does.
bool Scheduler::admit()
{
    ServeJob job;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.empty() || slots_.free() == 0)
            return false;
        job = waiting_.front();
    }
    // The lock is not held while the cache copies: only this thread takes from the front.
    if (!slots_.take(std::move(job)))
        return false;
    const std::lock_guard lock(mutex_);
    waiting_.pop_front();
    ++running_;
    return true;
}

/// Chooses what the next pass reads and brings it to the front of the slots.
std::vector<StepPart> Scheduler::nextParts()
{
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].job)
            ready.push_back(i);
    if (!adapters_.canMix() || !knowsRows(model_.decoder->config())) {
        // One adapter a pass, in turns.
        std::vector<int> there;
        for (const std::size_t i : ready)
            there.push_back(slots_[i].adapter);
        std::sort(there.begin(), there.end());
        const auto next = std::upper_bound(there.begin(), there.end(), turn_);
        turn_ = there.empty() ? -1 : next == there.end() ? there.front() : *next;
        std::erase_if(ready, [this](std::size_t i) { return slots_[i].adapter != turn_; });
    }
    // Answers first, then prompts, the oldest first.
    std::stable_sort(ready.begin(), ready.end(), [this](std::size_t a, std::size_t b) {
        return std::pair(slots_[a].readsPrompt(), slots_[a].readsPrompt() ? slots_[a].used : 0) <
               std::pair(slots_[b].readsPrompt(), slots_[b].readsPrompt() ? slots_[b].used : 0);
    });
    std::int64_t room = settings_.chunk;
    std::vector<std::size_t> wanted;
    for (const std::size_t i : ready)
        if (slots_[i].answers() || room > 0) {
            wanted.push_back(i);
            if (slots_[i].readsPrompt())
                room -= static_cast<std::int64_t>(slots_[i].job->prompt.size() - slots_[i].tokens.size());
        }
    slots_.bringToFront(wanted);

    std::vector<StepPart> parts;
    room = settings_.chunk;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        Slot& slot = slots_[i];
        StepPart part{{}, slot.adapter, slot.job->experts && (slot.answers() || slot.job->promptExperts)};
        if (slot.answers()) {
            part.tokens = {slot.next};
        } else {
            const std::int64_t most =
                tokensReadAtOnce(model_.decoder->config(), 1, static_cast<std::int64_t>(slot.job->prompt.size()), {});
            const std::int64_t count = std::clamp<std::int64_t>(
                std::min(most, room), 1, static_cast<std::int64_t>(slot.job->prompt.size() - slot.tokens.size()));
            room -= count;
            const auto first = slot.job->prompt.begin() + static_cast<std::ptrdiff_t>(slot.tokens.size());
            part.tokens.assign(first, first + count);
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

void Scheduler::step()
{
    const std::vector<StepPart> parts = nextParts();
    if (!parts.empty())
        takeResult(readParts(*model_.decoder, adapters_, slots_.cache(), parts), parts);
}

void Scheduler::takeResult(const StepResult& result, const std::vector<StepPart>& parts)
{
    std::vector<std::size_t> choosing;
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Slot& slot = slots_[i];
        const std::size_t before = slot.tokens.size();
        slot.tokens.insert(slot.tokens.end(), parts[i].tokens.begin(), parts[i].tokens.end());
        if (slot.job->experts)
            tellExperts(i, result.experts[i]);
        if (slot.job->prompt.size() > before)
            readPrompt(i, result, before);
        if (slot.answers() && slot.job->maximumTokens > 0) {
            choosing.push_back(i);
            rows.push_back(result.starts[i + 1] - 1);
        } else if (slot.answers()) {
            endAnswer(i, "length");
        }
    }
    if (choosing.empty())
        return;
    const Tensor wanted = result.hidden.index_select(0, torch::tensor(rows, torch::kInt64).to(result.hidden.device()));
    const Tensor logits = model_.decoder->logits(wanted).to(torch::kCPU).contiguous();
    const Tensor finite = logits.isfinite().all(1).contiguous();
    for (std::size_t k = 0; k < choosing.size(); ++k) {
        const auto row = static_cast<std::int64_t>(k);
        if (!finite.data_ptr<bool>()[row]) {
            logger("serve")->error("{}", describe(notFiniteError(*model_.decoder)));
            fail(choosing[k], internalError("The model's logits are not finite."));
            slots_.forget(choosing[k]);
            continue;
        }
        addToken(choosing[k], logits.data_ptr<float>() + row * logits.size(1), logits.narrow(0, row, 1));
    }
}

/// A part of the prompt was read, and the tokens before it earlier.
void Scheduler::readPrompt(std::size_t index, const StepResult& result, std::size_t before)
{
    Slot& slot = slots_[index];
    const std::vector<std::int32_t>& prompt = slot.job->prompt;
    if (slot.job->promptScores) {
        if (before == 0)
            slot.promptScores.push_back({prompt.front(), {}, {}});
        const std::size_t end = std::min(slot.tokens.size() + 1, prompt.size());
        const std::span<const std::int32_t> next(prompt.data() + before + 1, end - before - 1);
        const Tensor hidden = result.hidden.narrow(0, result.starts[index], static_cast<std::int64_t>(next.size()));
        for (ScoredToken& token : scoredBehind(*model_.decoder, hidden, next, *slot.job->alternatives))
            slot.promptScores.push_back(std::move(token));
    }
    if (slot.answers())
        tell(index, PromptRead{slot.cached, std::move(slot.promptScores)});
}

/// logits: of the slot's next token, also as a tensor [1, vocabulary].
void Scheduler::addToken(std::size_t index, const float* logits, const Tensor& row)
{
    Slot& slot = slots_[index];
    const ServeJob& job = *slot.job;
    const std::uint64_t bits = gpu::randomKey(job.seed, job.answer, slot.generated);
    const std::int32_t token =
        chooseToken({logits, static_cast<std::size_t>(row.size(1))}, job.sampling, slot.history, bits);
    if (std::find(model_.endTokens.begin(), model_.endTokens.end(), token) != model_.endTokens.end()) {
        endAnswer(index, "stop");
        return;
    }
    ScoredToken scored{token, {}, {}};
    if (job.alternatives)
        scored = scoredTokens(row, std::span(&token, 1), *job.alternatives).front();
    tell(index, TokenMade{std::move(scored)});
    countToken();
    slot.history.addGenerated(token);
    slot.next = token;
    ++slot.generated;
    if (slot.generated >= job.maximumTokens ||
        static_cast<std::int64_t>(job.prompt.size()) + slot.generated > settings_.context)
        endAnswer(index, "length");
}

void Scheduler::tellExperts(std::size_t index, std::vector<std::vector<ChosenExperts>> chosen)
{
    for (std::vector<ChosenExperts>& one : chosen)
        tell(index, ExpertsUsed{std::move(one)});
}

void Scheduler::tell(std::size_t index, decltype(AnswerEvent::what) what)
{
    const ServeJob& job = *slots_[index].job;
    job.events->push({job.answer, std::move(what)});
}

void Scheduler::endAnswer(std::size_t index, const std::string& reason)
{
    tell(index, AnswerEnded{reason});
    slots_.release(index);
}

void Scheduler::fail(std::size_t index, const Error& error)
{
    tell(index, AnswerFailed{error});
    slots_.release(index);
}

void Scheduler::countToken()
{
    const auto now = Clock::now();
    const std::lock_guard lock(mutex_);
    ++tokens_;
    if (recent_.empty() || now - recent_.back().first > std::chrono::milliseconds(100))
        recent_.emplace_back(now, 0);
    ++recent_.back().second;
    while (now - recent_.front().first > rateTime)
        recent_.pop_front();
}

} // namespace hilo
