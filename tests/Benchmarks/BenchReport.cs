using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FriendCity.Benchmarks;

/// <summary>The lines as text for people, or as one JSON object.</summary>
internal static class BenchReport
{
    public static string Head { get; } = Row("figure", "ours", "reference", "ratio", "unit", "target", "");

    public static string Row(Line line) =>
        Row(line.Figure, Number(line.Ours), Number(line.Reference), line.Ratio?.ToString("0.00", CultureInfo.InvariantCulture), line.Unit,
            line.Target, Verdict(line));

    public static string Sum(IReadOnlyCollection<Line> lines) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{lines.Count(line => line.Holds == true)} hold, {lines.Count(line => line.Holds == false)} missed");

    public static string Json(BenchOptions options, IReadOnlyList<(string Benchmark, Line Line)> lines)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer,
            new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("rows", options.Rows);
            writer.WriteNumber("connections", options.Connections);
            writer.WriteNumber("processors", Environment.ProcessorCount);
            writer.WriteBoolean("plainEmulator", options.PlainEmulator);
            writer.WriteStartArray("lines");
            foreach (var (benchmark, line) in lines)
                Write(writer, benchmark, line);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Row(string figure, string? ours, string? reference, string? ratio, string unit, string? target, string verdict) =>
        $"{figure,-44} {ours,12} {reference,12} {ratio,8}  {unit,-8} {target,-26} {verdict}".TrimEnd();

    private static void Write(Utf8JsonWriter writer, string benchmark, Line line)
    {
        writer.WriteStartObject();
        writer.WriteString("benchmark", benchmark);
        writer.WriteString("figure", line.Figure);
        writer.WriteNumber("ours", line.Ours);
        Write(writer, "reference", line.Reference);
        Write(writer, "ratio", line.Ratio);
        writer.WriteString("unit", line.Unit);
        writer.WriteString("target", line.Target);
        if (line.Holds is { } holds)
            writer.WriteBoolean("holds", holds);
        else
            writer.WriteNull("holds");
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    private static string Verdict(Line line) => line.Holds switch
    {
        true => "holds",
        false => "MISSED",
        null => "",
    };

    private static string? Number(double? value) =>
        value?.ToString(value switch { < 10 => "0.##", < 100 => "0.0", _ => "#,0" }, CultureInfo.InvariantCulture);
}
