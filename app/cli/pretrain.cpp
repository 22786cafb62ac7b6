// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "checks.h"
#include "command.h"
#include "console.h"
#include "model_options.h"

#include "engine/train/pretrain.h"

namespace hilo::cli {

void addPretrain(CLI::App& app, std::function<void(Work)> chosen)
{
    CLI::App* command = app.add_subcommand("pretrain", "train a small base model from scratch on plain text");
    const auto spec = std::make_shared<PretrainSpec>();
    command->add_option("MODEL", spec->model, "folder with config.json and tokenizer.json, or org/name")->required();
    command->add_option("--text", spec->text, "text file, one paragraph a line")->required();
    command->add_option("--held-out", spec->heldOut, "text file for the loss that is reported at the end");
    command->add_option("--out", spec->out, "folder of the new model; a checkpoint in it is continued")->required();
    command->add_option("--start-from", spec->startFrom, "model whose weights are trained on, instead of random ones");
    command->add_option("--tokens", spec->tokens, "tokens to train on")->check(positive)->capture_default_str();
    command->add_option("--context", spec->context, "tokens in a sequence")
        ->check(CLI::Range(2, 1 << 20))
        ->capture_default_str();
    command->add_option("--batch", spec->batch, "sequences in a step")->check(positive)->capture_default_str();
    command->add_option("--learning-rate", spec->learningRate, "peak, falls linearly to 0")
        ->check(positive)
        ->capture_default_str();
    command->add_option("--warmup-steps", spec->warmupSteps, "")->check(notNegative)->capture_default_str();
    command->add_option("--weight-decay", spec->weightDecay, "of matrices")->check(notNegative)->capture_default_str();
    command->add_option("--seed", spec->seed, "")->capture_default_str();
    command->add_option("--threads", spec->threads, "")->check(CLI::Range(1, 1024))->capture_default_str();
    command->add_option("--dtype", spec->dtype, "of the written weights")
        ->check(CLI::IsMember({"bfloat16", "float32"}))
        ->capture_default_str();
    command->callback([=] {
        chosen([spec](Console& console) -> Status {
            HILO_CHECK(findModel(spec->model));
            HILO_CHECK(findModel(spec->startFrom));
            HILO_TRY(const Json report, pretrain(*spec, console.progress()));
            console.printJson(report);
            console.print("Wrote " + spec->out.string() + ": " +
                          counted(report["tokens"].get<std::int64_t>(), "token") + ", loss " +
                          std::to_string(report["training_loss"].get<double>()));
            return {};
        });
    });
}

} // namespace hilo::cli
