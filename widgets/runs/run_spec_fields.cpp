// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_spec_fields.h"

#include "project/run_spec_names.h"

#include <QCoreApplication>

namespace hilo {
namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("RunSpecFields", source);
}

template <class Names>
QStringList wordsOf(const Names& names)
{
    QStringList words;
    for (const auto& [value, name] : names)
        words << QString::fromLatin1(name);
    return words;
}

std::vector<RunSpecField> dataFields()
{
    const QString group = QStringLiteral("data");
    return {
        {group, QStringLiteral("path"), FieldKind::Path, text("Data"),
         text(
             "A file (JSON lines, JSON, CSV, TSV, Parquet where supported) or a folder with train, validation and test "
             "files")},
        {group, QStringLiteral("template"), FieldKind::Text, text("Prompt template"),
         text("The name of a template of the page Data, or a template file (.json)")},
        {group,
         QStringLiteral("columns"),
         FieldKind::Columns,
         text("Columns"),
         text("Which column fills which field of the template: field = column, one pair after the other, separated by "
              "commas. Empty: columns of the same names"),
         {},
         true},
        {group,
         QStringLiteral("split"),
         FieldKind::Split,
         text("Split"),
         text("How rows are shared out. Empty: by the folder's files. \"column split\": by a column's value. \"seed 1 "
              "validation 0.1 test 0.1\": at random, the same for a seed. \"train a.jsonl test b.jsonl\": by files"),
         {},
         true},
    };
}

std::vector<RunSpecField> trainingFields()
{
    const QString group = QStringLiteral("training");
    using Kind = FieldKind;
    const auto field = [&group](const char* key, Kind kind, const QString& title, const QString& help,
                                bool advanced = false, const QStringList& choices = {}) {
        return RunSpecField{group, QString::fromLatin1(key), kind, title, help, choices, advanced};
    };
    return {
        field("epochs", Kind::Number, text("Epochs"), text("Passes over the training rows; used when steps is 0")),
        field("steps", Kind::Whole, text("Steps"), text("Optimiser steps; 0: the epochs decide")),
        field("batch_size", Kind::Whole, text("Batch size"), text("Rows per micro-batch, from 1")),
        field("accumulation", Kind::Whole, text("Accumulation"),
              text("Micro-batches per step, from 1; more of them need no more memory")),
        field("learning_rate", Kind::Number, text("Learning rate"), text("Highest learning rate, from 0 to 10")),
        field("schedule", Kind::Choice, text("Schedule"), text("How the learning rate falls after the warm-up"), false,
              wordsOf(scheduleNames)),
        field("warmup_steps", Kind::Whole, text("Warm-up steps"), text("Steps until the highest learning rate")),
        field("max_length", Kind::Whole, text("Maximum length"),
              text("Tokens; longer rows are cut and counted. The page Data shows how many that would be")),
        field("seed", Kind::Whole, text("Seed"), text("Of the order of rows, initial values and dropout")),
        field("scaling", Kind::Choice, text("Scaling"),
              text("Factor on an expert's output: alpha / rank (LoRA), alpha / √rank (rsLoRA), or constant"), false,
              wordsOf(scalingNames)),
        field("router", Kind::Choice, text("Router"),
              text("top_k: the best experts of a token; dense: all; top_k_null: may also choose none (AdaMoE)"), false,
              wordsOf(routerNames)),
        field("auxiliary_loss", Kind::Number, text("Auxiliary loss"),
              text("Weight of the loss that evens out the experts' loads; 0: off")),
        field("dropout", Kind::Number, text("Dropout"), text("On the adapters' input, from 0 to 0.99")),
        field("weight_decay", Kind::Number, text("Weight decay"), text("Of AdamW, on the adapters"), true),
        field("clip_norm", Kind::Number, text("Gradient clipping"), text("Largest gradient norm; 0: no clipping"),
              true),
        field("beta1", Kind::Number, text("AdamW beta 1"), text("Decay of the mean of gradients"), true),
        field("beta2", Kind::Number, text("AdamW beta 2"), text("Decay of the mean of their squares"), true),
        field("epsilon", Kind::Number, text("AdamW epsilon"), text("Added to the denominator"), true),
        field("constant_scale", Kind::Number, text("Constant scale"), text("The factor when scaling is constant"),
              true),
        field("initialisation", Kind::Choice, text("Initialisation"),
              text("Of A and of routers; B begins at zero, so that the model begins as it is"), true,
              {QStringLiteral("kaiming")}),
        field("start_from", Kind::Path, text("Start from adapter"),
              text("A folder with an adapter to go on from; empty: fresh"), true),
        field("loss_on", Kind::Choice, text("Loss on"), text("The answer only, or the whole text"), true,
              wordsOf(lossOnNames)),
        field("packing", Kind::Flag, text("Packing"),
              text("Fill each micro-batch up to batch size × maximum length tokens"), true),
        field("group_by_length", Kind::Flag, text("Group by length"),
              text("Rows of like length share a batch: less padding"), true),
        field("activation_checkpointing", Kind::Flag, text("Activation checkpointing"),
              text("Computes activations twice to hold fewer: slower, less memory"), true),
        field("dtype", Kind::Choice, text("Precision of the base"), text("auto takes the fastest that this device can"),
              true, {QStringLiteral("auto"), QStringLiteral("float32"), QStringLiteral("bfloat16")}),
        field("quantisation", Kind::Choice, text("Quantisation of the base"),
              text("Holds the base's linear weights in 4 or 8 bits: less memory, a little less exact"), true,
              {QStringLiteral("none"), QStringLiteral("nf4"), QStringLiteral("int8"), QStringLiteral("fp8")}),
        field("device", Kind::Text, text("Device"), text("auto, cpu, cuda:0, …"), true),
        field("threads", Kind::Whole, text("Threads"), text("Of the processor; 0: chosen by measurement"), true),
        field("checkpoint_every", Kind::Whole, text("Checkpoint every"), text("Steps; 0: by minutes alone"), true),
        field("checkpoint_minutes", Kind::Number, text("Checkpoint minutes"),
              text("Minutes of training between checkpoints; 0: never by time"), true),
        field("keep_checkpoints", Kind::Whole, text("Checkpoints kept"), text("The newest so many stay, from 1"), true),
        field("log_every", Kind::Whole, text("Log every"), text("Steps between points of the charts, from 1"), true),
    };
}

std::vector<RunSpecField> evaluationFields()
{
    const QString group = QStringLiteral("evaluation");
    return {
        {group, QStringLiteral("protocol"), FieldKind::Choice, text("Protocol"),
         text("label-logit: the most probable label; gen-match-strict: the generated text is the answer"),
         wordsOf(protocolNames)},
        {group,
         QStringLiteral("split"),
         FieldKind::Choice,
         text("Rows"),
         text("The split that the final accuracy is of"),
         {QStringLiteral("test"), QStringLiteral("validation"), QStringLiteral("train")}},
        {group, QStringLiteral("every"), FieldKind::Whole, text("Evaluate every"),
         text("Steps between evaluations on validation rows; 0: only at the end")},
        {group,
         QStringLiteral("limit"),
         FieldKind::Whole,
         text("Limit"),
         text("The first rows only; 0: all"),
         {},
         true},
        {group,
         QStringLiteral("batch_size"),
         FieldKind::Whole,
         text("Evaluation batch"),
         text("Rows evaluated at once, from 1"),
         {},
         true},
        {group,
         QStringLiteral("max_new_tokens"),
         FieldKind::Whole,
         text("New tokens"),
         text("Longest generated answer, in tokens"),
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

} // namespace hilo
