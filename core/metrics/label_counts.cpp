// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/label_counts.h"

namespace hilo {

double LabelCounts::rows() const
{
    double sum = 0;
    for (const Cell& cell : cells)
        sum += cell.rows;
    return sum;
}

double LabelCounts::correct() const
{
    double sum = 0;
    for (const Cell& cell : cells)
        sum += cell.right == cell.given ? cell.rows : 0;
    return sum;
}

std::vector<double> LabelCounts::ofRight() const
{
    std::vector<double> sums(labels + 1, 0);
    for (const Cell& cell : cells)
        sums[cell.right] += cell.rows;
    return sums;
}

std::vector<double> LabelCounts::ofGiven() const
{
    std::vector<double> sums(labels + 1, 0);
    for (const Cell& cell : cells)
        sums[cell.given == noAnswer ? labels : cell.given] += cell.rows;
    return sums;
}

std::vector<double> LabelCounts::ofBoth() const
{
    std::vector<double> sums(labels + 1, 0);
    for (const Cell& cell : cells)
        if (cell.right == cell.given)
            sums[cell.right] += cell.rows;
    return sums;
}

} // namespace hilo
