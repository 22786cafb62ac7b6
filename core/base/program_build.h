// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/facts.h"

namespace hilo {

/// How this program was built: compiler, kind of build, git's commit where it was built from a checkout. Of programs
/// only (resources/cmake/HiloProgramBuild.cmake): a library that called it would be linked anew after every commit.
Facts programBuildFacts();

} // namespace hilo
