using System.Security.Cryptography;
using System.Text;

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

    public string Data => At(".friendcity");

    public string Lock => At(".friendcity", "up.lock");

    public string Key => At(".friendcity", "key");

    public string LoadedSample => At(".friendcity", "sample");

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

    /// <summary>Changes whenever a file of the sample does.</summary>
    public string SampleFingerprint()
    {
        if (!Directory.Exists(Samples))
            throw new Refusal($"The sample data is missing: there is no folder {Shown(Samples)}.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(Samples, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(Samples, file) + "\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
