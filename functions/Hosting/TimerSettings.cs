namespace FriendCity.Hosting;

internal static class TimerSettings
{
    /// <exception cref="StartUpException">A setting is missing or is no schedule; the message names all of them.</exception>
    public static List<(Function Function, TimerSchedule Schedule)> Resolve(FunctionCatalog catalog, IConfiguration configuration)
    {
        var timers = new List<(Function, TimerSchedule)>();
        var faults = new List<string>();
        foreach (var function in catalog.Timers)
        {
            var text = function.Timer!.Schedule;
            if (TimerSchedule.IsSetting(text, out var setting))
                text = configuration[setting];
            if (text is null)
                faults.Add($"The timer {function.Name} needs the setting '{setting}'.");
            else if (TimerSchedule.TryParse(text) is { } schedule)
                timers.Add((function, schedule));
            else
                faults.Add($"The timer {function.Name} needs a schedule in the setting '{setting}', not '{text}'.");
        }

        return faults.Count == 0 ? timers : throw new StartUpException(string.Join("\n", faults));
    }
}
