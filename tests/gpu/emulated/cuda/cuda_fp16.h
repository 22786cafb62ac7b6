// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <c10/util/Half.h>

using __half = c10::Half;
