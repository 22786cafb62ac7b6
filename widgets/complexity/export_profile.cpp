// SPDX-License-Identifier: GPL-3.0-or-later
#include "complexity/export_profile.h"

#include "base/atomic_file.h"
#include "base/text_format.h"
#include "common/plot.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMessageBox>

namespace hilo {
namespace {

void addRows(std::string& text, const std::string& signal, const std::string& module, const std::vector<double>& values)
{
    for (std::size_t layer = 0; layer < values.size(); ++layer)
        text += signal + "," + module + "," + std::to_string(layer) + printed(",%.9g\n", values[layer]);
}

} // namespace

Status writeProfileTable(const ProfileData& profile, const std::filesystem::path& path)
{
    std::string text = "signal,module,layer,value\n";
    for (const auto& [name, signal] : profile.profile.signals) {
        addRows(text, name, "", signal.layers);
        for (const auto& [module, values] : signal.modules)
            addRows(text, name, module, values);
    }
    return writeFileAtomically(path, text);
}

void saveChart(Plot& plot, const QString& name, QWidget* parent)
{
    const QString file =
        QFileDialog::getSaveFileName(parent, QCoreApplication::translate("saveChart", "Save chart"),
                                     name + QStringLiteral(".pdf"), QStringLiteral("PDF (*.pdf);;PNG (*.png)"));
    if (file.isEmpty())
        return;
    const bool written =
        file.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive) ? plot.savePng(file, 0, 0, 2) : plot.savePdf(file);
    if (!written)
        QMessageBox::warning(parent, QCoreApplication::translate("saveChart", "Save chart"),
                             QCoreApplication::translate("saveChart", "%1 cannot be written.").arg(file));
}

} // namespace hilo
