// An instance is what this program starts itself, in a process of its own.
using System.Globalization;
using FriendCity.Benchmarks;
using FriendCity.Benchmarks.Instances;
using FriendCity.Benchmarks.Scale;

return args switch
{
    ["instance", .. var options] => await Instance.RunAsync(options),
    ["loaded", var rows] => await LoadedCode.RunAsync(int.Parse(rows, CultureInfo.InvariantCulture)),
    _ => await BenchCommand.RunAsync(args),
};
