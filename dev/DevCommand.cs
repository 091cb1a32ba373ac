using System.Globalization;

namespace FriendCity.Dev;

internal static class DevCommand
{
    private const string Help = """
        FriendCity, for developers. Needs the .NET 10 SDK and Node.js 20 or newer.

          dotnet run dev.cs up [--port N] [--fresh] [--func]
              Builds and starts the service with a storage emulator and the sample data, and prints
              the dashboard's address and a key. Data is kept in .friendcity/ until --fresh.
              The port is 7071 unless --port says otherwise. Ctrl+C stops everything.
              --func runs it under the Azure Functions Core Tools, where they are installed, instead
              of the local Functions host in dev/LocalHost.

          dotnet run dev.cs test [--filter X] [--all]
              Restores, builds, checks the format and runs the tests; the last line has the totals.
              --filter takes a `dotnet test` filter; --all adds the tests that take long
              and, without a filter, the mutation run of tests/Mutants.

          dotnet run dev.cs bench [NAME…] [--rows N] [--connections N] [--rounds N] [--json] [--prices FILE]
              Publishes the service and measures it beside references of the same run; without names
              every benchmark. 100,000 projects and 128 connections unless the options say otherwise.
              Loaded registries are kept in .friendcity/bench/. `bench cost` writes docs/cost.md,
              `bench scale` docs/scale.md, of ten times the projects.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new StopSignal();
        try
        {
            if (OperatingSystem.IsWindows())
                throw new Refusal("dev.cs relies on Unix signals and process groups: on Windows, run it inside WSL.", ExitCode.Usage);
            return args switch
            {
                [] or ["help" or "--help" or "-h"] => Say(Help, 0),
                ["up", .. var options] => await UpAsync(options, stop.Token),
                ["test", .. var options] => await TestAsync(options, stop.Token),
                ["bench", .. var options] => await new Bench(Folder.OfThisScript(), options).RunAsync(stop.Token),
                _ => Say($"Unknown command: {args[0]}\n\n{Help}", ExitCode.Usage),
            };
        }
        catch (Refusal refusal)
        {
            return Say(refusal.Message, refusal.ExitCode);
        }
    }

    private static Task<int> UpAsync(string[] options, CancellationToken stop)
    {
        var (port, fresh, func) = (7071, false, false);
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i] == "--fresh") fresh = true;
            else if (options[i] == "--func") func = true;
            else if (options[i] == "--port" && i + 1 < options.Length) port = Port(options[++i]);
            else throw Unknown("up", options[i]);
        }
        return new Up(Folder.OfThisScript(), port, fresh, func).RunAsync(stop);
    }

    private static Task<int> TestAsync(string[] options, CancellationToken stop)
    {
        var (filter, all) = ((string?)null, false);
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i] == "--all") all = true;
            else if (options[i] == "--filter" && i + 1 < options.Length) filter = options[++i];
            else throw Unknown("test", options[i]);
        }
        return new TestRun(Folder.OfThisScript(), filter, all).RunAsync(stop);
    }

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw new Refusal($"--port takes a number from 1 to 65535, not '{text}'.", ExitCode.Usage);

    private static Refusal Unknown(string command, string option) =>
        new($"'{command}' does not understand '{option}'.\n\n{Help}", ExitCode.Usage);

    private static int Say(string text, int exitCode)
    {
        Console.WriteLine(text);
        return exitCode;
    }
}
