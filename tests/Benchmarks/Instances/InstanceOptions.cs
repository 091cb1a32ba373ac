using System.Globalization;

namespace FriendCity.Benchmarks.Instances;

/// <param name="Seed">Of what storage does to this instance.</param>
/// <param name="Clock">How far its wall clock is wrong.</param>
/// <param name="Polls">How many polls a second it may begin, with no burst; null for what an office has.</param>
/// <param name="Barrier">False for an instance whose polls are answered from memory.</param>
internal sealed record InstanceOptions(int Seed, TimeSpan Clock, int? Polls, bool Barrier)
{
    /// <exception cref="FormatException">A word cannot be understood.</exception>
    public static InstanceOptions Read(string[] args)
    {
        var options = new InstanceOptions(0, TimeSpan.Zero, null, Barrier: true);
        for (var i = 0; i < args.Length; i++)
            options = args[i] switch
            {
                "--seed" => options with { Seed = (int)Number(args, ++i) },
                "--clock" => options with { Clock = TimeSpan.FromMinutes(Number(args, ++i)) },
                "--polls" => options with { Polls = (int)Number(args, ++i) },
                "--no-barrier" => options with { Barrier = false },
                var other => throw new FormatException($"An instance does not understand '{other}'."),
            };
        return options;
    }

    private static double Number(string[] args, int at) => double.Parse(args[at], NumberStyles.Float, CultureInfo.InvariantCulture);
}
