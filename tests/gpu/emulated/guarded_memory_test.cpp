// SPDX-License-Identifier: GPL-3.0-or-later
#include "guarded_memory.h"
#include "support/testing.h"

#include "gpu/tensor.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace hilo;

namespace {

/// The signal that a process dies of when it does this; 0: it lives.
int signalOf(const std::function<void()>& work)
{
    const pid_t child = fork();
    if (child == 0) {
        for (const int one : {SIGSEGV, SIGABRT, SIGBUS})
            std::signal(one, SIG_DFL);
        if (std::freopen("/dev/null", "w", stderr))
            work();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

} // namespace

HILO_TEST(whoLeavesATensorDies)
{
    testing::guardMemory();
    for (const std::int64_t count : {4, 1000, 4096}) {
        CHECK_EQ(signalOf([&] {
                     const torch::Tensor tensor = torch::zeros({count});
                     tensor.data_ptr<float>()[count - 1] = 1;
                 }),
                 0);
        CHECK_EQ(signalOf([&] {
                     const torch::Tensor tensor = torch::zeros({count});
                     static_cast<volatile float*>(tensor.data_ptr<float>())[count] = 1;
                 }),
                 SIGSEGV);
        CHECK_EQ(signalOf([&] {
                     const torch::Tensor tensor = torch::zeros({count});
                     const volatile float read = static_cast<volatile float*>(tensor.data_ptr<float>())[count];
                     static_cast<void>(read);
                 }),
                 SIGSEGV);
    }
    // Where the last values do not fill 16 bytes, and before the first ones, what was written is found at the end.
    for (const std::int64_t place : {-1, 5})
        CHECK_EQ(signalOf([&] {
                     const torch::Tensor tensor = torch::zeros({5});
                     static_cast<volatile float*>(tensor.data_ptr<float>())[place] = 1;
                 }),
                 SIGABRT);
}

HILO_TEST(freshTensorsHoldNoNumbers)
{
    testing::guardMemory();
    for (const torch::Dtype type : {torch::kFloat32, torch::kFloat16, torch::kBFloat16, torch::kFloat64})
        CHECK(torch::isnan(torch::empty({7}, type).to(torch::kFloat64)).all().item<bool>());
    CHECK_EQ(torch::empty({3}, torch::kInt64)[2].item<std::int64_t>(), -1);
    CHECK_EQ(torch::empty({0}).numel(), 0);
}
