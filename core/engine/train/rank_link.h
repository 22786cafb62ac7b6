// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/result.h"

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

namespace hilo {

/// What ended a run that several processes train together.
struct RankTrouble
{
    int rank = 0;          ///< of the process that it began with
    Error error;           ///< as this process says it
    bool vanished = false; ///< that process ended without a word: it was killed, or its machine is gone
};

/// Thrown where a process waits for the others and learns that there is nothing to wait for any more.
struct RanksEnded : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

struct RankLinkSettings
{
    std::chrono::milliseconds patience{std::chrono::minutes(10)}; ///< for all to come
    std::chrono::milliseconds grace{3000};     ///< for this process' own way out of a sum, after another's trouble
    std::chrono::milliseconds farewell{20000}; ///< for its last words and destructors
};

/// Connects the processes that train a run together, each with rank 0, beside the sums of LibTorch: a sum waits for a
/// process that is gone for as long as LibTorch likes, a connection knows at once. Whatever ends one of them is told to
/// all others. One that cannot leave by itself, because it waits in a sum or for a GPU, is ended by a thread of its own
/// after the grace: no process outlives the run, keeps its locks or its device.
class RankLink
{
  public:
    /// Rank 0: where the others are to connect. onlyThisMachine: nobody else can. Errors: no port.
    static Result<std::unique_ptr<RankLink>> listen(int size, bool onlyThisMachine, const Progress& progress,
                                                    const RankLinkSettings& settings = {});
    /// Rank 0: "port token", for connect().
    std::string address() const;
    /// Rank 0: returns when all are here. lost: asked again and again, what keeps one of them from coming. Errors:
    /// cancelled, the patience is over, lost.
    Status acceptAll(const std::function<std::string()>& lost = {});
    /// The others: to rank 0 at host. Errors: nobody answers there.
    static Result<std::unique_ptr<RankLink>> connect(const std::string& host, const std::string& address, int rank,
                                                     int size, const Progress& progress,
                                                     const RankLinkSettings& settings = {});
    /// Ends the connections; without leave() or fail() before it the others take this process for dead.
    ~RankLink();

    /// What rank 0 says, in the same order everywhere; its evaluation may take as long as it likes. Throws RanksEnded.
    std::int64_t fromFirst(std::int64_t value);
    /// Returns when all are here. Throws RanksEnded.
    void meet();
    /// Throws RanksEnded when another process has failed or is gone.
    void checkOthers();

    /// The progress that it was made with, and for rank 0 also cancelled when another process was asked to end.
    Progress progress() const;

    /// This process has done its part.
    void leave();
    /// This process has failed: tells the others, unless they have ended it, and from now on this process ends within
    /// the farewell, whatever its destructors wait for. Returns what this process is to say: the error of another one
    /// when that was the cause. byOthers: the error may be an effect of another's end, so that is waited for.
    RankTrouble fail(const Error& error, bool byOthers);
    /// For a process that has to be ended by force: called by the thread that does it. It may write, but not wait.
    void setLastWords(std::function<void(const RankTrouble&)> say);

  private:
    struct State;
    explicit RankLink(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace hilo
