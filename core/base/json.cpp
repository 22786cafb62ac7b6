// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json.h"

#include "base/atomic_file.h"
#include "base/edit_distance.h"
#include "base/valid_utf8.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace hilo {
namespace {

/// The text with a 0 in the place of every NaN and Infinity outside of strings, as long as before, so that places in it
/// stay what they are.
struct PythonNumbers
{
    std::string text;
    std::map<std::size_t, double> values; ///< by how many numbers stand before it

    static bool maybeIn(std::string_view text)
    {
        return text.find("NaN") != std::string_view::npos || text.find("Infinity") != std::string_view::npos;
    }

    explicit PythonNumbers(std::string_view original) : text(original)
    {
        std::size_t numbers = 0;
        for (std::size_t i = 0; i < text.size();) {
            if (text[i] == '"')
                i = behindString(i);
            else if (const std::size_t length = replaceAt(i, numbers); length > 0)
                i += length;
            else
                ++i;
        }
    }

  private:
    std::size_t behindString(std::size_t at) const
    {
        for (++at; at < text.size() && text[at] != '"'; ++at)
            if (text[at] == '\\')
                ++at;
        return at + 1;
    }

    /// Length of the number that stands there, 0 when none does.
    std::size_t replaceAt(std::size_t at, std::size_t& numbers)
    {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        const std::string_view rest = std::string_view(text).substr(at);
        for (const auto& [name, value] : {std::pair{std::string_view("NaN"), std::nan("")},
                                          {std::string_view("Infinity"), infinity},
                                          {std::string_view("-Infinity"), -infinity}}) {
            if (!rest.starts_with(name))
                continue;
            values[numbers++] = value;
            text.replace(at, name.size(), "0" + std::string(name.size() - 1, ' '));
            return name.size();
        }
        if (rest[0] != '-' && (rest[0] < '0' || rest[0] > '9'))
            return 0;
        ++numbers;
        return std::min(rest.find_first_not_of("0123456789+-.eE"), rest.size());
    }
};

/// Builds the document while it watches for duplicate keys and depth.
class CheckedBuilder : public nlohmann::json_sax<Json>
{
  public:
    /// special: values of the numbers that JSON has no form for, by how many numbers stand before them.
    CheckedBuilder(std::string_view text, const std::string& file, const JsonLimits& limits,
                   std::map<std::size_t, double> special = {})
        : text_(text), file_(file), limits_(limits), special_(std::move(special))
    {
    }

    bool null() override { return add(nullptr); }
    bool boolean(bool value) override { return add(value); }
    bool number_integer(number_integer_t value) override { return addNumber(value); }
    bool number_unsigned(number_unsigned_t value) override { return addNumber(value); }
    bool number_float(number_float_t value, const string_t&) override { return addNumber(value); }
    bool string(string_t& value) override { return add(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override
    {
        key_ = name;
        return keys_.back().insert(name).second ||
               refuse("The key \"" + name + "\" stands twice in one object.", "Remove one of the two.");
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override
    {
        const std::string reason = error.what();
        const auto colon = reason.rfind("; ");
        // The parser speaks of UTF-8 inside of strings only.
        const bool encoding = !isUtf8(text_);
        error_ = badInput(
            file_, placeOf(position),
            encoding ? "The text is not valid UTF-8."
                     : "Not valid JSON: " + (colon == std::string::npos ? reason : reason.substr(colon + 2)) + ".");
        return false;
    }

    Json take() { return std::move(root_); }
    Error error() { return error_; }

  private:
    template <class T>
    bool add(T&& value)
    {
        place(Json(std::forward<T>(value)));
        return true;
    }

    template <class T>
    bool addNumber(T value)
    {
        const auto special = special_.find(numbers_++);
        return special == special_.end() ? add(value) : add(special->second);
    }

    bool open(Json empty)
    {
        if (static_cast<int>(stack_.size()) >= limits_.maximumDepth)
            return refuse("The JSON is nested deeper than " + std::to_string(limits_.maximumDepth) + " levels.", {});
        stack_.push_back(place(std::move(empty)));
        keys_.emplace_back();
        return true;
    }

    bool close()
    {
        stack_.pop_back();
        keys_.pop_back();
        return true;
    }

    Json* place(Json value)
    {
        if (stack_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        Json& parent = *stack_.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        // The key is known to be new, so the linear search of ordered_json's operator[] is skipped.
        auto& object = parent.get_ref<Json::object_t&>();
        object.Container::emplace_back(key_, std::move(value));
        return &object.Container::back().second;
    }

    bool refuse(std::string message, std::string hint)
    {
        error_ = badInput(file_, key_.empty() ? std::string() : "near \"" + key_ + "\"", std::move(message),
                          std::move(hint));
        return false;
    }

    std::string placeOf(std::size_t position) const
    {
        const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::min(position, text_.size()));
        return "line " + std::to_string(1 + std::count(text_.begin(), end, '\n')) + ", byte " +
               std::to_string(position);
    }

    std::string_view text_;
    std::string file_;
    JsonLimits limits_;
    std::map<std::size_t, double> special_;
    std::size_t numbers_ = 0;
    Json root_;
    std::vector<Json*> stack_;
    std::vector<std::set<std::string>> keys_;
    std::string key_;
    Error error_;
};

std::string asText(double value)
{
    std::string text = Json(value).dump();
    if (text.ends_with(".0"))
        text.resize(text.size() - 2);
    return text;
}

} // namespace

Result<Json> parseJson(std::string_view text, const std::string& file, const JsonLimits& limits)
{
    if (text.size() > limits.maximumBytes)
        return failure(badInput(file, {},
                                "The JSON has " + std::to_string(text.size()) + " bytes; at most " +
                                    std::to_string(limits.maximumBytes) + " are allowed."));
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    const auto built = [&](std::string_view strict, std::map<std::size_t, double> special) -> Result<Json> {
        CheckedBuilder builder(strict, file, limits, std::move(special));
        if (!Json::sax_parse(strict, &builder))
            return failure(builder.error());
        return builder.take();
    };
    if (!limits.pythonNumbers || !PythonNumbers::maybeIn(text))
        return built(text, {});
    PythonNumbers numbers(text);
    return built(numbers.text, std::move(numbers.values));
}

std::string shownJson(const Json& value)
{
    if (!value.is_number_float() || std::isfinite(value.get<double>()))
        return value.dump();
    const double number = value.get<double>();
    return std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
}

Result<Json> readJsonFile(const std::filesystem::path& path, const JsonLimits& limits)
{
    HILO_TRY(const std::string text, readFile(path, limits.maximumBytes));
    return parseJson(text, path.string(), limits);
}

Status writeJsonFile(const std::filesystem::path& path, const Json& document)
{
    return writeFileAtomically(path, document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

JsonObject::JsonObject(const Json* value, std::string file, std::string place)
    : value_(value), file_(std::move(file)), place_(std::move(place))
{
}

Result<JsonObject> JsonObject::of(const Json& value, std::string file, std::string place)
{
    if (!value.is_object())
        return failure(badInput(std::move(file), std::move(place),
                                std::string("An object was expected, not ") + value.type_name() + "."));
    return JsonObject(&value, std::move(file), std::move(place));
}

bool JsonObject::has(const std::string& key) const
{
    const auto found = value_->find(key);
    return found != value_->end() && !found->is_null();
}

std::string JsonObject::placeOf(const std::string& key) const
{
    return place_.empty() ? key : place_ + "." + key;
}

Error JsonObject::errorAt(const std::string& key, std::string message, std::string hint) const
{
    return badInput(file_, placeOf(key), std::move(message), std::move(hint));
}

Result<std::string> JsonObject::text(const std::string& key) const
{
    if (!has(key))
        return failure(errorAt(key, "A text is missing here."));
    const Json& value = (*value_)[key];
    if (!value.is_string())
        return failure(errorAt(key, std::string("A text was expected, not ") + value.type_name() + "."));
    return value.get<std::string>();
}

Result<std::string> JsonObject::textOr(const std::string& key, std::string fallback) const
{
    return has(key) ? text(key) : Result<std::string>(std::move(fallback));
}

Result<std::int64_t> JsonObject::integer(const std::string& key, std::int64_t lowest, std::int64_t highest) const
{
    if (!has(key))
        return failure(errorAt(key, "A whole number is missing here."));
    const Json& value = (*value_)[key];
    // 3.0 is what some writers make of 3.
    const bool whole = value.is_number_float() && std::floor(value.get<double>()) == value.get<double>() &&
                       std::abs(value.get<double>()) < 9e15;
    const bool tooLarge =
        value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX);
    if ((!value.is_number_integer() && !whole) || tooLarge)
        return failure(errorAt(key, "A whole number was expected, not " + shownJson(value) + "."));
    const auto number = whole ? static_cast<std::int64_t>(value.get<double>()) : value.get<std::int64_t>();
    if (number < lowest || number > highest)
        return failure(errorAt(key, "Must be from " + std::to_string(lowest) + " to " + std::to_string(highest) +
                                        ", but is " + std::to_string(number) + "."));
    return number;
}

Result<std::int64_t> JsonObject::integerOr(const std::string& key, std::int64_t fallback, std::int64_t lowest,
                                           std::int64_t highest) const
{
    return has(key) ? integer(key, lowest, highest) : Result<std::int64_t>(fallback);
}

Result<double> JsonObject::number(const std::string& key, double lowest, double highest) const
{
    if (!has(key))
        return failure(errorAt(key, "A number is missing here."));
    const Json& value = (*value_)[key];
    if (!value.is_number() || !std::isfinite(value.get<double>()))
        return failure(errorAt(key, "A number was expected, not " + shownJson(value) + "."));
    const double number = value.get<double>();
    if (number < lowest || number > highest)
        return failure(errorAt(key, "Must be from " + asText(lowest) + " to " + asText(highest) + ", but is " +
                                        asText(number) + "."));
    return number;
}

Result<double> JsonObject::numberOr(const std::string& key, double fallback, double lowest, double highest) const
{
    return has(key) ? number(key, lowest, highest) : Result<double>(fallback);
}

Result<bool> JsonObject::flagOr(const std::string& key, bool fallback) const
{
    if (!has(key))
        return fallback;
    const Json& value = (*value_)[key];
    if (!value.is_boolean())
        return failure(errorAt(key, "true or false was expected, not " + shownJson(value) + "."));
    return value.get<bool>();
}

Result<JsonObject> JsonObject::object(const std::string& key) const
{
    if (!has(key))
        return failure(errorAt(key, "An object is missing here."));
    return of((*value_)[key], file_, placeOf(key));
}

Result<const Json*> JsonObject::array(const std::string& key) const
{
    if (!has(key))
        return failure(errorAt(key, "A list is missing here."));
    const Json& value = (*value_)[key];
    if (!value.is_array())
        return failure(errorAt(key, std::string("A list was expected, not ") + value.type_name() + "."));
    return &value;
}

Status JsonObject::onlyKeys(std::initializer_list<std::string_view> known) const
{
    for (const auto& item : value_->items()) {
        const std::string& key = item.key();
        if (std::find(known.begin(), known.end(), key) != known.end())
            continue;
        const auto nearest = std::min_element(
            known.begin(), known.end(), [&key](auto a, auto b) { return editDistance(a, key) < editDistance(b, key); });
        std::string hint;
        if (nearest != known.end() && editDistance(*nearest, key) <= 3)
            hint = "Did you mean \"" + std::string(*nearest) + "\"?";
        return failure(errorAt(key, "Unknown key.", hint));
    }
    return {};
}

} // namespace hilo
