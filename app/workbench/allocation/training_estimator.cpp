// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/training_estimator.h"

#include "background.h"
#include "common/numbers.h"
#include "program_runner.h"
#include "project_session.h"
#include "run/run_spec.h"

#include <QDir>
#include <QFileInfo>

namespace hilo {
namespace {

struct Found
{
    QString file;
    std::optional<RunSpec> spec;
};

/// The project's run settings that were written last: what the next run will most likely be like.
Found newestSpec(const QString& folder)
{
    QFileInfoList files =
        QDir(folder + QStringLiteral("/specs")).entryInfoList({QStringLiteral("*.run.json")}, QDir::Files);
    for (const QFileInfo& run : QDir(folder + QStringLiteral("/runs")).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (const QFileInfo file(run.filePath() + QStringLiteral("/run.json")); file.exists())
            files << file;
    std::sort(files.begin(), files.end(),
              [](const QFileInfo& a, const QFileInfo& b) { return a.lastModified() > b.lastModified(); });
    for (const QFileInfo& file : files)
        if (auto spec = readRunSpec(file.filePath().toStdString()))
            return {file.filePath(), std::move(*spec)};
    return {};
}

} // namespace

TrainingEstimator::TrainingEstimator(const ProjectSession& session, QObject* parent)
    : QObject(parent), session_(session), program_(new ProgramRunner(this))
{
}

void TrainingEstimator::projectOpened()
{
    program_->cancel();
    const TrainingSpec defaults;
    settings_ = {};
    constants_ = {};
    settings_.batch = largestBatch(defaults.batchSize, defaults.maxLength);
    about_ = tr("The most that the default settings of training allow: %1 rows of %2 tokens, float32")
                 .arg(defaults.batchSize)
                 .arg(defaults.maxLength);
    Q_EMIT changed();
    if (!session_.model() || !session_.model()->weights)
        return;
    inBackground(
        this, [folder = session_.folder()] { return folder.isEmpty() ? Found{} : newestSpec(folder); },
        [this, model = session_.path()](const Found& found) {
            if (model != session_.path())
                return;
            if (!found.spec)
                return;
            settings_.batch = largestBatch(found.spec->training.batchSize, found.spec->training.maxLength);
            const QString name = QString::fromStdString(found.spec->name);
            about_ = tr("The most that the settings of %1 allow").arg(name);
            Q_EMIT changed();
            program_->ask({QStringLiteral("estimate"), QString::fromStdString(session_.model()->path.string()),
                           QStringLiteral("--run"), found.file},
                          [this, name](const Result<Json>& answer) { take(answer, name); });
        });
}

void TrainingEstimator::take(const Result<Json>& answer, const QString& name)
{
    const Json* batch = answer && answer->contains("batch") ? &(*answer)["batch"] : nullptr;
    if (!batch || !batch->is_object()) {
        about_ = tr("The most that the settings of %1 allow; its rows could not be measured").arg(name);
        if (!answer)
            about_ += QLatin1Char('\n') + QString::fromStdString(describe(answer.error()));
        Q_EMIT changed();
        return;
    }
    const auto number = [batch](const char* key) {
        return batch->contains(key) && (*batch)[key].is_number() ? (*batch)[key].get<double>() : 0.0;
    };
    const auto whole = [&number](const char* key) { return static_cast<std::int64_t>(number(key)); };
    settings_.batch = {whole("tokens"),       whole("attention_pairs"),
                       whole("labels"),       number("tokens_per_micro_batch"),
                       number("mean_length"), whole("micro_batches")};
    settings_.baseBytes = whole("base_bytes") == 2 ? 2 : 4;
    settings_.evaluationBytes = whole("evaluation_bytes");
    settings_.readingBytes = whole("reading_bytes");
    settings_.untouchedBytes = whole("untouched_bytes");
    settings_.flopsPerSecond = number("flops_per_second");
    settings_.recomputeActivations = batch->value("recompute", false);
    settings_.onGpu = batch->value("device", std::string("cpu")) != "cpu";
    settings_.linearBytes = quantisedBytes(batch->value("quantisation", std::string("none")));
    constants_ = settings_.onGpu ? gpuConstants() : cpuConstants();
    if (const std::int64_t process = whole("process_bytes"); process > 0)
        constants_.processBytes = process;
    about_ = tr("With the settings of %1: %n micro-batch(es) of at most %2 tokens", nullptr,
                static_cast<int>(settings_.batch.microBatches))
                 .arg(name)
                 .arg(settings_.batch.tokens);
    if (const std::int64_t unused = whole("unused_expert_bytes"); unused > 0)
        about_ +=
            QLatin1Char('\n') + tr("Without %1 of experts that no row passes in the base model; adapters may send "
                                   "rows to them")
                                    .arg(byteSize(static_cast<std::uint64_t>(unused)));
    Q_EMIT changed();
}

MemoryEstimate TrainingEstimator::memory(const AllocationMap& map) const
{
    return session_.model() ? estimateMemory(map, session_.model()->config, settings_, constants_) : MemoryEstimate{};
}

TimeEstimate TrainingEstimator::time(const AllocationMap& map) const
{
    return session_.model() && settings_.flopsPerSecond > 0
               ? estimateTime(map, session_.model()->config, settings_, constants_)
               : TimeEstimate{};
}

} // namespace hilo
