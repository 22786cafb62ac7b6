// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/filter.h"

#include "compare/filter_syntax.h"
#include "index/imported_score_rows.h"
#include "index/key_names.h"

namespace hilo {
namespace {

/// SQL's name of an operator; the only texts of a filter that become SQL, and they are ours.
std::string sqlOperator(const std::string& comparison)
{
    for (const char* known : {"=", "<", "<=", ">", ">="})
        if (comparison == known)
            return known;
    return "<>";
}

class Compiler
{
  public:
    Compiler(Database& database, const MetricChoice& metric) : database_(database), metric_(metric) {}

    Status add(const Filter::Node& node)
    {
        using Kind = Filter::Node::Kind;
        switch (node.kind) {
        case Kind::And:
        case Kind::Or:
            return addJoined(node, node.kind == Kind::And ? " AND " : " OR ");
        case Kind::Not:
            result_.sql += "NOT coalesce(";
            HILO_CHECK(add(*node.children.front()));
            result_.sql += ", 0)";
            return {};
        case Kind::Compare:
        case Kind::Exists:
            return addCondition(node);
        }
        return {};
    }

    SqlCondition take() { return std::move(result_); }
    SqlCondition& result() { return result_; }

  private:
    Status addJoined(const Filter::Node& node, const char* between)
    {
        result_.sql += "(";
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            result_.sql += i > 0 ? between : "";
            HILO_CHECK(add(*node.children[i]));
        }
        result_.sql += ")";
        return {};
    }

    void bind(double number) { result_.values.push_back({number, {}}); }
    void bind(const std::string& text) { result_.values.push_back({{}, text}); }

    /// column op value for a column that holds numbers.
    bool addNumber(const Filter::Node& node, const std::string& column)
    {
        if (node.kind == Filter::Node::Kind::Exists) {
            result_.sql += column + " IS NOT NULL";
            return true;
        }
        if (!node.value.number || node.comparison == "~")
            return false;
        result_.sql += column + " " + sqlOperator(node.comparison) + " ?";
        bind(*node.value.number);
        return true;
    }

    void addText(const Filter::Node& node, const std::string& column)
    {
        if (node.kind == Filter::Node::Kind::Exists) {
            result_.sql += column + " IS NOT NULL";
        } else if (node.comparison == "~") {
            result_.sql += "instr(lower(" + column + "), lower(?)) > 0";
            bind(node.value.text);
        } else {
            result_.sql += column + " " + sqlOperator(node.comparison) + " ?";
            bind(node.value.text);
        }
    }

    Status addCondition(const Filter::Node& node)
    {
        HILO_TRY(const KeyMeaning meaning,
                 meaningOf(database_, metric_.meant(node.key), "filter", "column " + std::to_string(node.column)));
        switch (meaning.kind) {
        case KeyMeaning::Kind::Own:
            if (meaning.isText)
                addText(node, meaning.column);
            else if (!addNumber(node, meaning.column))
                return failure(notANumber(node));
            return {};
        case KeyMeaning::Kind::Evaluation:
            return addEvaluation(node, meaning.split);
        case KeyMeaning::Kind::Final:
            return addFinal(node, meaning);
        case KeyMeaning::Kind::Metric:
            return addSeries(node, meaning.key, meaning.column);
        case KeyMeaning::Kind::Stored:
            break;
        }
        result_.sql += "(";
        HILO_CHECK(addSetting(node, meaning.key));
        if (node.kind == Filter::Node::Kind::Exists || (node.value.number && node.comparison != "~")) {
            result_.sql += " OR ";
            HILO_CHECK(addSeries(node, meaning.key, meaning.column));
        }
        result_.sql += ")";
        return {};
    }

    /// A value that looks like a number is looked for as text too: expert counts such as 2468 are digit strings.
    Status addSetting(const Filter::Node& node, std::int64_t key)
    {
        const bool asNumber = node.value.number && node.comparison != "~";
        const bool ordered = node.comparison != "=" && node.comparison != "!=";
        if (asNumber || node.kind == Filter::Node::Kind::Exists) {
            result_.sql += "r.run IN (SELECT run FROM settings WHERE key = ? AND ";
            bind(static_cast<double>(key));
            addNumber(node, "number");
            result_.sql += ")";
        }
        if (asNumber && ordered)
            return {};
        result_.sql += asNumber || node.kind == Filter::Node::Kind::Exists ? " OR " : "";
        result_.sql += "r.run IN (SELECT run FROM settings WHERE key = ? AND ";
        bind(static_cast<double>(key));
        // A flag has a number and a text; a number that differs must not count once more by its text.
        if (asNumber)
            result_.sql += "number IS NULL AND ";
        addText(node, "text");
        result_.sql += ")";
        return {};
    }

    Status addSeries(const Filter::Node& node, std::int64_t key, const std::string& column)
    {
        result_.sql += "r.run IN (SELECT run FROM series WHERE key = ? AND ";
        bind(static_cast<double>(key));
        if (!addNumber(node, column))
            return failure(notANumber(node));
        result_.sql += ")";
        return {};
    }

    Status addEvaluation(const Filter::Node& node, const std::string& split)
    {
        result_.sql +=
            "(SELECT e.accuracy FROM evaluations e WHERE e.run = r.run AND e.split = ? ORDER BY e.step DESC LIMIT 1)";
        bind(split);
        if (!addNumber(node, ""))
            return failure(notANumber(node));
        return {};
    }

    Status addFinal(const Filter::Node& node, const KeyMeaning& meaning)
    {
        const ScoreTable table = tableOfMetric(meaning.metric);
        result_.sql += "(SELECT avg(f.value) FROM " + table.name + " f WHERE f.run = r.run AND f.metric = ? AND ";
        bind(meaning.metric);
        result_.sql += meaning.task.empty() ? table.countsInMean : "f.task = ?";
        if (!meaning.task.empty())
            bind(meaning.task);
        result_.sql += ")";
        if (!addNumber(node, ""))
            return failure(notANumber(node));
        return {};
    }

    static Error notANumber(const Filter::Node& node)
    {
        return badInput("filter", "column " + std::to_string(node.column),
                        "\"" + node.key + "\" is a number; \"" + node.value.text + "\" is none.");
    }

    Database& database_;
    const MetricChoice& metric_;
    SqlCondition result_{"", {}};
};

} // namespace

Result<SqlCondition> Filter::operator()(Database& database) const
{
    if (!root_)
        return SqlCondition();
    Compiler compiler(database, metric_);
    HILO_CHECK(compiler.add(*root_));
    // SQLite's own limit is 1000 nested expressions.
    if (compiler.result().values.size() > 800)
        return failure(badInput("filter", {}, "The filter has too many conditions.", "Use at most 400 values."));
    return compiler.take();
}

} // namespace hilo
