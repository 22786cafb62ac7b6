// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocation/map_csv.h"

#include "allocation/cell_text.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace hilo {
namespace {

/// Fields of one line; a field in quotes may hold separators, and "" for a quote.
QStringList fieldsOf(const QString& line, QChar separator)
{
    QStringList fields{QString()};
    bool quoted = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar one = line[i];
        if (one == QLatin1Char('"') && quoted && i + 1 < line.size() && line[i + 1] == one)
            fields.last() += line[++i];
        else if (one == QLatin1Char('"'))
            quoted = !quoted;
        else if (one == separator && !quoted)
            fields << QString();
        else
            fields.last() += one;
    }
    for (QString& field : fields)
        field = field.trimmed();
    return fields;
}

QChar separatorOf(const QString& header)
{
    for (const char candidate : {'\t', ';'})
        if (header.contains(QLatin1Char(candidate)))
            return QLatin1Char(candidate);
    return QLatin1Char(',');
}

/// Where an error is, and what it says.
struct Reading
{
    const ModelConfig& model;
    const std::string& file;
    qsizetype line = 0;

    tl::unexpected<Error> wrong(const QString& message, const std::string& hint = {}) const
    {
        return failure(badInput(file, "line " + std::to_string(line + 1), message.toStdString(), hint));
    }

    Result<std::size_t> layer(const QString& text) const
    {
        bool isNumber = false;
        const int value = text.toInt(&isNumber);
        if (!isNumber || value < 0 || value >= model.layers)
            return wrong(QStringLiteral("expected a layer from 0 to %1, found \"%2\"").arg(model.layers - 1).arg(text));
        return static_cast<std::size_t>(value);
    }

    Status module(const QString& name) const
    {
        QStringList names;
        for (const ModuleShape& shape : moduleShapes(model))
            names << QString::fromStdString(shape.name);
        if (!names.contains(name))
            return wrong(QStringLiteral("the model has no module \"%1\"").arg(name),
                         "its modules are " + names.join(QStringLiteral(", ")).toStdString());
        return {};
    }

    Result<ModuleAllocation> cell(const QString& text) const
    {
        auto value = parseCellText(text, {});
        if (!value)
            return wrong(QString::fromStdString(value.error().message), value.error().hint);
        return *value;
    }
};

Status readLong(const QStringList& header, const QStringList& fields, const Reading& reading, AllocationMap& map)
{
    const auto field = [&](const char* name) { return fields.value(header.indexOf(QLatin1String(name))); };
    HILO_TRY(const std::size_t layer, reading.layer(field("layer")));
    const QString module = field("module");
    HILO_CHECK(reading.module(module));
    HILO_TRY(ModuleAllocation value, reading.cell(field("ranks")));
    const auto number = [&](const char* name, double fallback, double highest) -> Result<double> {
        const QString text = field(name);
        if (text.isEmpty())
            return fallback;
        bool isNumber = false;
        const double given = QLocale::c().toDouble(text, &isNumber);
        if (!isNumber || given < 0 || given > highest)
            return reading.wrong(QStringLiteral("%1 is \"%2\", a number from 0 to %3 was expected")
                                     .arg(QLatin1String(name), text)
                                     .arg(highest));
        return given;
    };
    HILO_TRY(const double nullExperts, number("null_experts", 0, 256));
    HILO_TRY(const double alpha, number("alpha", value.alpha, 1e9));
    HILO_TRY(const double topK, number("top_k", value.topK, 256));
    value.nullExperts = static_cast<int>(nullExperts);
    value.alpha = alpha;
    value.topK = static_cast<int>(topK);
    if (!value.ranks.empty())
        map.layers[layer][module.toStdString()] = value;
    return {};
}

Status readTable(const QStringList& header, const QStringList& fields, const Reading& reading, AllocationMap& map)
{
    HILO_TRY(const std::size_t layer, reading.layer(fields.value(0)));
    if (fields.size() > header.size())
        return reading.wrong(QStringLiteral("%1 fields, but the first line names %2; ranks with commas between need "
                                            "quotes")
                                 .arg(fields.size())
                                 .arg(header.size()));
    for (qsizetype column = 1; column < fields.size(); ++column) {
        HILO_TRY(const ModuleAllocation value, reading.cell(fields[column]));
        if (!value.ranks.empty())
            map.layers[layer][header[column].toStdString()] = value;
    }
    return {};
}

} // namespace

QString mapToCsv(const AllocationMap& map, const ModelConfig& model)
{
    QString text = QStringLiteral("layer,module,ranks,top_k,alpha,null_experts\n");
    for (std::size_t layer = 0; layer < map.layers.size(); ++layer) {
        for (const ModuleShape& shape : moduleShapes(model)) {
            const ModuleAllocation* found = map.find(layer, shape.name);
            const ModuleAllocation value = found ? *found : ModuleAllocation{};
            QStringList ranks;
            for (const int rank : value.ranks)
                ranks << QString::number(rank);
            text += QStringLiteral("%1,%2,%3,%4,%5,%6\n")
                        .arg(layer)
                        .arg(QString::fromStdString(shape.name), ranks.join(QLatin1Char(' ')))
                        .arg(value.topK)
                        .arg(QString::number(value.alpha, 'g', 17))
                        .arg(value.nullExperts);
        }
    }
    return text;
}

Result<AllocationMap> mapFromCsv(const QString& text, const ModelConfig& model, const std::string& file)
{
    AllocationMap map;
    map.strategy = "manual";
    map.architecture = model.architecture;
    map.layers.resize(static_cast<std::size_t>(model.layers));
    const QStringList lines = QString(text).remove(QChar(0xFEFF)).split(QLatin1Char('\n'));
    const QChar separator = separatorOf(lines.front());
    const QStringList header = fieldsOf(lines.front(), separator);
    Reading reading{model, file};
    if (header.value(0).compare(QLatin1String("layer"), Qt::CaseInsensitive) != 0 || header.size() < 2)
        return reading.wrong(QStringLiteral("expected a first line that names the columns"),
                             "layer, module, ranks, top_k, alpha, or layer and the names of modules");
    const bool isLong = header[1] == QLatin1String("module");
    if (isLong && !header.contains(QLatin1String("ranks")))
        return reading.wrong(QStringLiteral("there is no column \"ranks\""));
    for (qsizetype column = 1; !isLong && column < header.size(); ++column)
        HILO_CHECK(reading.module(header[column]));
    for (reading.line = 1; reading.line < lines.size(); ++reading.line) {
        const QString line = lines[reading.line].trimmed();
        if (line.isEmpty())
            continue;
        const QStringList fields = fieldsOf(lines[reading.line], separator);
        HILO_CHECK((isLong ? readLong : readTable)(header, fields, reading, map));
    }
    HILO_CHECK(validateAllocationMap(map, model, file));
    return map;
}

} // namespace hilo
