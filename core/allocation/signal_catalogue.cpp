// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/signal_catalogue.h"

#include "allocation/profile_writer.h"
#include "allocation/strategy_settings.h"

#include <algorithm>

namespace hilo {
namespace {

using enum SignalKind;
using enum SignalDirection;

std::vector<SignalDescription> weightSignals()
{
    const std::string mean = " Per module; per layer the mean over its modules.";
    return {
        {"pl_alpha_hill", "PL_Alpha_Hill", Weights, Larger,
         "Exponent of a power law fitted to the large squared singular values of the weight; where it begins is chosen "
         "near the fullest bin of their histogram by the smallest Kolmogorov-Smirnov distance, with the published "
         "code's window. A smaller value means a heavier tail: a better trained layer, which gets fewer experts." +
             mean,
         "AlphaLoRA, 2410.10054; peijunallin/alphalora: expert_number.py", ""},
        {"pl_alpha_hill_corrected", "PL_Alpha_Hill, corrected window", Weights, Larger,
         "The same fit with the window from 0.95 to 1.5 times the fullest bin's edge; the published code compares the "
         "eigenvalues with a logarithm at the lower end." +
             mean,
         "2410.10054, with the lower limit of the window corrected", ""},
        {"alpha_fit_distance", "Fit of PL_Alpha_Hill", Weights, Unstated,
         "Kolmogorov-Smirnov distance of the fit behind pl_alpha_hill: above 0.1 the exponent says little." + mean,
         "peijunallin/alphalora: expert_number.py", ""},
        {"hill_half", "Hill exponent, upper half", Weights, Larger,
         "1 + k / sum of ln(lambda_i / lambda_(k+1)) over the k = N/2 largest squared singular values." + mean,
         "Hill estimator as in AlphaPruning, 2410.10912", ""},
        {"stable_rank", "Stable rank", Weights, Unstated,
         "Squared Frobenius norm over squared spectral norm of the weight: how many equal directions would hold as "
         "much." +
             mean,
         "standard", "squared singular values of the weight"},
        {"effective_rank", "Effective rank", Weights, Unstated,
         "exp of the entropy of the singular values' shares, p_i = sigma_i / sum sigma." + mean,
         "Roy and Vetterli 2007; Liar406/Gui-LoMo: utils/erank.py", ""},
        {"effective_rank_energy", "Effective rank of the energy", Weights, Unstated,
         "exp of the entropy of the squared singular values' shares, p_i = sigma_i^2 / sum sigma^2; not the same as "
         "effective_rank." +
             mean,
         "public rank-allocation audit note 2026", ""},
        {"participation_ratio", "Participation ratio", Weights, Unstated,
         "(sum lambda)^2 / sum lambda^2 of the squared singular values of the weight." + mean, "standard", ""},
        {"spectral_norm", "Spectral norm", Weights, Unstated, "Largest singular value of the weight." + mean,
         "standard", ""},
        {"frobenius_norm", "Frobenius norm", Weights, Unstated, "Root of the sum of the weight's squares." + mean,
         "standard", ""},
        {"expert_redundancy", "Distance between experts", Weights, Larger,
         "Of a trained adapter: mean Frobenius distance between the updates of every two experts of a module. Small: "
         "the experts do the same, fewer would do. Per module that has at least two experts in every layer; per layer "
         "the mean over its attention modules with at least two.",
         "MoLA, 2402.08562 definition 6.1", "", true},
        {"trained_update", "Update of a trained adapter", Weights, Larger,
         "Of a trained adapter: Frobenius norm of the update s B A, with several experts of their mean. A short run of "
         "generous rank tells by it, and by the spectra, how many ranks each module makes use of. Per module that has "
         "an expert in every layer; per layer the mean over its modules.",
         "ours; few directions of a trained update matter: LoRA, 2106.09685 section 7.2",
         "squared singular values of the update", true},
    };
}

std::vector<SignalDescription> activationSignals()
{
    const std::string both = " Per layer of its output; per module of its input.";
    return {
        {"activation_effective_rank", "Effective rank of activations", Activations, Larger,
         "exp of the entropy of the shares of the eigenvalues of the centred covariance." + both,
         "Roy and Vetterli 2007, on the covariance", ""},
        {"activation_participation_ratio", "Participation ratio of activations", Activations, Larger,
         "(trace C)^2 / trace C^2 of the centred covariance C." + both, "standard", ""},
        {"explained_variance", "Directions for 90 % of the variance", Activations, Larger,
         "How many principal directions of a module's input hold 90 % of its variance: the more, the wider spread. Per "
         "module; per layer the mean over its modules. The spectra are what EVA pools.",
         "EVA, huggingface/peft: tuners/lora/eva.py", "share of the input's variance, by principal direction"},
        {"intrinsic_dimension", "TwoNN intrinsic dimension", Activations, Larger,
         "(T - 1) / sum of ln(r2 / r1) over T tokens of the layer's output, r1 and r2 the distances to the first and "
         "second nearest other token; at most 2000 tokens; doubles are left out.",
         "Facco et al. 2017; GeLoRA, 2412.09250", ""},
        {"block_influence", "Block Influence", Activations, Larger,
         "1 - mean cosine between the layer's input and output at the same token: how far the layer turns the stream.",
         "ShortGPT, 2403.03853", ""},
        {"linear_cka", "Linear CKA of input and output", Activations, Smaller,
         "Squared Frobenius norm of the centred cross-covariance of the layer's input and output over the product of "
         "the norms of their covariances: 1 means the same up to rotation and scale.",
         "1905.00414", ""},
        {"outlier_ratio", "Outlier ratio", Activations, Larger,
         "Share of the entries of (norm of input feature j) * |W_ij| that are above 5 times their mean over the "
         "module. Per module; per layer the mean over its modules.",
         "OWL, 2310.05175; M = 5 is our choice of those in use", ""},
        {"activation_norm", "Activation norm", Activations, Larger, "Mean Euclidean length of the layer's output.",
         "layer-importance study, Abbes et al. 2026", ""},
        {"activation_entropy", "Activation entropy", Activations, Unstated,
         "Mean over tokens of the entropy, in nats, of softmax(|x|) of the layer's output. There is no standard "
         "definition; this is one of those in use.",
         "no single source", ""},
    };
}

std::vector<SignalDescription> gradientSignals()
{
    const std::string mean = " Per module; per layer the mean over its modules.";
    return {
        {"squared_gradient", "Squared-gradient sensitivity", Gradients, Larger,
         "Mean over samples of the squared Frobenius norm of the loss's gradient by the weight." + mean,
         "LoRA-SMoE, 2505.06272", ""},
        {"fisher", "Empirical Fisher", Gradients, Larger,
         "Mean over samples and over the weight's entries of the squared gradient of one sample: squared_gradient "
         "divided by the weight's size." +
             mean,
         "FLoE, 2506.00495", ""},
        {"gradient_norm", "Gradient norm", Gradients, Larger,
         "Frobenius norm of the gradient of the mean loss by the weight." + mean,
         "D-MoLE, 2506.11672; gcd19/D-MoLE: compute_zc_score.py", ""},
        {"weight_gradient", "Weight times gradient", Gradients, Larger,
         "Mean |W * G| over the weight's entries, G the gradient of the mean loss." + mean,
         "GoRA, 2502.12171; hhnqqq/MyTransformers: gora.py", ""},
        {"whitened_gradient", "Whitened gradient", Gradients, Larger,
         "Frobenius norm of G (C + e I)^(-1/2), C the second moment of the module's input and e a thousandth of its "
         "mean diagonal. For a linear teacher and squared loss the spectrum is that of the activation-weighted update "
         "that is missing: what a rank leaves out is risk." +
             mean,
         "reduced-rank regression; Layer Card, 2602.04019", "squared singular values of the whitened gradient"},
        {"necessity", "Necessity", Gradients, Unstated,
         "Loss on validation rows without the layer minus the loss with it (leave one block out). It tends to order "
         "layers against what training changes.",
         "layer-importance study, Abbes et al. 2026", ""},
        {"influence", "Influence, all samples", Gradients, Smaller,
         "Sum over training samples of DataInf's influence on the validation loss through the weight: negative values "
         "are helpful, so that the published rule gives more experts where the sum is smaller. Per module; per layer "
         "the sum over its modules.",
         "LayerIF, 2505.23811; DataInf closed form", ""},
        {"influence_helpful", "Influence, helpful samples", Gradients, Larger,
         "The same turned round and summed over the samples that are helpful in the layer alone.",
         "LayerIF, 2505.23811 (+VE)", ""},
        {"influence_top_quarter", "Influence, most helpful quarter", Gradients, Larger,
         "The same turned round and summed over the quarter of the samples that is most helpful in the layer.",
         "LayerIF, 2505.23811 (TOP-25 %)", ""},
    };
}

} // namespace

const std::vector<SignalDescription>& signalCatalogue()
{
    static const std::vector<SignalDescription> catalogue = [] {
        std::vector<SignalDescription> all = weightSignals();
        for (const auto& more : {activationSignals(), gradientSignals()})
            all.insert(all.end(), more.begin(), more.end());
        return all;
    }();
    return catalogue;
}

const SignalDescription* findSignalDescription(const std::string& name)
{
    for (const SignalDescription& signal : signalCatalogue())
        if (signal.name == name)
            return &signal;
    return nullptr;
}

Result<std::vector<std::string>> chosenSignals(const std::string& text)
{
    const std::vector<std::string> asked = splitList(text);
    const auto isKind = [](const std::string& name) {
        return name == "all" || name == "weights" || name == "activations" || name == "gradients";
    };
    std::string known;
    for (const SignalDescription& signal : signalCatalogue())
        known += (known.empty() ? "" : ", ") + signal.name;
    for (const std::string& name : asked)
        if (!isKind(name) && !findSignalDescription(name))
            return failure(wrongUsage("there is no signal \"" + name + "\"",
                                      "the signals are " + known + "; or weights, activations, gradients, all"));
    std::vector<std::string> chosen;
    for (const SignalDescription& signal : signalCatalogue())
        for (const std::string& name : asked)
            if (name == signal.name || name == "all" || name == kindName(signal.kind)) {
                chosen.push_back(signal.name);
                break;
            }
    if (chosen.empty())
        return failure(wrongUsage("no signal is chosen", "hilo profile --list names them"));
    return chosen;
}

std::string kindName(SignalKind kind)
{
    switch (kind) {
    case Weights:
        return "weights";
    case Activations:
        return "activations";
    case Gradients:
        return "gradients";
    }
    return {};
}

Json toJson(const SignalDescription& signal)
{
    Json json = {{"name", signal.name},           {"title", signal.title},
                 {"kind", kindName(signal.kind)}, {"direction", directionName(signal.direction)},
                 {"meaning", signal.meaning},     {"source", signal.source}};
    if (!signal.spectrum.empty())
        json["spectrum"] = signal.spectrum;
    return json;
}

} // namespace hilo
