namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>The physical types that we use, with the format's own numbers.</summary>
internal enum Physical
{
    Boolean = 0,
    Int32 = 1,
    Int64 = 2,
    Double = 5,
    ByteArray = 6,
}

/// <summary>
/// How the cells of a column stand in a file (https://parquet.apache.org/docs/file-format/types/): a physical type and, in the old and the
/// new form that readers look for, what it means.
/// </summary>
/// <param name="converted">The older ConvertedType; null for none.</param>
/// <param name="logical">The number of the LogicalType; null for none.</param>
internal abstract class ParquetType<T>(Physical physical, int? converted = null, int? logical = null)
    where T : notnull
{
    public Physical Physical => physical;

    public int? Converted => converted;

    public int? Logical => logical;

    /// <summary>Whether equal values are worth a dictionary.</summary>
    public virtual bool UsesDictionary => true;

    /// <summary>When two values are the same to a dictionary.</summary>
    public virtual IEqualityComparer<T> Same => EqualityComparer<T>.Default;

    /// <summary>The order of minimum and maximum.</summary>
    public virtual IComparer<T> Order => Comparer<T>.Default;

    public abstract T Of(object cell);

    /// <summary>Bytes that a value takes, roughly: memory is bounded by it.</summary>
    public abstract int Size(T value);

    /// <summary>How many bytes the values take in the encoding PLAIN: a page's header says so before they come.</summary>
    public abstract int Length(ReadOnlySpan<T> values);

    /// <summary>The values in the encoding PLAIN.</summary>
    public abstract void Write(Stream to, ReadOnlySpan<T> values);

    /// <summary>A minimum or maximum as statistics hold it; null for one that is better not told.</summary>
    public virtual byte[]? Bound(T value)
    {
        using var bytes = new MemoryStream(8);
        Write(bytes, [value]);
        return bytes.ToArray();
    }
}
