// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace hilo {

/// Looks for the first of some texts in one that comes in parts, and holds back what may be the beginning of one.
class StopSearch
{
  public:
    explicit StopSearch(std::vector<std::string> stops) : stops_(std::move(stops)) {}

    /// What can be shown now. Nothing more comes once found().
    std::string push(const std::string& text);
    /// What was held back, at the end of the text.
    std::string finish();
    bool found() const { return found_; }

  private:
    std::vector<std::string> stops_;
    std::string held_;
    bool found_ = false;
};

} // namespace hilo
