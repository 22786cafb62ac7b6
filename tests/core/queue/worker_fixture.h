// SPDX-License-Identifier: GPL-3.0-or-later
// The real worker with trainers that are processes of their own (fake_hilo).
#pragma once

#include "core/project/project_fixture.h"
#include "queue/worker.h"

#include <thread>

namespace hilo::testing {

class WorkerFixture : public ProjectFixture
{
  public:
    RunStore opened = store();
    std::vector<std::string> said;
    std::atomic<bool> stop{false};

    void queue(const std::string& id, const Json& training = Json::object(), int attempts = 3, int devices = 0)
    {
        Json settings = {{"steps", 20}, {"checkpoint_every", 5}, {"device", "auto"}};
        settings.update(training);
        addRun(id, runDocument(id, settings));
        REQUIRE_OK(enqueue(opened, id, attempts, {}, devices));
    }

    WorkOptions options()
    {
        WorkOptions options;
        options.program = HILO_FAKE_PROGRAM;
        options.poll = std::chrono::milliseconds(10);
        options.minimumFreeBytes = 0;
        options.say = [this](const std::string& text) { said.push_back(text); };
        options.stop = &stop;
        return options;
    }

    Status work() { return Worker(opened, options()).work(); }

    RunSummary summary(const std::string& id)
    {
        RunReader reader = ProjectFixture::reader();
        return REQUIRE_OK(reader.run(id));
    }

    bool wasSaid(const std::string& part) const
    {
        return std::any_of(said.begin(), said.end(),
                           [&](const std::string& text) { return text.find(part) != std::string::npos; });
    }

    bool isLive(const std::string& id) const { return FileLock::isHeld(runLockFile(folder(id))); }
};

template <class Condition>
bool comesTrue(const Condition& condition)
{
    for (int i = 0; i < 3000; ++i) {
        if (condition())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

} // namespace hilo::testing
