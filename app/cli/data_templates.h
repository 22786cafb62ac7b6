// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console.h"

namespace hilo::cli {

/// `hilo data --templates`: the templates of resources/prompts with what each is for and rows that it can write.
Status listTemplates(Console& console);

} // namespace hilo::cli
