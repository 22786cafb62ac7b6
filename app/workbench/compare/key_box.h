// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

#include <string>
#include <vector>

namespace hilo {

/// Chooses a key of settings and results: the common ones are in its list, any other can be typed.
class KeyBox : public QComboBox
{
    Q_OBJECT
  public:
    explicit KeyBox(const QString& key, QWidget* parent = nullptr);

    /// What typing is completed to.
    void setKeys(const std::vector<std::string>& keys);

  Q_SIGNALS:
    void keyChosen();
};

} // namespace hilo
