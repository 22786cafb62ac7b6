// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hilo {

/// McNemar's test (1947) of two runs on the same rows, with the exact binomial distribution: two-sided p of onlyFirst
/// rows that the first run alone answered rightly and onlySecond that the second alone did.
double mcnemarExact(std::int64_t onlyFirst, std::int64_t onlySecond);
/// The same with chi-square of one degree of freedom; corrected: Edwards' (1948) correction for continuity.
double mcnemarChiSquare(std::int64_t onlyFirst, std::int64_t onlySecond, bool corrected);

struct RowTest
{
    double p = 1;
    std::string method;
};

/// McNemar's test where several runs of each side answered the same rows. difference: for each row, how many of the
/// first side's runs were right less how many of the second's. Rows, not answers, are independent of one another; under
/// the null hypothesis a row's difference is as likely as its negative. Up to 2,000 answers that differ p is exact,
/// over all sign changes of the rows (Fisher's randomisation test; for one run a side it is mcnemarExact); beyond that
/// it is chi-square, (sum of d)^2 / (sum of d^2), of Durkalski et al. (2003), Statistics in Medicine 22, 2417.
RowTest mcnemarOfRows(std::span<const int> difference);
/// The same for rows of several tasks, each row's difference weighted by what it counts in the mean; always chi-square.
RowTest mcnemarOfWeightedRows(std::span<const double> difference);

} // namespace hilo
