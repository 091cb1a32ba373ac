using System.Runtime.ExceptionServices;
using FriendCity.Storage.TemporaryFiles;
using ParquetSharp;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>Calls of the library, whose faults come out of foreign code and know of each other only by their words.</summary>
internal static class ParquetCalls
{
    /// <param name="stream">What the library works on. Where that is what failed, its own fault is told.</param>
    /// <exception cref="InvalidDataException">The file is not what it has to be.</exception>
    public static T Tell<T>(Stream stream, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception fault) when (fault is ParquetException or OverflowException)
        {
            if (stream is TempFileStream { Refusal: { } refusal })
                ExceptionDispatchInfo.Throw(refusal);
            throw new InvalidDataException($"A Parquet file cannot be written or read: {fault.Message}", fault);
        }
    }
}
