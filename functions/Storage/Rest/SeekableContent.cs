using Azure.Core;

namespace FriendCity.Storage.Rest;

/// <summary>A request body over the caller's stream: read from its start for each try, and never closed by the pipeline.</summary>
internal sealed class SeekableContent(Stream stream) : RequestContent
{
    public override async Task WriteToAsync(Stream destination, CancellationToken cancellation)
    {
        stream.Position = 0;
        await stream.CopyToAsync(destination, cancellation);
    }

    public override void WriteTo(Stream destination, CancellationToken cancellation)
    {
        stream.Position = 0;
        stream.CopyTo(destination);
    }

    public override bool TryComputeLength(out long length)
    {
        length = stream.Length;
        return true;
    }

    public override void Dispose()
    {
    }
}
