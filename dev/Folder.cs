namespace FriendCity.Dev;

/// <summary>Where things are in this clone. Everything `up` keeps is under .friendcity/, which git ignores.</summary>
internal sealed record Folder(string Root)
{
    public static Folder OfThisScript() => new((string)AppContext.GetData("EntryPointFileDirectoryPath")!);

    public string Tether => At("dev", "tether.mjs");

    public string Samples => At("samples", "sco");

    /// <summary>The sample's views and first day, as the service's settings.</summary>
    public string SampleSettings => At("samples", "sco.settings.json");

    public string TestResults => At("TestResults");

    /// <summary>What the mutation run says, change by change.</summary>
    public string Mutants => At(".friendcity", "mutants");

    public string ServiceProject => At("functions", "FriendCity.Functions.csproj");

    /// <summary>The function app as it is built.</summary>
    public string App => At("functions", "bin", "Debug", "net10.0");

    public string ServiceBinary => Path.Combine(App, "FriendCity.Functions.dll");

    public string HostProject => At("dev", "LocalHost", "FriendCity.LocalHost.csproj");

    public string HostBinary => At("dev", "LocalHost", "bin", "Debug", "net10.0", "FriendCity.LocalHost.dll");

    /// <summary>The developer's own settings where there are any, else the sample.</summary>
    public string Settings => File.Exists(At("local.settings.json")) ? At("local.settings.json") : At("local.settings.sample.json");

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
