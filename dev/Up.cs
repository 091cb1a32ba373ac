using System.Net;
using System.Net.Sockets;

namespace FriendCity.Dev;

/// <summary>Everything a developer or a visitor needs to see the dashboard with the sample data.</summary>
internal sealed class Up(Folder folder, int port, bool fresh, bool func)
{
    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            await StartAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.WriteLine("stopped");
        }
        return 0;
    }

    private async Task StartAsync(CancellationToken stop)
    {
        Tools.Check(folder);
        await using var held = UpLock.Take(folder);
        CheckPort(IPAddress.Loopback);
        if (Socket.OSSupportsIPv6) CheckPort(IPAddress.IPv6Loopback);
        await Packages.InstallAsync(folder, stop);
        if (func && !Tools.Has(folder, "func"))
            throw new Refusal("--func needs the Azure Functions Core Tools, and there is no `func` on the PATH (https://aka.ms/func).",
                ExitCode.Usage);
        foreach (var project in func ? new[] { folder.ServiceProject } : [folder.ServiceProject, folder.HostProject])
            await Steps.RunAsync(project == folder.HostProject ? "host" : "build", folder,
                Tools.Dotnet("build", project, "--nologo", "-v", "q", "-nodeReuse:false"), stop);
        await using var storage = await StartStorageAsync(stop);
        using var service = new Service(folder, Storage.ConnectionString(storage), port, func);
        while (await ServeAsync(service, storage, stop)) Forget();
    }

    /// <summary>True when storage does not know the key that this clone keeps, so that everything begins again with a new one.</summary>
    private async Task<bool> ServeAsync(Service service, Server storage, CancellationToken stop)
    {
        var isNew = await LoadAsync(service, stop);
        var key = await File.ReadAllTextAsync(folder.Key, stop);
        await using var server = service.Start();
        await Steps.RunAsync("service", async () =>
        {
            await server.BecomeReadyAsync(TimeSpan.FromSeconds(60), () => service.IsReadyAsync(stop), stop);
            return null;
        });
        if (!await service.AcceptsAsync(key, stop))
            return isNew ? throw new Refusal("The service refuses the key it has just made.") : true;

        await Steps.RunAsync("snapshot", () => service.SnapshotAsync(key, stop));
        Console.WriteLine($"dashboard: http://localhost:{port}/dashboard");
        Console.WriteLine($"key: {key}");
        Console.WriteLine("Ctrl+C stops the service and its storage; the data stays in .friendcity/.");

        var ended = await Task.WhenAny(server.Exit, storage.Exit).WaitAsync(stop);
        await Task.Delay(TimeSpan.FromSeconds(1), stop); // a signal to everybody reaches them before us
        throw (ended == server.Exit ? server : storage).Ended();
    }

    private async Task<Server> StartStorageAsync(CancellationToken stop)
    {
        Server? storage = null;
        await Steps.RunAsync("storage", async () =>
        {
            if (fresh)
            {
                await UpLock.WaitForOldStorageAsync(folder, stop);
                folder.EmptyData();
            }
            storage = await Storage.StartAsync(folder, stop);
            return null;
        });
        return storage!;
    }

    /// <summary>
    /// Loads what the sample has and the registry has not; what the developer changed since stays. Makes a key where this clone has none.
    /// </summary>
    private async Task<bool> LoadAsync(Service service, CancellationToken stop)
    {
        await Steps.RunAsync("sample", async () => await service.ImportAsync(stop));
        if (File.Exists(folder.Key)) return false;
        var key = await service.AddKeyAsync(stop);
        await using var file = new FileStream(folder.Key, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await file.WriteAsync(System.Text.Encoding.ASCII.GetBytes(key), stop);
        return true;
    }

    private void Forget()
    {
        Console.WriteLine("The storage does not know this clone's key: a new one is made.");
        File.Delete(folder.Key);
    }

    private void CheckPort(IPAddress address)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new Refusal($"Port {port} is in use: stop what listens there, or choose another with --port N.", ExitCode.Usage);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new Refusal($"Port {port} may not be used by this user: choose another with --port N.", ExitCode.Usage);
        }
    }
}
