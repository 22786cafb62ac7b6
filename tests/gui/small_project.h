// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>

namespace hilo {

/// A project like the sample one, small enough for tests: a Llama of 3 layers of width 16 with random weights, the
/// sample's tokenizer and some of its rows, two maps and a run spec.
class SmallProject
{
  public:
    SmallProject();

    /// Empty when making it failed; problem() says why.
    QString folder() const { return folder_; }
    QString problem() const { return problem_; }
    QString model() const { return folder_ + QStringLiteral("/base"); }
    /// Writes a complexity profile with two signals and returns its path.
    QString addProfile() const;

  private:
    QTemporaryDir temporary_;
    QString folder_;
    QString problem_;
};

} // namespace hilo
