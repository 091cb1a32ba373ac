using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using FriendCity.Records;

namespace FriendCity.Kpis.Model;

/// <summary>A figure with its definition and the trace to its rows.</summary>
internal sealed record KpiValue(Kpi Kpi, Figure Figure)
{
    /// <summary>Raised by a change of the computation and by one of the office's weights.</summary>
    public long Version => Kpi.Version + (Figure.Version - 1 ?? 0);

    /// <summary>Measures of one part often share their list of rows, which never changes: it is walked once and forgotten with the list.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<FigureRow>, Trace> Traces = [];

    private const int Buffer = 16 * 1024;

    /// <summary>No line of the trace is longer.</summary>
    private const int Longest = 1024;

    public string Unit => Figure.Unit ?? Kpi.Unit;

    /// <summary>
    /// SHA-256 over <c>type/id@version</c> of all records behind the figure in the order of type, id and version: the same rows give the same
    /// hash.
    /// </summary>
    public string RowsHash => _trace.Hash;

    /// <summary>How many rows rest on each source.</summary>
    public IReadOnlyDictionary<string, int> Evidence => _trace.Evidence;

    private readonly Trace _trace = Of(Figure);

    private sealed record Trace(string Hash, IReadOnlyDictionary<string, int> Evidence)
    {
        /// <summary>What else the hash is of, besides the rows it is kept for.</summary>
        public (IReadOnlyList<FigureRow> Inputs, IReadOnlyList<FigureRow> Places, IReadOnlyList<FigureRow> Scope) Besides { get; init; }
    }

    private static Trace Of(Figure figure)
    {
        if (Traces.TryGetValue(figure.Rows, out var known) && ReferenceEquals(known.Besides.Inputs, figure.Inputs)
            && ReferenceEquals(known.Besides.Places, figure.Places) && ReferenceEquals(known.Besides.Scope, figure.Scope))
            return known;
        var trace = Walk(figure.Behind) with { Besides = (figure.Inputs, figure.Places, figure.Scope) };
        if (figure.Rows.Count > 0)
            Traces.AddOrUpdate(figure.Rows, trace);
        return trace;
    }

    /// <summary>
    /// Figures of a hundred thousand rows are common, and their rows mostly come in order: they are walked once, and no string is made for any.
    /// </summary>
    private static Trace Walk(IReadOnlyList<FigureRow> rows)
    {
        if (WalkInOrder(rows) is { } trace)
            return trace;
        var sorted = rows.ToArray();
        Array.Sort(sorted, Compare);
        return WalkInOrder(sorted)!;
    }

    /// <summary>Null where the rows do not come in order.</summary>
    private static Trace? WalkInOrder(IReadOnlyList<FigureRow> rows)
    {
        var counts = new int[Provenance.Sources.Count];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> buffer = stackalloc byte[Buffer];
        var (used, last) = (0, default(FigureRow));
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (i > 0 && Compare(last, row) > 0)
                return null;
            if (buffer.Length - used < Longest)
            {
                hash.AppendData(buffer[..used]);
                used = 0;
            }

            used += Encoding.UTF8.GetBytes(row.Type, buffer[used..]);
            buffer[used++] = (byte)'/';
            used += Encoding.UTF8.GetBytes(row.Record.Id, buffer[used..]);
            buffer[used++] = (byte)'@';
            row.Record.Version.TryFormat(buffer[used..], out var digits, provider: CultureInfo.InvariantCulture);
            used += digits;
            buffer[used++] = (byte)'\n';
            counts[Provenance.Sources.IndexOf(row.Source)]++;
            last = row;
        }

        hash.AppendData(buffer[..used]);
        return new Trace(Convert.ToHexStringLower(hash.GetHashAndReset()), Provenance.Sources.Zip(counts)
            .ToDictionary(each => each.First, each => each.Second));
    }

    private static int Compare(FigureRow left, FigureRow right)
    {
        var order = ReferenceEquals(left.Type, right.Type) ? 0 : string.CompareOrdinal(left.Type, right.Type);
        if (order == 0)
            order = string.CompareOrdinal(left.Record.Id, right.Record.Id);
        return order == 0 ? left.Record.Version.CompareTo(right.Record.Version) : order;
    }
}
