using System.Security.Cryptography;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.RecordsApi.Files;

/// <summary>A request's body in a temporary file that goes with it, hashed on the way.</summary>
internal sealed class Upload : IAsyncDisposable
{
    private const int BeginBytes = 16;

    private Upload(Stream content, byte[] begin, string sha256) => (Content, Begin, Sha256) = (content, begin, sha256);

    public Stream Content { get; }

    /// <summary>The first few bytes.</summary>
    public byte[] Begin { get; }

    public string Sha256 { get; }

    public long Length => Content.Length;

    /// <summary>Null when the body is longer than <paramref name="maxBytes"/>.</summary>
    /// <exception cref="TempFileException">There is no room for it.</exception>
    public static async Task<Upload?> ReadAsync(HttpRequest request, int maxBytes, TempFiles spool, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
            return null;

        var file = spool.Open();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var chunk = new byte[81920];
            for (int read; (read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0;)
            {
                if (file.Length + read > maxBytes)
                {
                    await file.DisposeAsync();
                    return null;
                }

                hash.AppendData(chunk, 0, read);
                await file.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
            }

            var begin = new byte[Math.Min(BeginBytes, file.Length)];
            file.Position = 0;
            await file.ReadExactlyAsync(begin, cancellationToken);
            return new Upload(file, begin, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
