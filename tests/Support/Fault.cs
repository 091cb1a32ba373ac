namespace FriendCity.Tests.Support;

/// <summary>What goes wrong with a request between us and storage.</summary>
internal abstract record Fault
{
    private Fault() { }

    /// <summary>Answered here, never forwarded.</summary>
    public sealed record Answer(int Status, string? RetryAfter = null) : Fault;

    /// <summary>Forwarded later.</summary>
    public sealed record Delay(TimeSpan Time) : Fault;

    /// <summary>The connection is reset before anything is forwarded.</summary>
    public sealed record Reset : Fault;

    /// <summary>Forwarded and carried out; the answer never comes back.</summary>
    public sealed record DropAnswer : Fault;

    /// <summary>The answer breaks off halfway through its body.</summary>
    public sealed record HalfBody : Fault;
}

/// <param name="Number">From 1, over both services.</param>
/// <param name="Path">With its query, as sent.</param>
internal sealed record ProxiedRequest(int Number, string Verb, string Path, byte[] Body);

/// <summary>From the nth matching request on, so many of them meet the fault.</summary>
internal sealed class FaultRule(Func<ProxiedRequest, bool> match, Fault fault, int nth, int times)
{
    private int _matches;

    public Fault? For(ProxiedRequest request)
    {
        if (!match(request))
            return null;
        var number = Interlocked.Increment(ref _matches);
        return number >= nth && number - nth < times ? fault : null;
    }
}
