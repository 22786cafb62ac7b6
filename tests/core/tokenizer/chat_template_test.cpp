// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokenizer/chat/chat_template.h"

#include "support/testing.h"

using namespace hilo;
using namespace hilo::testing;

namespace {

const std::string chatml = "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}"
                           "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

ChatTemplate made(const std::string& source)
{
    return REQUIRE_OK(
        ChatTemplate::parse(source, "model/tokenizer_config.json", {{"bos_token", "<s>"}, {"eos_token", "</s>"}}));
}

ChatInput conversation(const std::vector<std::pair<std::string, std::string>>& turns)
{
    ChatInput input;
    for (const auto& [role, content] : turns)
        input.messages.push_back({{"role", role}, {"content", content}});
    return input;
}

std::vector<std::string> answersOf(const MaskedChat& chat)
{
    std::vector<std::string> texts;
    for (const jinja::Span& span : chat.answers)
        texts.push_back(chat.text.substr(span.begin, span.end - span.begin));
    return texts;
}

const ChatInput twoRounds =
    conversation({{"system", "s"}, {"user", "q1"}, {"assistant", "a1"}, {"user", "q2"}, {"assistant", "ä2"}});

} // namespace

HILO_TEST(specialTokensAndThePromptOfAnAnswerAreWritten)
{
    ChatInput input = conversation({{"user", "hi"}});
    input.addGenerationPrompt = true;
    CHECK_EQ(REQUIRE_OK(made("{{ bos_token }}" + chatml).render(input)),
             "<s><|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n");
    input.variables["enable_thinking"] = false;
    CHECK_EQ(REQUIRE_OK(made("{{ enable_thinking }}{{ tools is none }}").render(input)), "FalseTrue");
}

HILO_TEST(answersAreMarkedByRenderingUpToThem)
{
    const MaskedChat chat = REQUIRE_OK(made(chatml).renderMasked(twoRounds));
    CHECK_EQ(answersOf(chat), (std::vector<std::string>{"a1<|im_end|>\n", "ä2<|im_end|>\n"}));
    CHECK_EQ(answersOf(REQUIRE_OK(made(chatml).renderMasked(twoRounds, true))),
             (std::vector<std::string>{"ä2<|im_end|>\n"}));
    CHECK(REQUIRE_OK(made(chatml).renderMasked(conversation({{"user", "q"}}))).answers.empty());
}

HILO_TEST(answersAreMarkedByTheTemplateWhereItSays)
{
    const ChatTemplate marks = made("{% for m in messages %}[{{ m.role }}]{% if m.role == 'assistant' %}"
                                    "{% generation %}{{ m.content }}{{ eos_token }}{% endgeneration %}"
                                    "{% else %}{{ m.content }}{% endif %}{% endfor %}");
    CHECK(marks.marksGeneration());
    CHECK_EQ(answersOf(REQUIRE_OK(marks.renderMasked(twoRounds))), (std::vector<std::string>{"a1</s>", "ä2</s>"}));
    CHECK_EQ(answersOf(REQUIRE_OK(marks.renderMasked(twoRounds, true))), (std::vector<std::string>{"ä2</s>"}));
}

HILO_TEST(blocksBelongToTheirTurns)
{
    // A turn with thinking has two blocks.
    const ChatTemplate thinks =
        made("{% for m in messages %}[{{ m.role }}]{% if m.role == 'assistant' %}{% if m.thought %}"
             "{% generation %}({{ m.thought }}){% endgeneration %}{% endif %} {% generation %}"
             "{{ m.content }}{% endgeneration %}{% endif %}{% endfor %}");
    ChatInput input = twoRounds;
    input.messages[2]["thought"] = "hm";
    using Texts = std::vector<std::string>;
    CHECK_EQ(answersOf(REQUIRE_OK(thinks.renderMasked(input))), (Texts{"(hm)", "a1", "ä2"}));
    CHECK_EQ(answersOf(REQUIRE_OK(thinks.renderMasked(input, true))), (Texts{"ä2"}));
    CHECK_EQ(answersOf(REQUIRE_OK(thinks.renderMasked(input, std::vector<std::size_t>{2}))), (Texts{"(hm)", "a1"}));
    input.messages[4]["thought"] = "so";
    CHECK_EQ(answersOf(REQUIRE_OK(thinks.renderMasked(input, true))), (Texts{"(so)", "ä2"}));
    // Thoughts of earlier turns are taken out once later ones follow: which block is whose cannot be told.
    const ChatTemplate forgets = made(
        "{% for m in messages %}{% if m.role == 'assistant' %}{% if loop.last %}{% generation %}x{% endgeneration %}"
        "{% generation %}y{% endgeneration %}{% generation %}z{% endgeneration %}{% else %}-{% endif %}{% endif %}"
        "{% endfor %}");
    input.messages.push_back({{"role", "user"}, {"content", "q"}});
    input.messages.push_back({{"role", "assistant"}, {"content", "a"}});
    input.messages.push_back({{"role", "user"}, {"content", "q"}});
    CHECK(REQUIRE_OK(forgets.renderMasked(input)).answers.empty());
    const Error error = REQUIRE_ERROR(forgets.renderMasked(input, std::vector<std::size_t>{2}));
    CHECK(ChatTemplate::rewritesHistory(error));
}

HILO_TEST(aTemplateThatRewritesHistoryHasNoMaskButOfTheLastAnswer)
{
    // Earlier answers lose their beginning, as templates of thinking models do it.
    const ChatTemplate rewrites =
        made("{% for m in messages %}{{ m.role }}:{% if m.role == 'assistant' and not loop.last %}"
             "{{ m.content[1:] }}{% else %}{{ m.content }}{% endif %};{% endfor %}"
             "{% if add_generation_prompt %}assistant:{% endif %}");
    const Error error = REQUIRE_ERROR(rewrites.renderMasked(twoRounds));
    CHECK_CONTAINS(error.message, "turn 3 otherwise");
    CHECK_EQ(error.file, "model/tokenizer_config.json");
    CHECK(error.code == ErrorCode::BadInput);
    // Behind the rewritten turns the last answer stands where its prompt ends.
    CHECK_EQ(answersOf(REQUIRE_OK(rewrites.renderMasked(conversation({{"user", "q"}, {"assistant", "ab"}})))),
             (std::vector<std::string>{"ab;"}));
}

HILO_TEST(whatATemplateRefusesIsSaidInItsWords)
{
    const ChatTemplate strict =
        made("{% if messages[0].role == 'system' %}\n{{ raise_exception('No system turn') }}\n{% endif %}");
    const Error error = REQUIRE_ERROR(strict.render(twoRounds));
    CHECK_CONTAINS(error.message, "No system turn");
    CHECK_EQ(error.place, "chat template, line 2");
    CHECK_EQ(REQUIRE_ERROR(ChatTemplate::parse("{% if %}", "f", {})).place, "chat template, line 1");
}
