using FriendCity.Access;
using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity;

/// <summary>What the program does besides serving: load records from files, and make access keys. Both end with an exit code.</summary>
internal static class Commands
{
    private const int Refused = 1;
    private const int Misused = 2;

    /// <summary>A file in another encoding or form has a fault in every line.</summary>
    private const int MostFaults = 50;

    /// <summary><c>--import FOLDER</c></summary>
    public static Task<int> ImportAsync(string[] args) => RunAsync(args is ["--import", var folder] && Directory.Exists(folder), "--import FOLDER, a folder that exists", async services =>
    {
        var result = await services.GetRequiredService<Importer>().RunAsync(args[1], "import", CancellationToken.None);
        foreach (var (place, violation) in result.Faults.Take(MostFaults))
            await Console.Error.WriteLineAsync($"{place}: {violation.Pointer} {violation.Rule}: {violation.Message.En}");
        if (result.Faults.Count > MostFaults)
            await Console.Error.WriteLineAsync($"These are the first {MostFaults} of {result.Faults.Count} faults.");
        Console.WriteLine($"import: {result.Summary}");
        return result.Faults.Count > 0 ? Refused : 0;
    });

    /// <summary><c>--add-key NAME --scopes read,write,run,admin</c></summary>
    public static Task<int> AddKeyAsync(string[] args)
    {
        var scopes = Scopes.None;
        var well = args is ["--add-key", { Length: > 0 and <= 64 }, "--scopes", var list] && Enum.TryParse(list, ignoreCase: true, out scopes) && scopes != Scopes.None;
        return RunAsync(well, "--add-key NAME --scopes read,write,run,admin", async services =>
        {
            var key = await services.GetRequiredService<AccessKeys>().AddAsync(args[1], scopes, null, CancellationToken.None);
            Console.WriteLine(key.Text);
            return 0;
        });
    }

    private static async Task<int> RunAsync(bool well, string usage, Func<IServiceProvider, Task<int>> command)
    {
        if (!well)
        {
            await Console.Error.WriteLineAsync($"usage: {usage}");
            return Misused;
        }

        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration.AddEnvironmentVariables();
            builder.Configuration.AddSettings();
            builder.Services.AddSingleton(TimeProvider.System).AddFriendCity(builder.Configuration);
            using var host = builder.Build();
            return await command(host.Services);
        }
        catch (Exception fault) when (fault is StorageException or StartUpException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return Refused;
        }
    }
}
