// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_fixture.h"
#include "hub/repository_listing.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

namespace {

bool isForWeights(const ServerRequest& request)
{
    return request.path.find("model.safetensors") != std::string::npos;
}

std::string content(const HubFixture& hub)
{
    return hub.server.files.at("model.safetensors").content;
}

/// Nothing of a file that was not good may stay under its name.
void checkNothingKept(const HubFixture& hub)
{
    CHECK(!fs::exists(hub.snapshot() / "model.safetensors"));
    CHECK(!fs::exists(hub.blob("model.safetensors")));
}

} // namespace

HILO_TEST(droppedConnectionsAreTakenUpAgain)
{
    for (const int connections : {1, 4}) {
        HubFixture hub;
        hub.settings.connections = connections;
        std::atomic<int> dropped{0};
        hub.server.intercept = [&](const ServerRequest& request, bool isStore, ServerReply& reply) {
            if (!isStore || ++dropped % 3 == 0)
                return false;
            reply = withRange(request, hub.server.files.at("model.safetensors").content);
            reply.dropAfter = 7'000;
            return true;
        };
        REQUIRE_OK(hub.fetch());
        CHECK(readText(hub.snapshot() / "model.safetensors") == content(hub));
        CHECK(dropped >= 3);
    }
}

HILO_TEST(aServerThatIsBusyIsAskedAgainAndOneThatStaysSoIsGivenUp)
{
    for (const int status : {429, 500, 502, 503, 504}) {
        HubFixture hub;
        hub.settings.connections = 1;
        std::atomic<int> atHub{0}, atStore{0}, count{0};
        hub.server.intercept = [&](const ServerRequest&, bool isStore, ServerReply& reply) {
            reply.status = status;
            return ++(isStore ? atStore : atHub) % 2 != 0;
        };
        REQUIRE_OK(hub.fetch());
        hub.server.intercept = [&](const ServerRequest&, bool, ServerReply& reply) {
            reply.status = status;
            ++count;
            return true;
        };
        const Error error = REQUIRE_ERROR(hub.fetch());
        CHECK_EQ(count.load(), hub.settings.attempts);
        CHECK_CONTAINS(error.message, std::to_string(status));
        CHECK_CONTAINS(error.hint, "hilo fetch acme/tiny");
    }
}

HILO_TEST(retryAfterIsHonoured)
{
    HubFixture hub;
    std::atomic<int> count{0};
    hub.server.intercept = [&](const ServerRequest&, bool, ServerReply& reply) {
        reply.status = 429;
        reply.headers["Retry-After"] = "1";
        return ++count == 1;
    };
    const auto begin = std::chrono::steady_clock::now();
    REQUIRE_OK(hub.fetch());
    CHECK(std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(900));
    // Longer than anybody waits: said at once.
    hub.server.intercept = [&](const ServerRequest&, bool, ServerReply& reply) {
        reply.status = 429;
        reply.headers["Retry-After"] = "86400";
        ++count;
        return true;
    };
    count = 0;
    CHECK_CONTAINS(REQUIRE_ERROR(hub.fetch()).hint, "too many requests");
    CHECK_EQ(count.load(), 1);
}

HILO_TEST(serversWithoutRangesAreReadAsAWhole)
{
    HubFixture hub;
    std::atomic<int> count{0};
    hub.server.intercept = [&](const ServerRequest&, bool isStore, ServerReply& reply) {
        if (!isStore)
            return false;
        reply.body = hub.server.files.at("model.safetensors").content;
        if (++count % 2 == 0)
            reply.dropAfter = 150'000;
        return true;
    };
    fs::create_directories(hub.root() / "blobs");
    writeText(hub.incomplete("model.safetensors"), content(hub).substr(0, 50'000));
    REQUIRE_OK(hub.fetch());
    CHECK(readText(hub.snapshot() / "model.safetensors") == content(hub));
}

HILO_TEST(whatHasAnotherHashIsThrownAway)
{
    for (const bool isLarge : {true, false}) {
        HubFixture hub;
        hub.server.files["model.safetensors"].isLarge = isLarge;
        hub.server.files["model.safetensors"].listedHash = std::string(isLarge ? 64 : 40, 'a');
        const Error error = REQUIRE_ERROR(hub.fetch());
        CHECK(error.code == ErrorCode::BadInput);
        CHECK_CONTAINS(error.message, "its hash is " + HubServer::hashOf(hub.server.files["model.safetensors"]));
        checkNothingKept(hub);
        const std::string listed = hub.server.files["model.safetensors"].listedHash;
        CHECK(!fs::exists(hub.root() / "blobs" / listed));
        CHECK(!fs::exists(hub.root() / "blobs" / (listed + ".incomplete")));
    }
}

HILO_TEST(whatHasAnotherSizeIsRefused)
{
    for (const int connections : {1, 4})
        for (const std::int64_t size : {0, 100, 299'999, 300'001, 400'000}) {
            HubFixture hub;
            hub.settings.connections = connections;
            hub.server.files["model.safetensors"].listedSize = size;
            CHECK(REQUIRE_ERROR(hub.fetch()).code == ErrorCode::BadInput);
            checkNothingKept(hub);
        }
}

/// A page of whoever has to be logged in at first, say: whole, but another file. Asking again would bring it again.
HILO_TEST(aWholeReplyOfAnotherLengthIsRefusedAtOnce)
{
    for (const int connections : {1, 4})
        for (const std::size_t length : {std::size_t{0}, std::size_t{700}, std::size_t{400'000}}) {
            HubFixture hub;
            hub.settings.connections = connections;
            std::atomic<int> count{0};
            hub.server.intercept = [&](const ServerRequest& request, bool, ServerReply& reply) {
                if (!isForWeights(request) || request.method == "HEAD")
                    return false;
                reply = ServerReply();
                reply.body = std::string(length, 'x');
                ++count;
                return true;
            };
            const Error error = REQUIRE_ERROR(hub.fetch());
            CHECK(error.code == ErrorCode::BadInput);
            CHECK_CONTAINS(error.message, "sends " + std::to_string(length) + ".");
            CHECK(count <= connections + 1);
            checkNothingKept(hub);
        }
}

HILO_TEST(anotherPartThanWasAskedForIsRefused)
{
    for (const int connections : {1, 4}) {
        HubFixture hub;
        hub.settings.connections = connections;
        hub.server.intercept = [&](const ServerRequest& request, bool isStore, ServerReply& reply) {
            if (!isStore || request.from <= 0)
                return false;
            reply = withRange(request, hub.server.files.at("model.safetensors").content);
            reply.headers["Content-Range"] = "bytes 5-100/300000";
            return true;
        };
        fs::create_directories(hub.root() / "blobs");
        writeText(hub.incomplete("model.safetensors"), content(hub).substr(0, 50'000));
        CHECK(REQUIRE_ERROR(hub.fetch()).code == ErrorCode::BadInput);
        checkNothingKept(hub);
    }
}

HILO_TEST(noAccessIsExplained)
{
    HubFixture hub;
    hub.server.token = "hf_secret";
    hub.server.errorCode = "GatedRepo";
    Error error = REQUIRE_ERROR(hub.fetch());
    CHECK_CONTAINS(error.message, "gated");
    CHECK_CONTAINS(error.hint, hub.server.address() + "/acme/tiny");
    CHECK_CONTAINS(error.hint, "HF_TOKEN");
    hub.server.errorCode = "RepoNotFound";
    CHECK_CONTAINS(REQUIRE_ERROR(hub.fetch()).message, "or it is private");
    hub.settings.token = "hf_wrong";
    error = REQUIRE_ERROR(hub.fetch());
    CHECK_CONTAINS(error.message, "no access");
    CHECK(describe(error).find("hf_wrong") == std::string::npos);
    hub.settings.token = "hf_secret";
    REQUIRE_OK(hub.fetch());
}

HILO_TEST(theTokenGoesToTheHubAlone)
{
    HubFixture hub;
    hub.server.token = hub.settings.token = "hf_secret";
    REQUIRE_OK(hub.fetch());
    for (const ServerRequest& request : hub.server.hub().requests())
        CHECK_EQ(request.headers.at("authorization"), "Bearer hf_secret");
    CHECK(!hub.server.store().requests().empty());
    for (const ServerRequest& request : hub.server.store().requests())
        CHECK(!request.headers.contains("authorization"));
}

HILO_TEST(neitherTokenNorSignatureStandsInAMessage)
{
    HubFixture hub;
    hub.server.token = hub.settings.token = "hf_secret";
    for (const int status : {400, 403, 404, 500}) {
        hub.server.intercept = [status](const ServerRequest&, bool isStore, ServerReply& reply) {
            reply.status = status;
            return isStore;
        };
        const std::string text = describe(REQUIRE_ERROR(hub.fetch()));
        CHECK(text.find("secret") == std::string::npos);
    }
}

HILO_TEST(whatIsNotThereIsNamed)
{
    HubFixture hub;
    hub.request.name.revision = "v9";
    CHECK_CONTAINS(REQUIRE_ERROR(hub.fetch()).message, "no revision \"v9\"");
    hub.request.name = {RepositoryKind::Model, "acme", "absent", ""};
    CHECK_CONTAINS(REQUIRE_ERROR(hub.fetch()).message, "no model acme/absent");
    CHECK(!fs::exists(hub.cache / "models--acme--absent"));
}

HILO_TEST(noServerAndNoNetworkAreSaid)
{
    HubFixture hub;
    hub.settings.attempts = 2;
    {
        const HttpServer gone([](const ServerRequest&) { return ServerReply(); });
        hub.settings.endpoint = gone.address();
    }
    CHECK_CONTAINS(REQUIRE_ERROR(hub.fetch()).hint, "online");
    hub.settings.offline = true;
    CHECK_CONTAINS(REQUIRE_ERROR(hub.fetch()).message, "HF_HUB_OFFLINE");
}

HILO_TEST(redirectionsWithoutEndOrToOtherProtocolsAreRefused)
{
    for (const std::string& place :
         {std::string("self"), std::string("file:///etc/passwd"), std::string("ftp://x/y")}) {
        HubFixture hub;
        hub.server.intercept = [&](const ServerRequest& request, bool isStore, ServerReply& reply) {
            if (isStore || !isForWeights(request))
                return false;
            reply.status = 302;
            reply.headers["Location"] = place == "self" ? request.path : place;
            return true;
        };
        CHECK(REQUIRE_ERROR(hub.fetch()).code == ErrorCode::BadInput);
        checkNothingKept(hub);
    }
}

HILO_TEST(namesThatLeaveTheirFolderAreRefused)
{
    for (const char* name : {"../evil.json", "/tmp/evil.json", "a/../../evil.json", "a//b.json", "./config.json", "..",
                             "a\\..\\b.json", "a\nb.json", ""}) {
        HubFixture hub;
        hub.server.files[name] = {"x", false, {}, -1, false};
        hub.request.include = {"*"};
        CHECK(REQUIRE_ERROR(hub.fetch()).code == ErrorCode::BadInput);
        CHECK(!fs::exists(hub.root()));
    }
}

HILO_TEST(hashesThatAreNoneAreRefused)
{
    for (const char* hash : {"../../../evil", "abc", "ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD"}) {
        HubFixture hub;
        for (const char* file : {"config.json", "model.safetensors"}) {
            hub.server.files[file].listedHash = hash;
            CHECK(REQUIRE_ERROR(hub.fetch()).code == ErrorCode::BadInput);
            CHECK(!fs::exists(hub.root()));
            hub.server.files[file].listedHash.clear();
        }
    }
}

HILO_TEST(listsThatAreNoneAreRefused)
{
    for (const char* text : {"", "<html>", "[]", "{}", R"({"sha": "../x", "siblings": []})",
                             R"({"sha": "cccccccccccccccccccccccccccccccccccccccc", "siblings": {}})",
                             R"({"sha": "cccccccccccccccccccccccccccccccccccccccc", "siblings": [1]})",
                             R"({"sha": "cccccccccccccccccccccccccccccccccccccccc", "siblings": [{"size": 1}]})",
                             R"({"sha": "cccccccccccccccccccccccccccccccccccccccc", "siblings": []})",
                             R"({"sha": "cccccccccccccccccccccccccccccccccccccccc",
                                 "siblings": [{"rfilename": "config.json", "size": -4}]})"}) {
        HubFixture hub;
        hub.server.intercept = [text](const ServerRequest&, bool, ServerReply& reply) {
            reply.body = text;
            return true;
        };
        CHECK(REQUIRE_ERROR(hub.fetch()).code == ErrorCode::BadInput);
        CHECK(!fs::exists(hub.root()));
    }
}

HILO_TEST(aDiskThatIsTooSmallIsFoundBeforeAnythingIsFetched)
{
    HubFixture hub;
    hub.server.files["model.safetensors"].listedSize = std::int64_t{1} << 49;
    const Error error = REQUIRE_ERROR(hub.fetch());
    CHECK(error.code == ErrorCode::NoSpace);
    CHECK(hub.server.store().requests().empty());
}
