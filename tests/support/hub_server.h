// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hilo::testing {

/// What a client asked for.
struct ServerRequest
{
    std::string method, path;                   ///< the path with its query, as it was sent
    std::map<std::string, std::string> headers; ///< names in lower case
    std::int64_t from = -1;                     ///< of "Range: bytes=FROM-LAST"
    std::int64_t last = -1;
};

struct ServerReply
{
    int status = 200;
    std::map<std::string, std::string> headers; ///< Content-Length is added
    std::string body;
    std::int64_t dropAfter = -1;  ///< bytes of the body after which the connection is closed; -1: never
    int pauseEvery = 0;           ///< milliseconds between parts of 4 KiB of the body
    std::int64_t saysLength = -1; ///< in Content-Length, instead of the body's
};

/// An HTTP server on a free port of this machine, until the end of the scope; each connection has a thread.
class HttpServer
{
  public:
    using Handler = std::function<ServerReply(const ServerRequest&)>;
    explicit HttpServer(Handler handler);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// "http://127.0.0.1:PORT"
    std::string address() const;
    std::vector<ServerRequest> requests() const;

  private:
    void accept();
    void serve(int connection);

    Handler handler_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> stopped_{false};
    mutable std::mutex mutex_;
    std::vector<ServerRequest> requests_;
    std::vector<std::thread> threads_;
    std::vector<int> open_;
    std::thread acceptor_;
};

/// body, or the part of it that was asked for with status 206.
ServerReply withRange(const ServerRequest& request, const std::string& body);

/// A hub with one repository, and beside it a store of large files on another port, to which it redirects.
class HubServer
{
  public:
    struct File
    {
        std::string content;
        bool isLarge = false;   ///< LFS: in the store, named by SHA-256
        std::string listedHash; ///< instead of the right one
        std::int64_t listedSize = -1;
        bool isUnlisted = false; ///< size and hash are in the headers only
    };
    HubServer();

    std::map<std::string, File> files;           ///< by name; to be set before the first request
    std::string repository = "models/acme/tiny"; ///< kind, owner, name
    std::string commit = std::string(40, 'c');
    std::vector<std::string> revisions = {"main", "refs/pr/1"};
    std::string token;                      ///< that is needed; empty: none
    std::string errorCode = "RepoNotFound"; ///< where it is missing
    /// Looks at a request first, to the hub (isStore false) or to the store; true: the reply is given.
    std::function<bool(const ServerRequest&, bool isStore, ServerReply&)> intercept;

    std::string address() const { return hub_.address(); }
    const HttpServer& hub() const { return hub_; }
    const HttpServer& store() const { return store_; }
    static std::string hashOf(const File& file);

  private:
    ServerReply answer(const ServerRequest& request);
    ServerReply answerOfStore(const ServerRequest& request);
    std::string listing() const;
    HttpServer store_;
    HttpServer hub_;
};

} // namespace hilo::testing
