using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.SampleWorker;

/// <summary>Rung by the timer; a test in the same process gives one of its own and listens.</summary>
internal sealed class TimerSignal
{
    public Channel<TimerInfo> Rings { get; } = Channel.CreateUnbounded<TimerInfo>();

    /// <summary>What a call waits for before it ends.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;
}

public sealed class TimerFunctions(IServiceProvider services)
{
    [Function("Timer")]
    public async Task Timer([TimerTrigger("%SampleSchedule%")] TimerInfo timer, CancellationToken ct)
    {
        if (services.GetService(typeof(TimerSignal)) is not TimerSignal bell)
            return;
        bell.Rings.Writer.TryWrite(timer);
        await bell.Hold.WaitAsync(ct);
    }
}
