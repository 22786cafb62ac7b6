// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/study_figure.h"

#include "study/study_learning_figure.h"
#include "study/study_matrix_figure.h"
#include "study/study_ranks_figure.h"
#include "study/study_values_figure.h"

namespace hilo {

std::string studyFigure(const StudyReport& report, StudyFigure figure, const StudyFigureOptions& options)
{
    switch (figure) {
    case StudyFigure::Values:
        return valuesFigure(report, options);
    case StudyFigure::Ranks:
        return ranksFigure(report, options.colours);
    case StudyFigure::Matrix:
        return matrixFigure(report, options.colours);
    case StudyFigure::Learning:
        return learningFigure(report, options.colours);
    }
    return {};
}

} // namespace hilo
