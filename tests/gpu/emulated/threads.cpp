// SPDX-License-Identifier: GPL-3.0-or-later
#include "threads.h"

#include "cuda/cuda_runtime.h"

#include <csetjmp>
#include <cstring>
#include <memory>
#include <mutex>
#include <numeric>
#include <random>
#include <ucontext.h>
#include <vector>

dim3 threadIdx;
dim3 blockIdx;
dim3 blockDim;
dim3 gridDim;

/// What sharedFloats() of gpu/cuda/team.cuh declares.
namespace hilo::gpu::cuda {
thread_local float ofLaunch[48 * 1024 / sizeof(float)];
}

namespace hilo::emulated {
namespace {

constexpr unsigned warpSize = 32;
constexpr unsigned mostThreads = 1024;
constexpr std::size_t stackBytes = 64 * 1024;
/// A block has 48 KiB unless it asks for more; 1 KiB is left for what kernels declare themselves.
constexpr std::size_t mostSharedBytes = 47 * 1024;
constexpr std::size_t besideBytes = 256; ///< watched behind the launch's own
constexpr std::size_t exchangeBytes = 16;

enum class State { Ready, AtBlock, AtWarp, Done };

struct Fiber
{
    std::unique_ptr<char[]> stack = std::make_unique<char[]>(stackBytes);
    ucontext_t start{};
    jmp_buf place{};
    std::source_location waitsAt;
    // Two turns of exchanged values: whoever is ahead writes the other one.
    char given[2][exchangeBytes]{};
    unsigned exchanges = 0;
};

struct Device
{
    std::mutex oneAtATime;
    Order order = Order::Forward;
    std::int64_t launches = 0;
    std::mt19937 random{7};
    std::vector<std::unique_ptr<Fiber>> fibers;
    std::vector<State> states; ///< of the threads of the running launch's blocks
    std::vector<dim3> indices;
    unsigned threads = 0;
    unsigned done = 0;
    unsigned current = 0;
    const std::function<void()>* work = nullptr;
    jmp_buf scheduler{};
    ucontext_t starter{};
    std::string failure;
};

Device* const theDevice = new Device; // kernels may run while the program ends

Device& device()
{
    return *theDevice;
}

/// Saves where the caller is and goes on where another one was; comes back when someone goes on here.
[[gnu::noinline]] void change(jmp_buf& from, jmp_buf& to)
{
    if (_setjmp(from) == 0)
        _longjmp(to, 1);
}

void backToScheduler()
{
    Device& all = device();
    change(all.fibers[all.current]->place, all.scheduler);
}

/// What each fiber does for ever: the work of one thread of one block after another.
void live()
{
    {
        Device& all = device();
        Fiber& self = *all.fibers.back();
        if (_setjmp(self.place) == 0)
            setcontext(&all.starter);
    }
    for (;;) {
        Device& all = device();
        (*all.work)();
        all.states[all.current] = State::Done;
        ++all.done;
        backToScheduler();
    }
}

void haveFibers(unsigned count)
{
    Device& all = device();
    while (all.fibers.size() < count) {
        all.fibers.push_back(std::make_unique<Fiber>());
        Fiber& fiber = *all.fibers.back();
        getcontext(&fiber.start);
        fiber.start.uc_stack.ss_sp = fiber.stack.get();
        // Stacks that end at the same place of a page push each other out of the cache.
        fiber.start.uc_stack.ss_size = stackBytes - all.fibers.size() % 61 * 64;
        fiber.start.uc_link = nullptr;
        makecontext(&fiber.start, live, 0);
        swapcontext(&all.starter, &fiber.start);
    }
}

std::vector<unsigned> orderOf(unsigned count)
{
    Device& all = device();
    std::vector<unsigned> order(count);
    std::iota(order.begin(), order.end(), 0u);
    if (all.order == Order::Backward)
        std::reverse(order.begin(), order.end());
    else if (all.order == Order::Shuffled)
        std::shuffle(order.begin(), order.end(), all.random);
    return order;
}

bool isSame(const std::source_location& one, const std::source_location& other)
{
    return one.line() == other.line() && one.column() == other.column() &&
           (one.file_name() == other.file_name() || std::strcmp(one.file_name(), other.file_name()) == 0);
}

std::string nameOf(const std::source_location& place)
{
    return std::string(place.file_name()) + ":" + std::to_string(place.line());
}

/// Lets the threads [begin, end) go on when all that are not done wait in this state at one place. needsAll: none may
/// be done. True when they go on.
bool release(unsigned begin, unsigned end, State state, bool needsAll)
{
    Device& all = device();
    const Fiber* first = nullptr;
    for (unsigned i = begin; i < end; ++i) {
        if (all.states[i] == State::Done && !needsAll)
            continue;
        const Fiber& fiber = *all.fibers[i];
        if (all.states[i] != state || (first && !isSame(first->waitsAt, fiber.waitsAt)))
            return false;
        first = &fiber;
    }
    std::replace(all.states.begin() + begin, all.states.begin() + end, state, State::Ready);
    return first != nullptr;
}

std::string whereTheyWait()
{
    Device& all = device();
    std::string text = "threads wait for one another: ";
    for (const State state : {State::AtBlock, State::AtWarp}) {
        std::vector<std::source_location> places;
        unsigned count = 0;
        for (unsigned i = 0; i < all.threads; ++i) {
            const Fiber& fiber = *all.fibers[i];
            if (all.states[i] != state)
                continue;
            ++count;
            const auto known = [&](const std::source_location& one) { return isSame(one, fiber.waitsAt); };
            if (std::none_of(places.begin(), places.end(), known))
                places.push_back(fiber.waitsAt);
        }
        if (count == 0)
            continue;
        text += std::to_string(count) + (state == State::AtBlock ? " for the block at" : " for the warp at");
        for (const std::source_location& place : places)
            text += " " + nameOf(place);
        text += ", ";
    }
    return text + "the others have ended";
}

/// Those of the threads [begin, end) that may go on, until each waits or is done.
void runReady(unsigned begin, unsigned end)
{
    Device& all = device();
    for (const unsigned offset : orderOf(end - begin)) {
        const unsigned i = begin + offset;
        if (all.states[i] != State::Ready)
            continue;
        all.current = i;
        threadIdx = all.indices[i];
        change(all.scheduler, all.fibers[i]->place);
        if (!all.failure.empty())
            return;
    }
}

void runBlock(const Launch& launch)
{
    Device& all = device();
    std::fill(all.states.begin(), all.states.end(), State::Ready);
    all.done = 0;
    // Not a number, whoever reads it unwritten; and beside the launch's bytes nobody writes.
    char* const shared = reinterpret_cast<char*>(gpu::cuda::ofLaunch);
    std::memset(shared, 0xff, launch.sharedBytes + besideBytes);
    // Each warp goes as far as it can before another one does anything: whoever does not wait for them misses them.
    for (;;) {
        for (const unsigned warp : orderOf((all.threads + warpSize - 1) / warpSize)) {
            const unsigned begin = warp * warpSize;
            const unsigned end = std::min(begin + warpSize, all.threads);
            do
                runReady(begin, end);
            while (all.failure.empty() && release(begin, end, State::AtWarp, true));
        }
        if (!all.failure.empty())
            return;
        if (all.done == all.threads)
            break;
        if (!release(0, all.threads, State::AtBlock, false)) {
            all.failure = whereTheyWait();
            return;
        }
    }
    const char* const behind = shared + launch.sharedBytes;
    if (std::any_of(behind, behind + besideBytes, [](char byte) { return byte != '\xff'; }))
        all.failure = "the block wrote behind its shared bytes";
}

std::string checked(const Launch& launch)
{
    const std::size_t threads = std::size_t{launch.threads.x} * launch.threads.y * launch.threads.z;
    if (threads == 0 || launch.blocks.x == 0 || launch.blocks.y == 0 || launch.blocks.z == 0)
        return "a launch without threads";
    if (threads > mostThreads)
        return "a block of " + std::to_string(threads) + " threads";
    if (launch.blocks.x > 0x7fffffffu || launch.blocks.y > 65535 || launch.blocks.z > 65535)
        return "too many blocks";
    if (launch.sharedBytes > mostSharedBytes)
        return std::to_string(launch.sharedBytes) + " shared bytes";
    return {};
}

void wait(State state, const std::source_location& place)
{
    Device& all = device();
    all.states[all.current] = state;
    all.fibers[all.current]->waitsAt = place;
    backToScheduler();
}

} // namespace

void useOrder(Order order)
{
    device().order = order;
}

std::int64_t launches()
{
    return device().launches;
}

std::string run(const Launch& launch, const std::function<void()>& thread)
{
    if (const std::string error = checked(launch); !error.empty())
        return error;
    Device& all = device();
    const std::lock_guard lock(all.oneAtATime);
    ++all.launches;
    all.threads = launch.threads.x * launch.threads.y * launch.threads.z;
    haveFibers(all.threads);
    all.states.resize(all.threads);
    all.indices.clear();
    for (unsigned i = 0; i < all.threads; ++i)
        all.indices.emplace_back(i % launch.threads.x, i / launch.threads.x % launch.threads.y,
                                 i / launch.threads.x / launch.threads.y);
    all.work = &thread;
    all.failure.clear();
    blockDim = launch.threads;
    gridDim = launch.blocks;
    for (const unsigned block : orderOf(launch.blocks.x * launch.blocks.y * launch.blocks.z)) {
        blockIdx = dim3(block % launch.blocks.x, block / launch.blocks.x % launch.blocks.y,
                        block / launch.blocks.x / launch.blocks.y);
        runBlock(launch);
        if (!all.failure.empty()) {
            all.fibers.clear(); // they stand somewhere inside the kernel
            return all.failure;
        }
    }
    return {};
}

void meetBlock(const std::source_location& place)
{
    wait(State::AtBlock, place);
}

void meetWarp(const std::source_location& place)
{
    wait(State::AtWarp, place);
}

void fail(const std::string& message)
{
    device().failure = message;
    backToScheduler();
    std::abort(); // nobody comes back to a launch that failed
}

const void* exchange(const void* value, std::size_t size, unsigned other, const std::source_location& place)
{
    Device& all = device();
    if (size > exchangeBytes)
        fail("a warp exchanges at most 16 bytes");
    const unsigned mine = all.current;
    const unsigned turn = all.fibers[mine]->exchanges++ % 2;
    std::memcpy(all.fibers[mine]->given[turn], value, size);
    meetWarp(place);
    return all.fibers[mine / warpSize * warpSize + other % warpSize]->given[turn];
}

unsigned lane()
{
    return device().current % warpSize;
}

} // namespace hilo::emulated
