// An instance is what this program starts itself, in a process of its own.
using FriendCity.Benchmarks;
using FriendCity.Benchmarks.Instances;

return args switch
{
    ["instance", .. var options] => await Instance.RunAsync(options),
    _ => await BenchCommand.RunAsync(args),
};
