using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace FriendCity.LocalHost;

/// <summary>
/// A timer's status in the blob where the WebJobs extension keeps it. The lease of that blob is the right to run: who holds it reads
/// how far the timer has come, runs it if it is due, and writes so, which storage refuses to anybody else.
/// </summary>
internal sealed class TimerBook(LocalHostOptions options, string function)
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(60);

    // The version that every emulator in use takes; spans of storage calls are nobody's here.
    private readonly BlobContainerClient _container = new BlobServiceClient(
        options.Storage,
        new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02) { Diagnostics = { IsDistributedTracingEnabled = false } })
        .GetBlobContainerClient("azure-webjobs-hosts");

    private BlobClient Blob => _container.GetBlobClient($"timers/{options.HostId}/Host.Functions.{function}/status");

    /// <summary>Null while another holds it.</summary>
    public async Task<TimerTurn?> TakeAsync(CancellationToken cancellationToken)
    {
        var lease = Blob.GetBlobLeaseClient();
        try
        {
            await lease.AcquireAsync(LeaseTime, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            await CreateAsync(cancellationToken);
            return await TakeAsync(cancellationToken);
        }
        catch (RequestFailedException error) when (error.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
        {
            return null;
        }

        var turn = new TimerTurn(Blob, lease, LeaseTime);
        try
        {
            await turn.ReadAsync(cancellationToken);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    // Empty, because a lease needs a blob: a status that says nothing.
    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await Blob.UploadAsync(BinaryData.FromString(""), overwrite: false, cancellationToken);
        }
        catch (RequestFailedException error) when (error.Status is 409 or 412)
        {
            // Another was first.
        }
    }
}

/// <summary>The right to run a timer, until it is disposed or lost.</summary>
internal sealed class TimerTurn : IAsyncDisposable
{
    private readonly BlobClient _blob;
    private readonly BlobLeaseClient _lease;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _over = new();
    private readonly Task _renewing;

    public TimerTurn(BlobClient blob, BlobLeaseClient lease, TimeSpan time)
    {
        (_blob, _lease) = (blob, lease);
        _renewing = RenewAsync(time / 3);
    }

    public TimerStatus? Status { get; private set; }

    /// <summary>Cancelled when another may run.</summary>
    public CancellationToken Lost => _lost.Token;

    public async Task ReadAsync(CancellationToken cancellationToken) =>
        Status = TimerStatus.Read((await _blob.DownloadContentAsync(cancellationToken)).Value.Content.ToString());

    /// <summary>Writes even while the host stops: a run that is over and forgotten would be made up for.</summary>
    public async Task WriteAsync(TimerStatus status)
    {
        var mine = new BlobUploadOptions { Conditions = new BlobRequestConditions { LeaseId = _lease.LeaseId } };
        await _blob.UploadAsync(BinaryData.FromString(status.ToJson()), mine);
        Status = status;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _renewing;
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (RequestFailedException)
        {
            // Lost, or storage is away: it runs out by itself.
        }

        _over.Dispose();
        _lost.Dispose();
    }

    // By the machine's clock, since storage counts by its own and not by one that a test turns.
    private async Task RenewAsync(TimeSpan period)
    {
        try
        {
            using var beat = new PeriodicTimer(period);
            while (await beat.WaitForNextTickAsync(_over.Token))
                await _lease.RenewAsync(cancellationToken: _over.Token);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception error) when (error is RequestFailedException or AggregateException)
        {
            await _lost.CancelAsync();
        }
    }
}
