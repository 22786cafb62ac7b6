// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "queue/work_notice.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace hilo {

/// Where notices go. Nothing is sent anywhere that is not named here.
struct NoticeTargets
{
    std::string command;    ///< for /bin/sh; sees HILO_PROJECT, HILO_EVENT, HILO_RUN, HILO_STUDY and HILO_TEXT
    std::string address;    ///< http or https: a POST with a JSON object of "title", "message", "text", "event", "run",
                            ///< "study", "project"
    bool plainText = false; ///< the POST has the sentence alone, and a header "Title" (as ntfy takes it)
    bool desktop = false;   ///< by notify-send, where that is installed

    bool any() const { return !command.empty() || !address.empty() || desktop; }
};

/// wrong usage: an address that is neither http nor https.
Status checkTargets(const NoticeTargets& targets);

/// Sends notices one after another on a thread of its own, so that a slow server holds nobody up. The destructor waits
/// for what is under way, at most for the limits below a notice.
class NoticeSender
{
  public:
    static constexpr int commandSeconds = 60; ///< a command that runs longer is ended
    static constexpr int postSeconds = 15;    ///< a POST that takes longer is given up

    /// complain: gets a sentence for each notice that could not be sent; called on the sender's thread.
    NoticeSender(NoticeTargets targets, std::string project, std::function<void(const std::string&)> complain);
    ~NoticeSender();
    NoticeSender(const NoticeSender&) = delete;
    NoticeSender& operator=(const NoticeSender&) = delete;

    void send(WorkNotice notice);

  private:
    void work();
    void deliver(const WorkNotice& notice);

    NoticeTargets targets_;
    std::string project_;
    std::function<void(const std::string&)> complain_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<WorkNotice> waiting_;
    bool ends_ = false;
    std::thread thread_;
};

} // namespace hilo
