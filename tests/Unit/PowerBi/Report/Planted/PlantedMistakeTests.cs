using System.Collections.Concurrent;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.PowerBi.Report.Planted;

/// <summary>Every check must be able to fail: a copy of the project gets one mistake, and the check it is meant for says so.</summary>
[Trait("Set", "slow")]
public sealed class PlantedMistakeTests : IDisposable
{
    private static readonly Dictionary<string, Mistake> Mistakes =
        new([.. FormMistakes.All, .. TruthMistakes.All, .. LookMistakes.All, .. WayMistakes.All]);

    /// <summary>What each check says of the project as it is.</summary>
    private static readonly ConcurrentDictionary<Delegate, Task<string>> Before = new();

    private readonly ReportFolder _copy = new(Scratch.Folder("report"));

    public PlantedMistakeTests() => Repository.Copy(Repository.At("powerbi"), _copy.Project);

    public static TheoryData<string> Names { get; } = [.. Mistakes.Keys];

    public void Dispose() => Directory.Delete(_copy.Project, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_caught(string name)
    {
        var mistake = Mistakes[name];
        Assert.DoesNotContain(mistake.Caught, await Before.GetOrAdd(mistake.Faults, _ => mistake.Faults(new(Repository.At("powerbi")))));
        mistake.Plant(_copy);
        Assert.Contains(mistake.Caught, await mistake.Faults(_copy));
    }
}
