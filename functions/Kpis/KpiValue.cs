using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using FriendCity.Records;

namespace FriendCity.Kpis;

/// <summary>A figure with its definition and the trace to its rows.</summary>
internal sealed record KpiValue(Kpi Kpi, Figure Figure)
{
    /// <summary>Raised by a change of the computation and by one of the office's weights.</summary>
    public long Version => Kpi.Version + (Figure.Version - 1 ?? 0);

    /// <summary>Measures of one part often share their list of rows, which never changes: it is walked once and forgotten with the list.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<FigureRow>, Trace> Traces = [];

    public string Unit => Figure.Unit ?? Kpi.Unit;

    /// <summary>SHA-256 over <c>type/id@version</c> of the rows in the order of type, id and version: the same rows give the same hash.</summary>
    public string RowsHash => _trace.Hash;

    /// <summary>How many rows rest on each source.</summary>
    public IReadOnlyDictionary<string, int> Evidence => _trace.Evidence;

    private readonly Trace _trace = Traces.GetValue(Figure.Rows, static rows => new Trace(Hash(rows), Weigh(rows)));

    private sealed record Trace(string Hash, IReadOnlyDictionary<string, int> Evidence);

    private static Dictionary<string, int> Weigh(IReadOnlyList<FigureRow> rows)
    {
        var counts = new int[Provenance.Sources.Length];
        foreach (var row in rows)
            counts[Array.IndexOf(Provenance.Sources, row.Source)]++;
        return Provenance.Sources.Zip(counts).ToDictionary(each => each.First, each => each.Second);
    }

    private static string Hash(IReadOnlyList<FigureRow> rows)
    {
        // Figures of a hundred thousand rows are common: rows mostly come in the order of ids, and no string is made for each.
        var sorted = rows;
        for (var i = 1; i < rows.Count; i++)
        {
            if (Compare(rows[i - 1], rows[i]) <= 0)
                continue;
            var array = rows.ToArray();
            Array.Sort(array, Compare);
            sorted = array;
            break;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        var used = 0;
        foreach (var row in sorted)
        {
            if (buffer.Length - used < 1024)
            {
                hash.AppendData(buffer, 0, used);
                used = 0;
            }

            used += Encoding.UTF8.GetBytes(row.Type, buffer.AsSpan(used));
            buffer[used++] = (byte)'/';
            used += Encoding.UTF8.GetBytes(row.Record.Id, buffer.AsSpan(used));
            buffer[used++] = (byte)'@';
            row.Record.Version.TryFormat(buffer.AsSpan(used), out var digits, provider: CultureInfo.InvariantCulture);
            used += digits;
            buffer[used++] = (byte)'\n';
        }

        hash.AppendData(buffer, 0, used);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static int Compare(FigureRow left, FigureRow right)
    {
        var order = ReferenceEquals(left.Type, right.Type) ? 0 : string.CompareOrdinal(left.Type, right.Type);
        if (order == 0)
            order = string.CompareOrdinal(left.Record.Id, right.Record.Id);
        return order == 0 ? left.Record.Version.CompareTo(right.Record.Version) : order;
    }
}
