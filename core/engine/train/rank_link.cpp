// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train/rank_link.h"

#include "base/json.h"
#include "engine/train/rank_socket.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace hilo {
namespace {

using LinkClock = std::chrono::steady_clock;
constexpr std::chrono::seconds forTheCause{5};
constexpr int linkPoll = 100; ///< milliseconds

struct Word
{
    static constexpr char hello = 'i', value = 'v', here = 'h', go = 'g', stop = 's', leave = 'l', trouble = 'e';
};

std::string linkToken()
{
    std::uint64_t bits[2] = {};
    while (getrandom(bits, sizeof bits, 0) != sizeof bits) {
    }
    return std::to_string(bits[0]) + "-" + std::to_string(bits[1]);
}

std::string troubleText(const RankTrouble& trouble)
{
    return Json{{"rank", trouble.rank},
                {"vanished", trouble.vanished},
                {"code", static_cast<int>(trouble.error.code)},
                {"message", trouble.error.message},
                {"file", trouble.error.file},
                {"place", trouble.error.place},
                {"hint", trouble.error.hint}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

RankTrouble readTrouble(const std::string& text, int sender)
{
    RankTrouble trouble{sender, internalError("The process of rank " + std::to_string(sender) + " failed."), false};
    const auto read = [&]() -> Status {
        HILO_TRY(const Json document, parseJson(text, {}, {std::size_t{1} << 20, 8}));
        HILO_TRY(const JsonObject object, JsonObject::of(document, {}));
        HILO_TRY(const std::int64_t rank, object.integer("rank", 0, 1 << 20));
        HILO_TRY(const std::int64_t code, object.integer("code", 2, 255));
        HILO_TRY(trouble.error.message, object.text("message"));
        HILO_TRY(trouble.error.file, object.text("file"));
        HILO_TRY(trouble.error.place, object.text("place"));
        HILO_TRY(trouble.error.hint, object.text("hint"));
        trouble.rank = static_cast<int>(rank);
        trouble.error.code = static_cast<ErrorCode>(code);
        trouble.vanished = document.value("vanished", false);
        return {};
    };
    [[maybe_unused]] const Status whole = read();
    return trouble;
}

/// As this process says it.
RankTrouble retold(RankTrouble trouble)
{
    if (trouble.error.code != ErrorCode::Cancelled && !trouble.vanished)
        trouble.error.message =
            "The process of rank " + std::to_string(trouble.rank) + " failed: " + trouble.error.message;
    return trouble;
}

/// Of "port token"; 0 for nonsense.
int leadingNumber(const std::string& address)
{
    int port = 0;
    std::from_chars(address.data(), address.data() + address.size(), port);
    return port;
}

} // namespace

struct RankLink::State
{
    struct Peer
    {
        int rank = 0;
        RankSocket socket;
        bool hasLeft = false;
        bool hasEnded = false;
    };
    int rank = 0, size = 1;
    Progress outer;
    RankLinkSettings settings;
    std::optional<RankListener> listener;
    std::string token;
    std::vector<Peer> peers;
    int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    std::mutex sending;
    std::thread watcher;
    std::atomic<bool> cancel{false}, closing{false};

    std::mutex mutex; ///< of everything below
    std::condition_variable changed;
    std::deque<std::int64_t> values;
    int come = 0, gone = 0; ///< to a meeting, and let go from one
    bool done = false;      ///< this process has left
    std::optional<RankTrouble> trouble;
    LinkClock::time_point troubleAt;
    std::optional<RankTrouble> said; ///< by fail()
    LinkClock::time_point saidAt;
    bool isForced = false;
    std::function<void(const RankTrouble&)> lastWords;

    ~State()
    {
        closing = true;
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t written = ::write(wake, &one, sizeof one);
        if (watcher.joinable())
            watcher.join();
        ::close(wake);
    }

    void tell(char kind, const std::string& content, int except = -1)
    {
        const std::lock_guard lock(sending);
        for (const Peer& peer : peers)
            if (peer.rank != except)
                peer.socket.send(kind, content);
    }

    void enter(const RankTrouble& found)
    {
        {
            const std::lock_guard lock(mutex);
            if (done || trouble || said)
                return;
            trouble = found;
            troubleAt = LinkClock::now();
        }
        changed.notify_all();
        if (rank == 0)
            tell(Word::trouble, troubleText(found), found.rank);
    }

    void vanish(const Peer& peer)
    {
        enter({peer.rank,
               internalError("The process of rank " + std::to_string(peer.rank) + " of " + std::to_string(size) +
                                 " ended without a word: it was killed, or its machine is gone.",
                             "Resume the run: it goes on from its last checkpoint."),
               true});
    }

    void take(Peer& peer, const RankMessage& message)
    {
        if (message.kind == Word::trouble) {
            enter(readTrouble(message.content, peer.rank));
            return;
        }
        const std::lock_guard lock(mutex);
        if (message.kind == Word::value)
            values.push_back(std::strtoll(message.content.c_str(), nullptr, 10));
        else if (message.kind == Word::here)
            ++come;
        else if (message.kind == Word::go)
            ++gone;
        else if (message.kind == Word::stop)
            cancel = true;
        else if (message.kind == Word::leave)
            peer.hasLeft = true;
        changed.notify_all();
    }

    void takeAll(Peer& peer)
    {
        while (const auto message = peer.socket.next())
            take(peer, *message);
    }

    void listenTo(Peer& peer)
    {
        const bool lives = peer.socket.receive(0);
        takeAll(peer);
        if (lives)
            return;
        {
            const std::lock_guard lock(mutex);
            peer.hasEnded = true;
        }
        if (!peer.hasLeft)
            vanish(peer);
        changed.notify_all();
    }

    void watch()
    {
        bool isAsked = false;
        // What came together with the first word of a connection.
        for (Peer& peer : peers)
            takeAll(peer);
        while (!closing) {
            std::vector<pollfd> asked{{wake, POLLIN, 0}};
            std::vector<Peer*> live;
            for (Peer& peer : peers) {
                if (peer.hasEnded)
                    continue;
                asked.push_back({peer.socket.descriptor(), POLLIN, 0});
                live.push_back(&peer);
            }
            ::poll(asked.data(), asked.size(), linkPoll);
            for (std::size_t i = 0; i < live.size(); ++i)
                if (asked[i + 1].revents != 0)
                    listenTo(*live[i]);
            if (outer.isCancelled() && !std::exchange(isAsked, true)) {
                if (rank == 0)
                    cancel = true;
                else
                    tell(Word::stop, {});
            }
            endByForce();
        }
    }

    /// A process that does not come out of a sum, or out of its destructors, is ended here.
    void endByForce()
    {
        RankTrouble ending;
        std::function<void(const RankTrouble&)> say;
        {
            const std::lock_guard lock(mutex);
            const auto now = LinkClock::now();
            if (said && now - saidAt > settings.farewell) {
                ending = *said;
            } else if (!said && !done && trouble && now - troubleAt > settings.grace) {
                ending = retold(*trouble);
                say = lastWords;
            } else {
                return;
            }
            isForced = true;
        }
        if (say)
            say(ending);
        ::_exit(static_cast<int>(ending.error.code));
    }

    /// Until isSo, which is asked under the lock.
    template <class Condition>
    void wait(const Condition& isSo)
    {
        std::unique_lock lock(mutex);
        const auto firstIsGone = [&] {
            return rank > 0 && !peers.empty() && peers.front().hasLeft && peers.front().hasEnded;
        };
        changed.wait(lock, [&] { return isSo() || trouble || firstIsGone(); });
        if (trouble)
            throw RanksEnded(trouble->error.message);
        if (!isSo())
            throw RanksEnded("The process of rank 0 has ended before this one.");
    }
};

RankLink::RankLink(std::unique_ptr<State> state) : state_(std::move(state)) {}

RankLink::~RankLink() = default;

Result<std::unique_ptr<RankLink>> RankLink::listen(int size, bool onlyThisMachine, const Progress& progress,
                                                   const RankLinkSettings& settings)
{
    auto state = std::make_unique<State>();
    state->size = size;
    state->outer = progress;
    state->settings = settings;
    state->token = linkToken();
    HILO_TRY(RankListener listener, RankListener::open(onlyThisMachine));
    state->listener = std::move(listener);
    return std::unique_ptr<RankLink>(new RankLink(std::move(state)));
}

std::string RankLink::address() const
{
    return std::to_string(state_->listener->port()) + " " + state_->token;
}

Status RankLink::acceptAll(const std::function<std::string()>& lost)
{
    State& state = *state_;
    const auto failing = [&](Error problem) -> Status {
        state.tell(Word::trouble, troubleText({0, problem, false}));
        return failure(std::move(problem));
    };
    const auto deadline = LinkClock::now() + state.settings.patience;
    while (static_cast<int>(state.peers.size()) + 1 < state.size) {
        if (state.outer.isCancelled())
            return failing(cancelled());
        if (const std::string problem = lost ? lost() : std::string(); !problem.empty())
            return failing(internalError(problem, "What it said before may tell why."));
        if (LinkClock::now() > deadline)
            return failing(internalError("Only " + std::to_string(state.peers.size() + 1) + " of " +
                                             std::to_string(state.size) + " processes have come.",
                                         "Start them all, each with its own RANK and with the same MASTER_ADDR."));
        RankSocket socket = state.listener->accept(linkPoll);
        if (!socket.isOpen())
            continue;
        std::optional<RankMessage> message;
        for (int i = 0; i < 50 && !message && socket.receive(linkPoll); ++i)
            message = socket.next();
        const std::string begin = state.token + " ";
        if (!message || message->kind != Word::hello || !message->content.starts_with(begin))
            continue; // somebody else's
        const int rank = leadingNumber(message->content.substr(begin.size()));
        if (rank < 1 || rank >= state.size ||
            std::any_of(state.peers.begin(), state.peers.end(),
                        [rank](const State::Peer& peer) { return peer.rank == rank; }))
            return failing(badInput({}, "RANK", "There are two processes of rank " + std::to_string(rank) + ".",
                                    "Give each its own RANK, from 0 to " + std::to_string(state.size - 1) + "."));
        state.peers.push_back({rank, std::move(socket), false, false});
    }
    state.watcher = std::thread([&state] { state.watch(); });
    return {};
}

Result<std::unique_ptr<RankLink>> RankLink::connect(const std::string& host, const std::string& address, int rank,
                                                    int size, const Progress& progress,
                                                    const RankLinkSettings& settings)
{
    auto state = std::make_unique<State>();
    state->rank = rank;
    state->size = size;
    state->outer = progress;
    state->settings = settings;
    HILO_TRY(RankSocket socket, RankSocket::connect(host, leadingNumber(address)));
    const auto space = address.find(' ');
    state->token = space == std::string::npos ? std::string() : address.substr(space + 1);
    socket.send(Word::hello, state->token + " " + std::to_string(rank));
    state->peers.push_back({0, std::move(socket), false, false});
    State* const watched = state.get();
    state->watcher = std::thread([watched] { watched->watch(); });
    return std::unique_ptr<RankLink>(new RankLink(std::move(state)));
}

std::int64_t RankLink::fromFirst(std::int64_t number)
{
    State& state = *state_;
    if (state.rank == 0) {
        checkOthers();
        state.tell(Word::value, std::to_string(number));
        return number;
    }
    state.wait([&state] { return !state.values.empty(); });
    const std::lock_guard lock(state.mutex);
    const std::int64_t told = state.values.front();
    state.values.pop_front();
    return told;
}

void RankLink::checkOthers()
{
    const std::lock_guard lock(state_->mutex);
    if (state_->trouble)
        throw RanksEnded(state_->trouble->error.message);
}

void RankLink::meet()
{
    State& state = *state_;
    if (state.rank > 0) {
        state.tell(Word::here, {});
        state.wait([&state] { return state.gone > 0; });
        const std::lock_guard lock(state.mutex);
        --state.gone;
        return;
    }
    state.wait([&state] { return state.come >= state.size - 1; });
    {
        const std::lock_guard lock(state.mutex);
        state.come -= state.size - 1;
    }
    state.tell(Word::go, {});
}

Progress RankLink::progress() const
{
    // The others go on until rank 0 has kept what there is.
    return Progress([outer = state_->outer](const ProgressReport& report) { outer.report(report); },
                    state_->rank == 0 ? &state_->cancel : nullptr);
}

void RankLink::leave()
{
    {
        const std::lock_guard lock(state_->mutex);
        state_->done = true;
    }
    state_->tell(Word::leave, {});
}

RankTrouble RankLink::fail(const Error& problem, bool byOthers)
{
    State& state = *state_;
    std::unique_lock lock(state.mutex);
    if (state.said)
        return *state.said;
    if (byOthers)
        state.changed.wait_for(lock, forTheCause, [&state] { return state.trouble.has_value(); });
    while (state.isForced)
        state.changed.wait_for(lock, std::chrono::hours(1)); // the thread that ends this process has the word
    const bool isOwn = !state.trouble;
    state.said = isOwn ? RankTrouble{state.rank, problem, false} : retold(*state.trouble);
    state.saidAt = LinkClock::now();
    const RankTrouble said = *state.said;
    lock.unlock();
    if (isOwn)
        state.tell(Word::trouble, troubleText(said));
    return said;
}

void RankLink::setLastWords(std::function<void(const RankTrouble&)> say)
{
    const std::lock_guard lock(state_->mutex);
    state_->lastWords = std::move(say);
}

} // namespace hilo
