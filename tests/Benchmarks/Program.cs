using FriendCity.Benchmarks;
using FriendCity.Benchmarks.Instances;

// The last two are what this program starts itself, in processes of their own.
return args switch
{
    ["bare", var port, var body] => await BareServer.RunAsync(port, body),
    ["instance", .. var options] => await Instance.RunAsync(options),
    _ => await BenchCommand.RunAsync(args),
};
