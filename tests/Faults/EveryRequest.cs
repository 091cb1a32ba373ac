namespace FriendCity.Tests.Faults;

/// <summary>
/// A loop that harms a run at its first request, at its second, its third… It goes on two stages side by side, each with an emulator of its
/// own, since one would leave half the machine idle. An emulator gets slower with what it holds, so after some rounds a stage makes place
/// for a fresh one.
/// </summary>
internal static class EveryRequest
{
    private const int Stages = 2;
    private const int Rounds = 60;

    /// <param name="meet">Harms the nth request of a run; false when the run makes fewer.</param>
    /// <returns>How many requests were harmed.</returns>
    public static async Task<int> MeetAsync<TStage>(Func<FreshAccounts, Task<TStage>> open, Func<TStage, int, Task<bool>> meet)
        where TStage : IAsyncDisposable
    {
        var (begun, end) = (0, int.MaxValue);
        await Task.WhenAll(Enumerable.Range(0, Stages).Select(_ => Task.Run(GoAsync)));
        return end - 1;

        async Task GoAsync()
        {
            while (begun < Volatile.Read(ref end))
            {
                await using var accounts = new FreshAccounts();
                await using var stage = await open(accounts);
                for (var round = 0; round < Rounds && Interlocked.Increment(ref begun) is var n && n < Volatile.Read(ref end); round++)
                    if (!await MeetsAsync(stage, n))
                        Interlocked.Exchange(ref end, Math.Min(n, end));
            }
        }

        async Task<bool> MeetsAsync(TStage stage, int n)
        {
            try
            {
                return await meet(stage, n);
            }
            catch (Exception fault)
            {
                Volatile.Write(ref end, 0);
                throw new InvalidOperationException($"Harm at request {n} shows: {fault.Message}", fault);
            }
        }
    }
}
