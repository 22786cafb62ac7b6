// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hub/http_connection.h"
#include "hub/repository_name.h"

namespace hilo {

/// Whether the same request may succeed in a moment: a broken connection, a busy server.
bool isTransient(const HttpReply& reply);

/// A reply that is no success, for people: no access (private or gated), no such repository or revision, too many
/// requests, a broken line. what: "the list of its files", or the name of a file. Never holds the token.
Error hubError(const HttpReply& reply, const RepositoryName& name, const HubSettings& settings,
               const std::string& what);

/// "https://huggingface.co/datasets/org/name"
std::string pageOf(const RepositoryName& name, const HubSettings& settings);

} // namespace hilo
