// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub/hub_fixture.h"
#include "hub/hub_cache.h"
#include "hub/hub_text.h"
#include "hub/repository_name.h"

using namespace hilo;
using namespace hilo::testing;
namespace fs = std::filesystem;

HILO_TEST(readsNamesWithAndWithoutRevision)
{
    RepositoryName name = REQUIRE_OK(parseRepositoryName("HuggingFaceTB/SmolLM2-135M"));
    CHECK_EQ(name.repository(), "HuggingFaceTB/SmolLM2-135M");
    CHECK_EQ(name.revisionOrMain(), "main");
    name = REQUIRE_OK(parseRepositoryName("acme/a_b.c-1@refs/pr/1", RepositoryKind::Dataset));
    CHECK_EQ(name.revision, "refs/pr/1");
    CHECK_EQ(name.text(), "acme/a_b.c-1@refs/pr/1");
    CHECK_EQ(name.fetchCommand(), "hilo fetch --dataset acme/a_b.c-1@refs/pr/1");
}

HILO_TEST(refusesWhatIsNoName)
{
    for (const char* text : {"",       "gpt2",       "/",        "a/",         "/b",      "a/b/c",
                             "../b",   "./b",        "a/..",     "a/.b",       "-a/b",    "a/b-",
                             "a/b--c", "a/b..c",     "a b/c",    "a/b\n",      "a/b.git", "https://huggingface.co/a/b",
                             "a/b@",   "a/b@../x",   "a/b@/x",   "a/b@x//y",   "a/b@x y", "a/b@x\n",
                             "a/b@-x", "a/b@x/../y", "a/b@x/.y", "a/b@x.lock", "a/ü",     "a\\b/c",
                             "~/b"}) {
        const auto name = parseRepositoryName(text);
        if (name)
            fail(std::string(text) + " was taken", __FILE__, __LINE__);
        CHECK_CONTAINS(name.error().hint, "org/name");
    }
    REQUIRE_ERROR(parseRepositoryName("a/" + std::string(100, 'b')));
}

HILO_TEST(theCacheIsWhereTheVariablesSay)
{
    const EnvironmentVariable home("HOME", "/home/x");
    const EnvironmentVariable cache("XDG_CACHE_HOME", nullptr), hugging("HF_HOME", nullptr),
        old("HUGGINGFACE_HUB_CACHE", nullptr), hub("HF_HUB_CACHE", nullptr);
    CHECK_EQ(hubCacheFolder().string(), "/home/x/.cache/huggingface/hub");
    {
        const EnvironmentVariable own("XDG_CACHE_HOME", "/c");
        CHECK_EQ(hubCacheFolder().string(), "/c/huggingface/hub");
    }
    const EnvironmentVariable ownHome("HF_HOME", "~/hf");
    CHECK_EQ(hubCacheFolder().string(), "/home/x/hf/hub");
    const EnvironmentVariable ownHub("HF_HUB_CACHE", "/h");
    CHECK_EQ(hubCacheFolder().string(), "/h");
}

HILO_TEST(settingsComeFromTheEnvironment)
{
    const TemporaryFolder folder;
    writeText(folder / "token", " hf_file \n");
    const EnvironmentVariable home("HF_HOME", folder.path().c_str());
    const EnvironmentVariable hub("HF_HUB_CACHE", nullptr), old("HUGGINGFACE_HUB_CACHE", nullptr),
        path("HF_TOKEN_PATH", nullptr), token("HF_TOKEN", nullptr), oldToken("HUGGING_FACE_HUB_TOKEN", nullptr),
        endpoint("HF_ENDPOINT", nullptr), offline("HF_HUB_OFFLINE", nullptr), other("TRANSFORMERS_OFFLINE", nullptr);
    HubSettings settings = REQUIRE_OK(hubSettingsFromEnvironment());
    CHECK_EQ(settings.endpoint, "https://huggingface.co");
    CHECK_EQ(settings.token, "hf_file");
    CHECK(!settings.offline);
    const EnvironmentVariable ownToken("HF_TOKEN", "hf_own"), ownEndpoint("HF_ENDPOINT", "http://mirror:8080/"),
        ownOffline("HF_HUB_OFFLINE", "1");
    settings = REQUIRE_OK(hubSettingsFromEnvironment());
    CHECK_EQ(settings.endpoint, "http://mirror:8080");
    CHECK_EQ(settings.token, "hf_own");
    CHECK(settings.offline);
    const EnvironmentVariable badToken("HF_TOKEN", "hf\r\nEvil: 1");
    CHECK(describe(REQUIRE_ERROR(hubSettingsFromEnvironment())).find("Evil") == std::string::npos);
    const EnvironmentVariable goodToken("HF_TOKEN", "hf"), badEndpoint("HF_ENDPOINT", "ftp://user:pw@x");
    const std::string text = describe(REQUIRE_ERROR(hubSettingsFromEnvironment()));
    CHECK(text.find("pw") == std::string::npos);
}

HILO_TEST(addressesAreComparedAndShown)
{
    CHECK_EQ(originOf("https://Hub.co/x?y"), "https://hub.co:443");
    CHECK(originOf("http://a:80/") == originOf("http://a/b"));
    CHECK(originOf("http://a:81/") != originOf("http://a/"));
    CHECK(originOf("https://a/") != originOf("http://a/"));
    CHECK_EQ(originOf("file:///etc/passwd"), "");
    CHECK_EQ(originOf("nonsense"), "");
    CHECK_EQ(shownAddress("https://u:p@host/a/b?sig=1#x"), "https://host/a/b");
    CHECK_EQ(percentEncoded("a b/ü#?.txt", true), "a%20b/%C3%BC%23%3F.txt");
    CHECK_EQ(percentEncoded("refs/pr/1", false), "refs%2Fpr%2F1");
}
