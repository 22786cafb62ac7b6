// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/notice_sender.h"

#include "base/json.h"
#include "queue/child_program.h"

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <cstring>
#include <memory>
#include <vector>

namespace hilo {
namespace {

using Words = std::vector<std::string>;

/// An empty text when it succeeded.
std::string runLimited(Words command, std::vector<std::pair<std::string, std::string>> more)
{
    ChildOptions options;
    options.environment = std::move(more);
    options.limit = std::chrono::seconds(NoticeSender::commandSeconds);
    const auto outcome = runChild(std::move(command), options);
    return outcome ? outcome->problem() : outcome.error().message;
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

} // namespace

std::string eventOf(const WorkNotice& notice)
{
    return (notice.study.empty() ? "" : "study-") + nameOf(notice.kind);
}

std::string titleOf(const WorkNotice& notice)
{
    if (!notice.study.empty())
        return "study " + notice.study + " " + nameOf(notice.kind);
    if (notice.run.empty())
        return "the queue is empty";
    return notice.run + (notice.kind == WorkNotice::Kind::Silent ? " stands still" : " " + nameOf(notice.kind));
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
    const std::string about = notice.study.empty() ? notice.run : notice.study;
    const std::string title = oneLine("HILO: " + titleOf(notice));
    const std::string sentence = oneLine(about.empty() ? notice.text : about + ": " + notice.text);
    const auto judge = [this](const char* what, const std::string& problem) {
        if (!problem.empty())
            complain_(std::string(what) + " told nobody: " + problem + ".");
    };
    if (!targets_.command.empty())
        judge("The command of --on-end",
              runLimited({"/bin/sh", "-c", targets_.command}, {{"HILO_PROJECT", project_},
                                                               {"HILO_EVENT", eventOf(notice)},
                                                               {"HILO_RUN", notice.run},
                                                               {"HILO_STUDY", notice.study},
                                                               {"HILO_TEXT", oneLine(notice.text)}}));
    if (!targets_.address.empty() && targets_.plainText)
        judge("The POST",
              post(targets_.address, sentence, {"Content-Type: text/plain; charset=utf-8", "Title: " + title}));
    else if (!targets_.address.empty())
        judge("The POST", post(targets_.address,
                               Json({{"title", title},
                                     {"message", sentence},
                                     {"text", title + "\n" + sentence},
                                     {"event", eventOf(notice)},
                                     {"run", notice.run},
                                     {"study", notice.study},
                                     {"project", project_}})
                                   .dump(-1, ' ', false, Json::error_handler_t::replace),
                               {"Content-Type: application/json"}));
    if (targets_.desktop)
        judge("The desktop", runLimited({"notify-send", "--app-name=HILO Workbench", title, sentence}, {}));
}

} // namespace hilo
