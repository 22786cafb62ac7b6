// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/json.h"

namespace hilo::testing {

/// A results file as lm-evaluation-harness 0.4 writes it, with six numbers.
inline Json lmEvalDocument()
{
    return {{"results",
             {{"arc_easy",
               {{"alias", " - arc_easy"},
                {"acc,none", 0.625},
                {"acc_stderr,none", 0.02},
                {"acc_norm,none", 0.6},
                {"acc_norm_stderr,none", 0.03}}},
              {"both", {{"alias", "both"}, {"acc,none", 0.5}, {"acc_stderr,none", 0.01}}},
              {"gsm8k",
               {{"alias", "gsm8k"},
                {"exact_match,strict-match", 0.25},
                {"exact_match_stderr,strict-match", "N/A"},
                {"exact_match,flexible-extract", 0.375},
                {"exact_match_stderr,flexible-extract", 0.05}}},
              {"wikitext",
               {{"alias", "wikitext"}, {"word_perplexity,none", 21.5}, {"word_perplexity_stderr,none", "N/A"}}}}},
            {"groups", {{"both", {{"alias", "both"}, {"acc,none", 0.5}, {"acc_stderr,none", 0.01}}}}},
            {"group_subtasks", {{"both", {"arc_easy", "gsm8k"}}, {"arc_easy", Json::array()}}},
            {"configs", {{"arc_easy", {{"task", "arc_easy"}}}}},
            {"versions", {{"arc_easy", 1.0}, {"gsm8k", 3}, {"both", nullptr}}},
            {"n-shot", {{"arc_easy", 5}, {"gsm8k", 5}}},
            {"higher_is_better",
             {{"arc_easy", {{"acc", true}, {"acc_norm", true}}},
              {"gsm8k", {{"exact_match", true}}},
              {"wikitext", {{"word_perplexity", false}}}}},
            {"n-samples", {{"arc_easy", {{"original", 2376}, {"effective", 100}}}}},
            {"config", {{"model", "local-completions"}, {"limit", 100}}},
            {"model_name", "sample"},
            {"lm_eval_version", "0.4.9"},
            {"date", 1790000000.5}};
}

} // namespace hilo::testing
