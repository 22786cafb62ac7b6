// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/parquet/parquet_file.h"

#include "formats/parquet/column_reader.h"

#include <algorithm>

namespace hilo::parquet {

/// Puts the entries of a group's columns together to rows again (Melnik et al. 2010, "Dremel", section 4.2, walking the
/// schema instead of an automaton).
class RowAssembly
{
  public:
    RowAssembly(std::vector<ColumnReader> columns, std::string name, UnreadCells* unread)
        : columns_(std::move(columns)), name_(std::move(name)), unread_(unread)
    {
    }

    Result<Json> object(const Node& node)
    {
        Json object = Json::object();
        for (const Node& child : node.children) {
            // What a list wraps its values in has no name that anybody knows.
            const bool isNamed = node.element.repetition != Repetition::Repeated || node.children.size() > 1;
            if (isNamed)
                path_.push_back(&child.element.name);
            HILO_TRY(Json value, field(child));
            if (isNamed)
                path_.pop_back();
            object[child.element.name] = std::move(value);
        }
        return object;
    }

    /// The next row, whose columns are the node's.
    Result<Json> row(const Node& node)
    {
        path_.clear();
        if (unread_) {
            unread_->brokenText.clear();
            unread_->bytesOfRow.clear();
        }
        return object(node);
    }

  private:
    void tellUnread(const Node& node)
    {
        using Kind = LogicalType::Kind;
        if (!unread_)
            return;
        const bool isText = node.element.logical.kind == Kind::Text || node.element.logical.kind == Kind::Json;
        if (!isText) {
            unread_->bytesColumns.insert(node.element.name);
            unread_->bytesOfRow.insert(path_.empty() ? node.element.name : *path_.front());
        } else if (unread_->brokenText.empty()) {
            for (const std::string* name : path_)
                unread_->brokenText += (unread_->brokenText.empty() ? "" : ".") + *name;
        }
    }

    ColumnReader& first(const Node& node) { return columns_[node.firstColumn]; }

    Status mustHaveNext(const Node& node)
    {
        HILO_TRY(const bool there, first(node).hasNext());
        if (!there)
            return failure(badInput(name_, "column " + node.element.name,
                                    "The column has fewer values than the row group has rows.",
                                    "Copy or download the file again."));
        return {};
    }

    /// One entry of every column below, which all say that there is nothing.
    Status skipAbsent(const Node& node)
    {
        for (std::size_t i = node.firstColumn; i < node.firstColumn + node.columns; ++i) {
            HILO_TRY(const bool there, columns_[i].hasNext());
            if (!there || columns_[i].isPresent())
                return failure(badInput(name_, "column " + node.element.name,
                                        "Columns of one group disagree about which rows have a value.",
                                        "Copy or download the file again."));
            HILO_TRY([[maybe_unused]] const Json nothing, columns_[i].take());
        }
        return {};
    }

    Result<Json> field(const Node& node)
    {
        if (node.element.repetition != Repetition::Repeated)
            return value(node);
        HILO_CHECK(mustHaveNext(node));
        Json list = Json::array();
        if (static_cast<int>(first(node).definition()) < node.definition) {
            HILO_CHECK(skipAbsent(node));
            return list;
        }
        for (bool more = true; more;) {
            HILO_TRY(Json item, value(node));
            list.push_back(std::move(item));
            HILO_TRY(const bool there, first(node).hasNext());
            more = there && static_cast<int>(first(node).repetition()) == node.repetition;
        }
        return list;
    }

    Result<Json> value(const Node& node)
    {
        HILO_CHECK(mustHaveNext(node));
        if (node.element.type) {
            HILO_TRY(Json value, first(node).take());
            if (!value.is_binary())
                return value;
            tellUnread(node);
            return Json();
        }
        const bool absent = node.element.repetition == Repetition::Optional &&
                            static_cast<int>(first(node).definition()) < node.definition;
        if (absent) {
            HILO_CHECK(skipAbsent(node));
            return Json();
        }
        if (node.shape == Node::Shape::Object)
            return object(node);
        HILO_TRY(Json items, field(node.children[0]));
        const Node& repeated = node.children[0];
        if (node.shape == Node::Shape::List)
            for (Json& item : items)
                item = Json(std::move(item[repeated.children[0].element.name]));
        return node.shape == Node::Shape::Map ? mapOf(repeated, items) : std::move(items);
    }

    static Json mapOf(const Node& repeated, const Json& entries)
    {
        const std::string& key = repeated.children[0].element.name;
        const std::string& item = repeated.children[1].element.name;
        const SchemaElement& keyElement = repeated.children[0].element;
        const bool texts =
            keyElement.type == PhysicalType::ByteArray &&
            std::all_of(entries.begin(), entries.end(), [&key](const Json& entry) { return entry[key].is_string(); });
        Json map = texts ? Json::object() : Json::array();
        for (const Json& entry : entries) {
            if (texts)
                map[entry[key].get<std::string>()] = entry[item];
            else
                map.push_back(Json::array({entry[key], entry[item]}));
        }
        return map;
    }

    std::vector<ColumnReader> columns_;
    std::string name_;
    UnreadCells* unread_;
    std::vector<const std::string*> path_; ///< the names from the row to the value that is read
};

namespace {

Status checkGroup(const RowGroup& group, const std::vector<const Node*>& leaves, const std::string& name)
{
    if (group.rows < 0 || group.columns.size() != leaves.size())
        return failure(badInput(name, "footer", "A row group has other columns than the schema.",
                                "Copy or download the file again."));
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        const ColumnChunk& column = group.columns[i];
        const std::string place = "column " + leaves[i]->element.name;
        if (column.encrypted)
            return failure(badInput(name, place, "The column is encrypted, which is not read here.",
                                    "Give an unencrypted Parquet file."));
        if (column.elsewhere)
            return failure(badInput(name, place, "The column's bytes lie in another file, which is not read here.",
                                    "Write the rows into one file."));
        if (column.type != *leaves[i]->element.type)
            return failure(badInput(name, place, "The column has another type than the schema.",
                                    "Copy or download the file again."));
    }
    return {};
}

} // namespace

Result<ParquetFile> ParquetFile::open(const std::filesystem::path& path)
{
    HILO_TRY(const std::shared_ptr<const MappedFile> mapping, MappedFile::open(path));
    HILO_TRY(ParquetFile file, fromBytes(mapping->bytes(), path.string()));
    file.mapping_ = mapping;
    return file;
}

Result<ParquetFile> ParquetFile::fromBytes(std::span<const std::byte> bytes, std::string name)
{
    ParquetFile file;
    file.bytes_ = bytes;
    file.name_ = std::move(name);
    HILO_TRY(file.metadata_, readMetadata(bytes, file.name_));
    auto root = schemaTree(file.metadata_.schema);
    if (!root) {
        root.error().file = file.name_;
        return failure(root.error());
    }
    file.root_ = std::make_shared<const Node>(std::move(*root));
    const std::vector<const Node*> leaves = leavesOf(*file.root_);
    // Rows of nothing take no bytes, so that a number that lies could not be told.
    if (leaves.empty())
        return failure(badInput(file.name_, "schema", "The file has no columns."));
    for (const RowGroup& group : file.metadata_.rowGroups)
        HILO_CHECK(checkGroup(group, leaves, file.name_));
    return file;
}

std::vector<std::string> ParquetFile::columnNames() const
{
    std::vector<std::string> names;
    for (const Node& child : root_->children)
        names.push_back(child.element.name);
    return names;
}

std::string ParquetFile::metadata(const std::string& key) const
{
    for (const auto& [name, text] : metadata_.texts)
        if (name == key)
            return text;
    return {};
}

Status ParquetFile::readRows(std::size_t rowGroup, const std::function<Status(std::int64_t, Json)>& receive,
                             UnreadCells* unread) const
{
    std::int64_t firstRow = 0;
    for (std::size_t i = 0; i < rowGroup; ++i)
        firstRow += metadata_.rowGroups[i].rows;
    RowCursor cursor = openRowGroup(rowGroup, unread);
    for (std::int64_t row = firstRow;; ++row) {
        HILO_TRY(std::optional<Json> values, cursor.next());
        if (!values)
            return {};
        HILO_CHECK(receive(row, std::move(*values)));
    }
}

struct RowCursor::State
{
    std::shared_ptr<const MappedFile> mapping;
    std::shared_ptr<const Node> root;
    std::shared_ptr<const RowGroup> group;
    RowAssembly assembly;
    std::int64_t left = 0;
};

RowCursor::RowCursor(std::unique_ptr<State> state) : state_(std::move(state)) {}
RowCursor::RowCursor(RowCursor&& other) noexcept = default;
RowCursor& RowCursor::operator=(RowCursor&& other) noexcept = default;
RowCursor::~RowCursor() = default;

Result<std::optional<Json>> RowCursor::next()
{
    if (state_->left == 0)
        return std::nullopt;
    --state_->left;
    HILO_TRY(Json values, state_->assembly.row(*state_->root));
    return values;
}

RowCursor ParquetFile::openRowGroup(std::size_t rowGroup, UnreadCells* unread) const
{
    const auto group = std::make_shared<const RowGroup>(metadata_.rowGroups[rowGroup]);
    const std::vector<const Node*> leaves = leavesOf(*root_);
    std::vector<ColumnReader> columns;
    for (std::size_t i = 0; i < leaves.size(); ++i)
        columns.emplace_back(*leaves[i], group->columns[i], bytes_, name_);
    return RowCursor(std::make_unique<RowCursor::State>(
        RowCursor::State{mapping_, root_, group, RowAssembly(std::move(columns), name_, unread), group->rows}));
}

} // namespace hilo::parquet
