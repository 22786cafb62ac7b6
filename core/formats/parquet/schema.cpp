// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/parquet/schema.h"

namespace hilo::parquet {
namespace {

using Kind = LogicalType::Kind;

Error wrong(const std::string& name, const std::string& what)
{
    return badInput({}, "schema, \"" + name + "\"", what, "Write the file again with another tool.");
}

class Builder
{
  public:
    explicit Builder(const std::vector<SchemaElement>& schema) : schema_(schema) {}

    Result<Node> build(int definition, int repetition, int depth)
    {
        if (at_ >= schema_.size())
            return failure(wrong("", "A group has fewer children than it says."));
        Node node;
        node.element = schema_[at_++];
        const std::string& name = node.element.name;
        if (depth > 32)
            return failure(wrong(name, "Columns are nested more than 32 deep."));
        const bool isRoot = depth == 0;
        node.definition = definition + (isRoot || node.element.repetition == Repetition::Required ? 0 : 1);
        node.repetition = repetition + (!isRoot && node.element.repetition == Repetition::Repeated ? 1 : 0);
        node.firstColumn = columns_;
        if (node.element.type) {
            if (node.element.children > 0)
                return failure(wrong(name, "A column has children."));
            ++columns_;
        } else {
            if (node.element.children < 0 || static_cast<std::size_t>(node.element.children) > schema_.size())
                return failure(wrong(name, "A group has an impossible number of children."));
            for (int i = 0; i < node.element.children; ++i) {
                HILO_TRY(Node child, build(node.definition, node.repetition, depth + 1));
                node.children.push_back(std::move(child));
            }
            node.shape = isRoot ? Node::Shape::Object : shapeOf(node);
        }
        node.columns = columns_ - node.firstColumn;
        if (!isRoot && node.columns == 0)
            return failure(wrong(name, "A group has no columns."));
        return node;
    }

    bool atEnd() const { return at_ == schema_.size(); }

  private:
    static Node::Shape shapeOf(const Node& node)
    {
        const bool holdsRepeated =
            node.children.size() == 1 && node.children[0].element.repetition == Repetition::Repeated;
        if (!holdsRepeated)
            return Node::Shape::Object;
        const Node& repeated = node.children[0];
        if (node.element.logical.kind == Kind::Map && repeated.children.size() == 2)
            return Node::Shape::Map;
        if (node.element.logical.kind != Kind::List)
            return Node::Shape::Object;
        // Older writers leave the group of the element out (parquet-format: LogicalTypes.md, backward compatibility).
        const bool itself = repeated.children.size() != 1 || repeated.element.name == "array" ||
                            repeated.element.name == node.element.name + "_tuple";
        return itself ? Node::Shape::ListOfItself : Node::Shape::List;
    }

    const std::vector<SchemaElement>& schema_;
    std::size_t at_ = 0;
    std::size_t columns_ = 0;
};

void collect(const Node& node, std::vector<const Node*>& leaves)
{
    if (node.element.type)
        leaves.push_back(&node);
    for (const Node& child : node.children)
        collect(child, leaves);
}

} // namespace

Result<Node> schemaTree(const std::vector<SchemaElement>& schema)
{
    if (schema.empty() || schema.front().type)
        return failure(wrong("", "The schema has no root."));
    Builder builder(schema);
    HILO_TRY(Node root, builder.build(0, 0, 0));
    if (!builder.atEnd())
        return failure(wrong("", "The schema has columns outside of its root."));
    return root;
}

std::vector<const Node*> leavesOf(const Node& node)
{
    std::vector<const Node*> leaves;
    collect(node, leaves);
    return leaves;
}

} // namespace hilo::parquet
