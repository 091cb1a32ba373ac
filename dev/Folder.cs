namespace FriendCity.Dev;

/// <summary>Where things are in this clone. Everything `up` keeps is under .friendcity/, which git ignores.</summary>
internal sealed record Folder(string Root)
{
    public static Folder OfThisScript() => new((string)AppContext.GetData("EntryPointFileDirectoryPath")!);

    public string Tether => At("dev", "tether.mjs");

    public string Samples => At("samples", "sco");

    public string TestResults => At("TestResults");

    public string ServiceProject => At("functions", "FriendCity.Functions.csproj");

    public string ServiceBinary => At("functions", "bin", "Debug", "net10.0", "FriendCity.Functions.dll");

    public string BenchProject => At("tests", "Benchmarks", "FriendCity.Benchmarks.csproj");

    public string BenchBinary => At("tests", "Benchmarks", "bin", "Release", "net10.0", "FriendCity.Benchmarks.dll");

    /// <summary>Loaded registries, kept from run to run, and the published service.</summary>
    public string BenchData => At(".friendcity", "bench");

    public string Data => At(".friendcity");

    public string Lock => At(".friendcity", "up.lock");

    public string Key => At(".friendcity", "key");

    public string ServiceLog => At(".friendcity", "service.log");

    public string StorageData => At(".friendcity", "azurite");

    public string StorageLog => At(".friendcity", "azurite.log");

    public string StoragePid => At(".friendcity", "azurite.pid");

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public string Shown(string path) => Path.GetRelativePath(Root, path);

    /// <summary>Removes what `up` keeps, except the lock that this very process holds.</summary>
    public void EmptyData()
    {
        foreach (var folder in Directory.EnumerateDirectories(Data))
            Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Data).Where(file => file != Lock))
            File.Delete(file);
    }
}
