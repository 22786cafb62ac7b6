// SPDX-License-Identifier: GPL-3.0-or-later
#include "hub/hub_error.h"

#include "base/shown_text.h"
#include "hub/hub_text.h"

#include <algorithm>
#include <array>

namespace hilo {
namespace {

std::string kindOf(const RepositoryName& name)
{
    return name.kind == RepositoryKind::Model ? "model" : "data set";
}

/// A private repository and one that is not there look the same to a stranger.
Error noAccess(const RepositoryName& name, const HubSettings& settings, bool isGated)
{
    const std::string page = shownAddress(pageOf(name, settings));
    if (isGated)
        return badInput({}, {}, name.repository() + " is gated: its licence has to be accepted before it is given out.",
                        settings.token.empty()
                            ? "Accept it at " + page + ", make a token at " + shownAddress(settings.endpoint) +
                                  "/settings/tokens, and set HF_TOKEN to it."
                            : "Accept it at " + page +
                                  " with the account that the token belongs to; the token must be "
                                  "allowed to read gated repositories.");
    if (settings.token.empty())
        return badInput({}, {},
                        "There is no " + kindOf(name) + " " + name.repository() + ", or it is private (" + page + ").",
                        "Look at the name; for a private one set HF_TOKEN to a token of yours.");
    return badInput({}, {}, "The hub gives no access to " + name.repository() + " with this token.",
                    "Look at the name and at HF_TOKEN: the token may have ended, or may not read " + page + ".");
}

} // namespace

bool isTransient(const HttpReply& reply)
{
    if (!reply.problem.empty())
        return reply.mayPass;
    constexpr std::array statuses = {408L, 425L, 429L, 500L, 502L, 503L, 504L};
    return std::find(statuses.begin(), statuses.end(), reply.status) != statuses.end();
}

std::string pageOf(const RepositoryName& name, const HubSettings& settings)
{
    return settings.endpoint + (name.kind == RepositoryKind::Dataset ? "/datasets/" : "/") + name.repository();
}

Error hubError(const HttpReply& reply, const RepositoryName& name, const HubSettings& settings, const std::string& what)
{
    const std::string again = "Try again later: " + name.fetchCommand() + " goes on where it stopped.";
    if (!reply.problem.empty())
        return badInput({}, {},
                        name.repository() + ": " + shown(what) + " could not be fetched. " + shown(reply.problem, 400),
                        reply.mayPass ? "Is this machine online? " + again
                                      : "Look at HF_ENDPOINT, and at the certificates and proxy of this machine.");
    const std::string code = reply.header("x-error-code");
    const bool isOfHub = originOf(reply.address) == originOf(settings.endpoint);
    if (code == "GatedRepo")
        return noAccess(name, settings, true);
    if (code == "RevisionNotFound" || (reply.status == 404 && isOfHub && code.empty() && !name.revision.empty()))
        return badInput({}, {},
                        "There is no revision \"" + shown(name.revisionOrMain()) + "\" of " + name.repository() +
                            (code.empty() ? ", or no such " + kindOf(name) + "." : "."),
                        "Its branches and tags are at " + shownAddress(pageOf(name, settings)) + "/tree/main.");
    if (code == "RepoNotFound" || (reply.status == 401 && isOfHub))
        return noAccess(name, settings, false);
    if (reply.status == 403 && isOfHub)
        return noAccess(name, settings, code.empty());
    if (reply.status == 404 && isOfHub && code != "EntryNotFound")
        return badInput({}, {},
                        "There is no " + kindOf(name) + " " + name.repository() + " at " +
                            shownAddress(settings.endpoint) + ".",
                        "Look at the name; letters' case counts.");
    std::string said = shown(reply.header("x-error-message"), 200);
    if (!said.empty())
        said = " (" + said + ")";
    return badInput({}, {},
                    name.repository() + ": " + shown(what) + " could not be fetched: " + originOf(reply.address) +
                        " answered " + std::to_string(reply.status) + said + ".",
                    reply.status == 429 ? "That were too many requests. A token (HF_TOKEN) is allowed more. " + again
                                        : again);
}

} // namespace hilo
