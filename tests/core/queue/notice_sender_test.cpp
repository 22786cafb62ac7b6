// SPDX-License-Identifier: GPL-3.0-or-later
#include "queue/notice_sender.h"

#include "base/atomic_file.h"
#include "base/json.h"

#include "worker_fixture.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

/// A server that takes one request, answers with a status and keeps what came.
class OneRequest
{
  public:
    explicit OneRequest(std::string status) : status_(std::move(status))
    {
        listener_ = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        CHECK_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), length), 0);
        CHECK_EQ(listen(listener_, 1), 0);
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
        port = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    /// What the client sent.
    std::string request()
    {
        thread_.join();
        close(listener_);
        return text_;
    }
    std::string address() const { return "http://127.0.0.1:" + std::to_string(port) + "/topic"; }

    int port = 0;

  private:
    void serve()
    {
        const int client = accept(listener_, nullptr, nullptr);
        char part[4096];
        for (std::size_t body = std::string::npos; body == std::string::npos || text_.size() < body;) {
            const ssize_t got = read(client, part, sizeof part);
            if (got <= 0)
                break;
            text_.append(part, static_cast<std::size_t>(got));
            const auto end = text_.find("\r\n\r\n");
            const auto length = text_.find("Content-Length: ");
            if (end != std::string::npos && length != std::string::npos)
                body = end + 4 + std::stoul(text_.substr(length + 16));
        }
        const std::string reply = "HTTP/1.1 " + status_ + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        CHECK_EQ(write(client, reply.data(), reply.size()), static_cast<ssize_t>(reply.size()));
        close(client);
    }

    std::string status_, text_;
    int listener_ = -1;
    std::thread thread_;
};

std::string problemsOf(const NoticeTargets& targets, const WorkNotice& notice)
{
    std::string problems;
    {
        NoticeSender sender(targets, "/projects/mine", [&problems](const std::string& one) { problems += one + "\n"; });
        sender.send(notice);
    }
    return problems;
}

} // namespace

HILO_TEST(aCommandSeesWhatHappened)
{
    const TemporaryFolder folder;
    const fs::path file = folder / "told";
    NoticeTargets targets;
    targets.command =
        "printf '%s|%s|%s|%s|%s' \"$HILO_PROJECT\" \"$HILO_EVENT\" \"$HILO_RUN\" \"$HILO_STUDY\" \"$HILO_TEXT\" > '" +
        file.string() + "'";
    CHECK_EQ(problemsOf(targets, {WorkNotice::Kind::Failed, "a", "failed. No \"memory\"; $(x)"}), "");
    CHECK_EQ(REQUIRE_OK(readFile(file)), "/projects/mine|failed|a||failed. No \"memory\"; $(x)");
    CHECK_EQ(problemsOf(targets, {WorkNotice::Kind::Finished, "", "4 runs finished.", "S"}), "");
    CHECK_EQ(REQUIRE_OK(readFile(file)), "/projects/mine|study-finished||S|4 runs finished.");
    targets.command = "exit 3";
    CHECK_CONTAINS(problemsOf(targets, {}), "ended with status 3");
}

HILO_TEST(aPostHoldsTheSame)
{
    OneRequest json("200 OK");
    NoticeTargets targets;
    targets.address = json.address();
    CHECK_EQ(problemsOf(targets, {WorkNotice::Kind::Finished, "a", "finished, accuracy 81.3 %."}), "");
    const std::string request = json.request();
    CHECK(request.starts_with("POST /topic HTTP/1.1\r\n"));
    const Json body = REQUIRE_OK(parseJson(request.substr(request.find("\r\n\r\n") + 4), "request"));
    CHECK_EQ(body["event"].get<std::string>(), "finished");
    CHECK_EQ(body["message"].get<std::string>(), "a: finished, accuracy 81.3 %.");
    OneRequest text("204 No Content");
    targets.address = text.address();
    targets.plainText = true;
    CHECK_EQ(problemsOf(targets, {WorkNotice::Kind::QueueEmpty, "", "The queue is\nempty."}), "");
    const std::string plain = text.request();
    CHECK_CONTAINS(plain, "Title: HILO: the queue is empty\r\n");
    CHECK(plain.ends_with("\r\n\r\nThe queue is empty."));
}

HILO_TEST(whatCannotBeToldIsSaid)
{
    OneRequest server("500 Internal Server Error");
    NoticeTargets targets;
    targets.address = server.address();
    CHECK_CONTAINS(problemsOf(targets, {}), "answered 500");
    server.request();
    targets.address = "http://127.0.0.1:1/";
    CHECK_CONTAINS(problemsOf(targets, {}), "The POST told nobody");
    targets.address = "file:///etc/passwd";
    CHECK_CONTAINS(REQUIRE_ERROR(checkTargets(targets)).message, "no address");
}

HILO_TEST(theWorkerGivesNoticeOfEveryEnd)
{
    WorkerFixture fixture;
    for (const char* id : {"one", "fail-two"})
        fixture.queue(id);
    std::string told;
    WorkOptions options = fixture.options();
    options.notice = [&told](const WorkNotice& notice) { told += eventOf(notice) + " " + notice.run + "\n"; };
    REQUIRE_OK(Worker(fixture.opened, options).work());
    CHECK_EQ(told, "finished one\nfailed fail-two\n");
}
