using System.Text.RegularExpressions;

namespace FriendCity.Dev;

/// <summary>Azurite on ports that are free, with its data in .friendcity/azurite.</summary>
internal static partial class Storage
{
    // The emulator's own account, the same on every machine and documented as public.
    private const string Account =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static async Task<Server> StartAsync(Folder folder, CancellationToken stop)
    {
        await UpLock.WaitForOldStorageAsync(folder, stop);
        File.Delete(folder.StorageLog); // its ports are not today's
        var server = new Server(folder, "storage emulator", Launch.Of(
            "node", folder.At("node_modules", "azurite", "dist", "src", "azurite.js"), "--silent", "--disableTelemetry",
            "--location", folder.StorageData, "--blobPort", "0", "--queuePort", "0", "--tablePort", "0") with
        { Log = folder.StorageLog, Pid = folder.StoragePid });
        try
        {
            await server.BecomeReadyAsync(TimeSpan.FromSeconds(60), () => Task.FromResult(Endpoints(server).Count == 3), stop);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public static string ConnectionString(Server server)
    {
        var endpoints = Endpoints(server).Select(endpoint => $";{endpoint.Key}Endpoint={endpoint.Value}/devstoreaccount1");
        return $"DefaultEndpointsProtocol=http;{Account}{string.Concat(endpoints)};";
    }

    private static Dictionary<string, string> Endpoints(Server server) =>
        Listening().Matches(server.ReadLog()).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [GeneratedRegex(@"Azurite (\w+) service is successfully listening at (http://[\d.]+:\d+)")]
    private static partial Regex Listening();
}
