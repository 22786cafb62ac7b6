// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

struct dim3
{
    unsigned x;
    unsigned y;
    unsigned z;
    constexpr dim3(unsigned width = 1, unsigned height = 1, unsigned depth = 1) : x(width), y(height), z(depth) {}
};
