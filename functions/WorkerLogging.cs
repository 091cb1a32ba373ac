namespace FriendCity;

/// <summary>
/// Log lines go to the Functions host, which writes them with their level, category and invocation. The console is left to it: a line on
/// stdout would be a second copy without any of these.
/// </summary>
internal static class WorkerLogging
{
    // Writes "Request starting … ?code=…", so it stays silent whatever the settings say.
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";

    // Tells of a failed start with a stack trace; Program says it in a sentence, or lets the exception out.
    private const string StartLog = "Microsoft.Extensions.Hosting.Internal.Host";

    public static void AddWorkerLogging(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Azure", LogLevel.Warning);
        logging.AddFilter(StartLog, LogLevel.Critical);
        logging.Services.PostConfigure<LoggerFilterOptions>(Silence);
    }

    // The most precise rule wins, and a rule for one provider before a rule for all: so every other rule for the category goes.
    private static void Silence(LoggerFilterOptions options)
    {
        foreach (var rule in options.Rules.Where(rule => rule.CategoryName?.StartsWith(RequestLog, StringComparison.OrdinalIgnoreCase) == true)
            .ToList())
            options.Rules.Remove(rule);
        options.Rules.Add(new LoggerFilterRule(null, RequestLog, LogLevel.None, filter: null));
    }
}
