// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_spec_fields.h"

#include "metrics/metric.h"
#include "run/reallocation_spec.h"
#include "run/run_spec_names.h"

#include <QCoreApplication>

namespace hilo {
namespace {

struct FieldTexts
{
    Q_DECLARE_TR_FUNCTIONS(RunSpecFields)
};

template <class Names>
QStringList wordsOf(const Names& names)
{
    QStringList words;
    for (const auto& [value, name] : names)
        words << QString::fromLatin1(name);
    return words;
}

/// The default first.
QStringList reallocationWords()
{
    QStringList words{QString::fromStdString(ReallocationSpec().method)};
    for (const ReallocationMethod& method : reallocationMethods())
        words << QString::fromStdString(method.name);
    return words;
}

/// The default first.
QStringList objectiveWords()
{
    QStringList words{QString::fromStdString(TrainingSpec().objective)};
    for (const Objective* objective : objectives())
        words << QString::fromStdString(objective->name);
    return words;
}

/// The default first.
QStringList metricWords()
{
    const std::string usual = EvaluationSpec().metric;
    QStringList words{QString::fromStdString(usual)};
    for (const Metric* metric : metrics())
        if (metric->name != usual)
            words << QString::fromStdString(metric->name);
    return words;
}

/// The first one leaves the key out.
QStringList protocolOfTaskWords()
{
    return QStringList{QString()} + wordsOf(protocolNames);
}

std::vector<RunSpecField> dataFields()
{
    using Kind = FieldKind;
    const auto field = [](const char* key, Kind kind, const QString& title, const QString& help, bool advanced = false,
                          bool ofTasks = false, const QStringList& choices = {}) {
        return RunSpecField{
            QStringLiteral("data"), QString::fromLatin1(key), kind, title, help, choices, advanced, ofTasks};
    };
    return {
        field(
            "path", Kind::Data, FieldTexts::tr("Data"),
            FieldTexts::tr("A file (Parquet, Arrow, JSON lines, JSON, CSV, TSV, text; texts may be compressed by gzip "
                           "or zstd) or a folder with train, validation and test files")),
        field("template", Kind::Offer, FieldTexts::tr("Prompt template"),
              FieldTexts::tr("auto: by the columns; else the name of a template of the page Data, or a template file "
                             "(.json)")),
        field("task", Kind::Text, FieldTexts::tr("Task"),
              FieldTexts::tr("The task's name in charts and tables; empty: that of its data"), true, true),
        field("weight", Kind::Number, FieldTexts::tr("Weight"),
              FieldTexts::tr("Times the task's share of the training rows, above 0; empty: 1"), true, true),
        field("limit", Kind::Whole, FieldTexts::tr("Row limit"),
              FieldTexts::tr("The first training rows only; empty or 0: all"), true, true),
        field("protocol", Kind::Choice, FieldTexts::tr("Protocol of the task"),
              FieldTexts::tr("How this task's rows are scored, where it is not as the run says"), true, true,
              protocolOfTaskWords()),
        field(
            "columns", Kind::Columns, FieldTexts::tr("Columns"),
            FieldTexts::tr("Which column fills which field of the template: field = column, one pair after the other, "
                           "separated by commas. Empty: columns of the same names"),
            true),
        field("split", Kind::Split, FieldTexts::tr("Split"),
              FieldTexts::tr(
                  "How rows are shared out. Empty: by the folder's files; where these are for training alone, some "
                  "rows are kept to validate on. \"none\": all are for training. \"column split\": by a column's "
                  "value. \"seed 1 validation 0.1 test 0.1\": at random, the same for a seed. \"train a.jsonl test "
                  "b.jsonl\": by files"),
              true),
    };
}

std::vector<RunSpecField> trainingFields()
{
    const QString group = QStringLiteral("training");
    using Kind = FieldKind;
    const auto field = [&group](const char* key, Kind kind, const QString& title, const QString& help,
                                bool advanced = false, const QStringList& choices = {}, bool ofTasks = false) {
        return RunSpecField{group, QString::fromLatin1(key), kind, title, help, choices, advanced, ofTasks};
    };
    return {
        field("objective", Kind::Choice, FieldTexts::tr("Objective"),
              FieldTexts::tr("What is learnt: auto takes the likelihood of answers, DPO for pairs of answers, KTO for "
                             "answers that somebody judged"),
              false, objectiveWords()),
        field("epochs", Kind::Number, FieldTexts::tr("Epochs"),
              FieldTexts::tr("Passes over the training rows; used when steps is 0")),
        field("steps", Kind::Whole, FieldTexts::tr("Steps"), FieldTexts::tr("Optimiser steps; 0: the epochs decide")),
        field("batch_size", Kind::Whole, FieldTexts::tr("Batch size"), FieldTexts::tr("Rows per micro-batch, from 1")),
        field("accumulation", Kind::Whole, FieldTexts::tr("Accumulation"),
              FieldTexts::tr("Micro-batches per step, from 1; more of them need no more memory")),
        field("learning_rate", Kind::Number, FieldTexts::tr("Learning rate"),
              FieldTexts::tr("Highest learning rate, from 0 to 10")),
        field("schedule", Kind::Choice, FieldTexts::tr("Schedule"),
              FieldTexts::tr("How the learning rate falls after the warm-up"), false, wordsOf(scheduleNames)),
        field("warmup_steps", Kind::Whole, FieldTexts::tr("Warm-up steps"),
              FieldTexts::tr("Steps until the highest learning rate")),
        field("max_length", Kind::Whole, FieldTexts::tr("Maximum length"),
              FieldTexts::tr("Tokens; longer rows are cut and counted. The page Data shows how many that would be")),
        field("mixing", Kind::Choice, FieldTexts::tr("Mixing of tasks"),
              FieldTexts::tr("How several tasks share the rows of an epoch: by their rows, equally, or in between"),
              true, wordsOf(mixingNames), true),
        field("mixing_temperature", Kind::Number, FieldTexts::tr("Mixing temperature"),
              FieldTexts::tr("For the mixing \"temperature\": 1 is by rows, large numbers are equal"), true, {}, true),
        field("seed", Kind::Whole, FieldTexts::tr("Seed"),
              FieldTexts::tr("Of the order of rows, initial values and dropout")),
        field("scaling", Kind::Choice, FieldTexts::tr("Scaling"),
              FieldTexts::tr("Factor on an expert's output: alpha / rank (LoRA), alpha / √rank (rsLoRA), or constant"),
              false, wordsOf(scalingNames)),
        field(
            "router", Kind::Choice, FieldTexts::tr("Router"),
            FieldTexts::tr("top_k: the best experts of a token; dense: all; top_k_null: may also choose none (AdaMoE); "
                           "top_p: as many as are needed (MixLoRA)"),
            false, wordsOf(routerNames)),
        field("reallocation", Kind::Choice, FieldTexts::tr("Moving allocation"),
              FieldTexts::tr("How ranks and experts move between modules while the run trains; when, and under which "
                             "budget, stands in the run spec"),
              true, reallocationWords()),
        field("auxiliary_loss", Kind::Number, FieldTexts::tr("Auxiliary loss"),
              FieldTexts::tr("Weight of the loss that evens out the experts' loads; 0: off")),
        field("dropout", Kind::Number, FieldTexts::tr("Dropout"),
              FieldTexts::tr("On the adapters' input, from 0 to 0.99")),
        field(
            "select", Kind::Choice, FieldTexts::tr("Keep which weights"),
            FieldTexts::tr("last: those of the last step; best: those that scored best on validation rows, which needs "
                           "\"Evaluate every\""),
            false, wordsOf(selectionNames)),
        field("early_stopping", Kind::Whole, FieldTexts::tr("Early stopping"),
              FieldTexts::tr("Evaluations without improvement after which a run ends; 0: never")),
        field(
            "prompt_dropout", Kind::Number, FieldTexts::tr("Prompt dropout"),
            FieldTexts::tr("Share of a prompt's tokens that are left out, others each time, from 0 to 0.9; helps where "
                           "rows are few and short"),
            true),
        field("router_learning_rate_factor", Kind::Number, FieldTexts::tr("Learning rate of routers"),
              FieldTexts::tr("Times the learning rate, for routers alone, from 0 (they stay as drawn) to 100"), true),
        field("router_top_p", Kind::Number, FieldTexts::tr("Share of top_p"),
              FieldTexts::tr("The router top_p takes the fewest experts whose probabilities add up to this, from 0.01 "
                             "to 1"),
              true),
        field(
            "lora_b_learning_rate_factor", Kind::Number, FieldTexts::tr("Learning rate of B"),
            FieldTexts::tr("Times the learning rate, for the experts' B alone, from 0 to 1000 (LoRA+; its paper takes "
                           "16)"),
            true),
        field("layer_learning_rate_decay", Kind::Number, FieldTexts::tr("Learning rate by layer"),
              FieldTexts::tr("Each layer learns at this times the rate of the layer above it, from 0.01 to 1 (all "
                             "alike)"),
              true),
        field("neftune_alpha", Kind::Number, FieldTexts::tr("Noise on embeddings"),
              FieldTexts::tr("NEFTune's alpha: uniform noise within alpha / √(tokens · width) while training; 0: none; "
                             "its paper takes 5 to 15"),
              true),
        field("average_checkpoints", Kind::Whole, FieldTexts::tr("Average weights"),
              FieldTexts::tr("The adapter is the mean of the weights at the last so many checkpoints, which needs "
                             "\"Checkpoint every\"; 1: the last step's"),
              true),
        field("weight_decay", Kind::Number, FieldTexts::tr("Weight decay"), FieldTexts::tr("Of AdamW, on the adapters"),
              true),
        field("clip_norm", Kind::Number, FieldTexts::tr("Gradient clipping"),
              FieldTexts::tr("Largest gradient norm; 0: no clipping"), true),
        field("beta1", Kind::Number, FieldTexts::tr("AdamW beta 1"), FieldTexts::tr("Decay of the mean of gradients"),
              true),
        field("beta2", Kind::Number, FieldTexts::tr("AdamW beta 2"),
              FieldTexts::tr("Decay of the mean of their squares"), true),
        field("epsilon", Kind::Number, FieldTexts::tr("AdamW epsilon"), FieldTexts::tr("Added to the denominator"),
              true),
        field("constant_scale", Kind::Number, FieldTexts::tr("Constant scale"),
              FieldTexts::tr("The factor when scaling is constant"), true),
        field("initialisation", Kind::Choice, FieldTexts::tr("Initialisation"),
              FieldTexts::tr("Of A and of routers; B begins at zero, so that the model begins as it is"), true,
              {QStringLiteral("kaiming")}),
        field("start_from", Kind::Folder, FieldTexts::tr("Start from adapter"),
              FieldTexts::tr("A folder with an adapter to go on from; empty: fresh"), true),
        field("loss_on", Kind::Choice, FieldTexts::tr("Loss on"), FieldTexts::tr("The answer only, or the whole text"),
              true, wordsOf(lossOnNames)),
        field("packing", Kind::Flag, FieldTexts::tr("Packing"),
              FieldTexts::tr("Fill each micro-batch up to batch size × maximum length tokens"), true),
        field("group_by_length", Kind::Flag, FieldTexts::tr("Group by length"),
              FieldTexts::tr("Rows of like length share a batch: less padding"), true),
        field("activation_checkpointing", Kind::Flag, FieldTexts::tr("Activation checkpointing"),
              FieldTexts::tr("Computes activations twice to hold fewer: slower, less memory"), true),
        field("cuda_graph", Kind::Flag, FieldTexts::tr("CUDA graph"),
              FieldTexts::tr("On a GPU a micro-batch is recorded once and replayed: faster where a model is small; all "
                             "micro-batches are padded to one size. Not with dropout or activation checkpointing"),
              true),
        field("dtype", Kind::Choice, FieldTexts::tr("Precision of the base"),
              FieldTexts::tr("auto takes the fastest that this device can"), true,
              {QStringLiteral("auto"), QStringLiteral("float32"), QStringLiteral("bfloat16")}),
        field("quantisation", Kind::Choice, FieldTexts::tr("Quantisation of the base"),
              FieldTexts::tr("Holds the base's linear weights in 4 or 8 bits: less memory, a little less exact"), true,
              {QStringLiteral("none"), QStringLiteral("nf4"), QStringLiteral("int8"), QStringLiteral("fp8")}),
        field("device", Kind::Text, FieldTexts::tr("Device"), FieldTexts::tr("auto, cpu, cuda:0, …"), true),
        field("threads", Kind::Whole, FieldTexts::tr("Threads"),
              FieldTexts::tr("Of the processor; 0: chosen by measurement"), true),
        field("checkpoint_every", Kind::Whole, FieldTexts::tr("Checkpoint every"),
              FieldTexts::tr("Steps; 0: by minutes alone"), true),
        field("checkpoint_minutes", Kind::Number, FieldTexts::tr("Checkpoint minutes"),
              FieldTexts::tr("Minutes of training between checkpoints; 0: never by time"), true),
        field("keep_checkpoints", Kind::Whole, FieldTexts::tr("Checkpoints kept"),
              FieldTexts::tr("The newest so many stay, from 1"), true),
        field("log_every", Kind::Whole, FieldTexts::tr("Log every"),
              FieldTexts::tr("Steps between points of the charts, from 1"), true),
    };
}

std::vector<RunSpecField> evaluationFields()
{
    const QString group = QStringLiteral("evaluation");
    return {
        {group, QStringLiteral("protocol"), FieldKind::Choice, FieldTexts::tr("Protocol"),
         FieldTexts::tr("How rows are scored; auto takes what they allow, and the loss is measured with every one"),
         wordsOf(protocolNames)},
        {group,
         QStringLiteral("split"),
         FieldKind::Choice,
         FieldTexts::tr("Rows"),
         FieldTexts::tr("The split that the final accuracy is of"),
         {QStringLiteral("test"), QStringLiteral("validation"), QStringLiteral("train"), QStringLiteral("auto")}},
        {group, QStringLiteral("metric"), FieldKind::Choice, FieldTexts::tr("Metric"),
         FieldTexts::tr("What the best weights and early stopping go by, on validation rows"), metricWords()},
        {group, QStringLiteral("every"), FieldKind::Whole, FieldTexts::tr("Evaluate every"),
         FieldTexts::tr("Steps between evaluations on validation rows; 0: only at the end")},
        {group,
         QStringLiteral("limit"),
         FieldKind::Whole,
         FieldTexts::tr("Limit"),
         FieldTexts::tr("The first rows only; 0: all"),
         {},
         true},
        {group,
         QStringLiteral("batch_size"),
         FieldKind::Whole,
         FieldTexts::tr("Evaluation batch"),
         FieldTexts::tr("Rows evaluated at once, from 1"),
         {},
         true},
        {group,
         QStringLiteral("max_new_tokens"),
         FieldKind::Whole,
         FieldTexts::tr("New tokens"),
         FieldTexts::tr("Longest generated answer, in tokens"),
         {},
         true},
    };
}

} // namespace

std::vector<RunSpecField> runSpecFields()
{
    std::vector<RunSpecField> fields = dataFields();
    for (auto part : {trainingFields(), evaluationFields()})
        fields.insert(fields.end(), part.begin(), part.end());
    return fields;
}

std::vector<RunSpecField> newProjectFields()
{
    std::vector<RunSpecField> fields = dataFields();
    for (auto part : {trainingFields(), evaluationFields()})
        for (RunSpecField& field : part)
            for (const char* key : {"objective", "mixing", "mixing_temperature", "max_length", "select",
                                    "early_stopping", "protocol", "metric", "every"})
                if (field.key == QLatin1String(key)) {
                    field.advanced = true;
                    fields.push_back(std::move(field));
                    break;
                }
    return fields;
}

} // namespace hilo
