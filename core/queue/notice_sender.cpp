// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/notice_sender.h"

#include "base/c_strings.h"
#include "base/json.h"

#include <curl/curl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstring>
#include <memory>
#include <spawn.h>
#include <vector>

extern char** environ;

namespace hilo {
namespace {

using Words = std::vector<std::string>;

/// Runs a program in a group of its own and waits; an empty text when it succeeded.
std::string runLimited(Words command, const Words& more)
{
    Words environment;
    for (char** entry = environ; *entry; ++entry)
        environment.emplace_back(*entry);
    environment.insert(environment.end(), more.begin(), more.end());
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, command.front().c_str(), nullptr, &attributes, pointersTo(command).data(),
                                    pointersTo(environment).data());
    posix_spawnattr_destroy(&attributes);
    if (failed != 0)
        return std::string("it cannot be started: ") + std::strerror(failed);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(NoticeSender::commandSeconds);
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > end) {
            ::kill(-child, SIGKILL);
            waitpid(child, &status, 0);
            return "it took longer than " + std::to_string(NoticeSender::commandSeconds) + " s and was ended";
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return {};
    return WIFEXITED(status) ? "it ended with status " + std::to_string(WEXITSTATUS(status))
                             : "it was ended by signal " + std::to_string(WTERMSIG(status));
}

std::size_t dropBody(char*, std::size_t size, std::size_t count, void*)
{
    return size * count;
}

/// An empty text when the server took it.
std::string post(const std::string& address, const std::string& body, const Words& headers)
{
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), &curl_easy_cleanup);
    if (!handle)
        return "libcurl cannot be used";
    curl_slist* list = nullptr;
    for (const std::string& header : headers)
        list = curl_slist_append(list, header.c_str());
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> kept(list, &curl_slist_free_all);
    std::array<char, CURL_ERROR_SIZE> problem{};
    curl_easy_setopt(handle.get(), CURLOPT_URL, address.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT, static_cast<long>(NoticeSender::postSeconds));
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, dropBody);
    curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, problem.data());
    if (curl_easy_perform(handle.get()) != CURLE_OK)
        return problem.front() ? std::string(problem.data()) : "the transfer failed";
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    return status >= 200 && status < 300 ? std::string() : "the server answered " + std::to_string(status);
}

/// One line for a header or an argument.
std::string oneLine(std::string text)
{
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20)
            c = ' ';
    return text;
}

} // namespace

std::string nameOf(WorkNotice::Kind kind)
{
    switch (kind) {
    case WorkNotice::Kind::Finished:
        return "finished";
    case WorkNotice::Kind::Failed:
        return "failed";
    case WorkNotice::Kind::Stopped:
        return "stopped";
    case WorkNotice::Kind::Silent:
        return "silent";
    case WorkNotice::Kind::QueueEmpty:
        break;
    }
    return "queue-empty";
}

Status checkTargets(const NoticeTargets& targets)
{
    if (targets.address.empty() || targets.address.starts_with("https://") || targets.address.starts_with("http://"))
        return {};
    return failure(wrongUsage("\"" + targets.address + "\" is no address that can be posted to",
                              "it begins with https:// or http://"));
}

NoticeSender::NoticeSender(NoticeTargets targets, std::string project, std::function<void(const std::string&)> complain)
    : targets_(std::move(targets)), project_(std::move(project)), complain_(std::move(complain)),
      thread_([this] { work(); })
{
}

NoticeSender::~NoticeSender()
{
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void NoticeSender::send(WorkNotice notice)
{
    if (!targets_.any())
        return;
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(notice));
    }
    wake_.notify_one();
}

void NoticeSender::work()
{
    for (;;) {
        WorkNotice notice;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return ends_ || !waiting_.empty(); });
            if (waiting_.empty())
                return;
            notice = std::move(waiting_.front());
            waiting_.pop_front();
        }
        deliver(notice);
    }
}

void NoticeSender::deliver(const WorkNotice& notice)
{
    const std::string about = notice.run.empty() ? "the queue" : notice.run;
    const std::string title = oneLine("HILO: " + about + " " + nameOf(notice.kind));
    const std::string sentence = oneLine(notice.run.empty() ? notice.text : notice.run + ": " + notice.text);
    const auto judge = [this](const char* what, const std::string& problem) {
        if (!problem.empty())
            complain_(std::string(what) + " told nobody: " + problem + ".");
    };
    if (!targets_.command.empty())
        judge("The command of --on-end", runLimited({"/bin/sh", "-c", targets_.command},
                                                    {"HILO_PROJECT=" + project_, "HILO_EVENT=" + nameOf(notice.kind),
                                                     "HILO_RUN=" + notice.run, "HILO_TEXT=" + notice.text}));
    if (!targets_.address.empty() && targets_.plainText)
        judge("The POST",
              post(targets_.address, sentence, {"Content-Type: text/plain; charset=utf-8", "Title: " + title}));
    else if (!targets_.address.empty())
        judge("The POST", post(targets_.address,
                               Json({{"title", title},
                                     {"message", sentence},
                                     {"text", title + "\n" + sentence},
                                     {"event", nameOf(notice.kind)},
                                     {"run", notice.run},
                                     {"project", project_}})
                                   .dump(-1, ' ', false, Json::error_handler_t::replace),
                               {"Content-Type: application/json"}));
    if (targets_.desktop)
        judge("The desktop", runLimited({"notify-send", "--app-name=HILO Workbench", title, sentence}, {}));
}

} // namespace hilo
