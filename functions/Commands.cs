using FriendCity.Records.Import;
using FriendCity.Storage;

namespace FriendCity;

/// <summary>What the program does besides serving: load records from files, and keep access keys. Both end with an exit code.</summary>
internal static class Commands
{
    /// <summary>The exit code of a command line or a setting that cannot be followed.</summary>
    public const int Misused = 2;

    /// <summary>The exit code of what was understood and not done.</summary>
    public const int Refused = 1;

    /// <summary>A file in another encoding or form has a fault in every line.</summary>
    private const int MaxFaults = 50;

    private const string Usage = """
        usage:
          import FOLDER                        stores the records of the files in a folder; what is there already stays as it is
          keys list                            lists the access keys, those that have ended too; never the keys themselves
          keys add OWNER --scopes SCOPE[,…] [--contact TEXT] [--expires INSTANT]
                                               makes an access key and prints it, once; scopes are read, write, run and admin
          keys rotate ID [--overlap HOURS]     makes the key that takes its place and prints it; the old one ends after the overlap (168)
          keys revoke ID                       ends a key, at every instance within ten seconds
        The service itself is started by the Functions host.
        """;

    /// <summary>The command that the words name; null when they name none.</summary>
    public static Func<Task<int>>? Find(string[] args) => args switch
    {
        ["import", var folder] when Directory.Exists(folder) => () => ImportAsync(folder),
        ["import", var folder] => () => MisuseAsync($"There is no folder '{folder}'."),
        ["keys", .. var words] => () => KeyCommands.RunAsync(words),
        ["import", ..] => UsageAsync,
        _ => null,
    };

    public static Task<int> UsageAsync() => MisuseAsync(Usage);

    internal static async Task<int> MisuseAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return Misused;
    }

    private static Task<int> ImportAsync(string folder) => RunAsync(async services =>
    {
        var result = await services.GetRequiredService<Importer>().RunAsync(folder, "import", CancellationToken.None);
        foreach (var (place, violation) in result.Faults.Take(MaxFaults))
            await Console.Error.WriteLineAsync($"{place}: {violation.Pointer} {violation.Rule}: {violation.Message.En}");
        if (result.Faults.Count > MaxFaults)
            await Console.Error.WriteLineAsync($"These are the first {MaxFaults} of {result.Faults.Count} faults.");
        Console.WriteLine($"import: {result.Summary}");
        return result.Faults.Count > 0 ? Refused : 0;
    });

    internal static async Task<int> RunAsync(Func<IServiceProvider, Task<int>> command)
    {
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration.AddEnvironmentVariables();
            builder.Configuration.AddSettings();
            builder.Services.AddFriendCity(builder.Configuration);
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
