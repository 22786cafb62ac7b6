// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/fetch.h"
#include "support/hub_server.h"
#include "support/testing.h"

#include <cstdlib>
#include <filesystem>
#include <string>

namespace hilo::testing {

/// A variable of the environment for the length of a scope; without a value it is taken away.
class EnvironmentVariable
{
  public:
    EnvironmentVariable(const char* name, const char* value) : name_(name)
    {
        if (const char* old = std::getenv(name)) {
            had_ = true;
            old_ = old;
        }
        value ? ::setenv(name, value, 1) : ::unsetenv(name);
    }
    ~EnvironmentVariable() { had_ ? ::setenv(name_, old_.c_str(), 1) : ::unsetenv(name_); }
    EnvironmentVariable(const EnvironmentVariable&) = delete;
    EnvironmentVariable& operator=(const EnvironmentVariable&) = delete;

  private:
    const char* name_;
    bool had_ = false;
    std::string old_;
};

/// Bytes that do not repeat.
inline std::string noise(std::size_t size, std::uint32_t seed = 1)
{
    std::string text(size, '\0');
    for (char& byte : text) {
        seed = seed * 1664525u + 1013904223u;
        byte = static_cast<char>(seed >> 24);
    }
    return text;
}

/// A server with a small model, and a cache for it.
struct HubFixture
{
    TemporaryFolder cache;
    HubServer server;
    HubSettings settings;
    FetchRequest request;

    HubFixture()
    {
        server.files["config.json"] = {"{\"model_type\": \"llama\"}", false, {}, -1, false};
        server.files["tokenizer.json"] = {"{}", false, {}, -1, false};
        server.files["model.safetensors"] = {noise(300'000), true, {}, -1, false};
        server.files["pytorch_model.bin"] = {noise(1000, 2), true, {}, -1, false};
        server.files["README.md"] = {"# Tiny", false, {}, -1, false};
        settings.endpoint = server.address();
        settings.cache = cache.path();
        settings.pieceBytes = 20'000;
        settings.firstPause = std::chrono::milliseconds(1);
        settings.attempts = 4;
        request.name = {RepositoryKind::Model, "acme", "tiny", ""};
    }

    Result<FetchedRepository> fetch(const Progress& progress = {}) const
    {
        return fetchRepository(request, settings, progress);
    }
    std::filesystem::path root() const { return cache / "models--acme--tiny"; }
    std::filesystem::path snapshot() const { return root() / "snapshots" / server.commit; }
    std::filesystem::path blob(const std::string& file) const
    {
        return root() / "blobs" / HubServer::hashOf(server.files.at(file));
    }
    std::filesystem::path incomplete(const std::string& file) const { return blob(file).string() + ".incomplete"; }
};

} // namespace hilo::testing
