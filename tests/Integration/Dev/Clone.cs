using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Dev;

/// <summary>A throw-away copy of the repository in which dev.cs is run for real.</summary>
public sealed class Clone : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("friendcity-clone-").FullName;

    public Clone()
    {
        Repository.CopyTo(Folder);
        Directory.CreateDirectory(BuildCache);
    }

    public string Folder => Path.Combine(home, "clone");

    // Where the SDK keeps what it builds of dev.cs; otherwise every copy would leave a build behind in the user's home.
    private string BuildCache => Path.Combine(home, "cache");

    // The same sources were analysed when these tests were built.
    internal Child Start(string command, params string[] arguments) => new(command, arguments, Folder,
        new Dictionary<string, string> { ["XDG_DATA_HOME"] = BuildCache, ["RunAnalyzersDuringBuild"] = "false" });

    internal Child Dev(params string[] arguments) => Start("dotnet", ["run", "dev.cs", .. arguments]);

    public void Dispose() => Directory.Delete(home, recursive: true);
}
