using Microsoft.Extensions.Logging.Console;

namespace FriendCity.Hosting;

/// <summary>One JSON object a line on stdout: the host takes a line as a record, and anything on stderr as an error.</summary>
internal static class FunctionLogging
{
    // Writes "Request starting … ?code=…", so it stays silent whatever the settings say.
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";

    // Tells of a failed start with a stack trace; FunctionsHost says it in a sentence, or lets the exception out.
    private const string StartLog = "Microsoft.Extensions.Hosting.Internal.Host";

    public static void AddFunctionLogging(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddJsonConsole(options =>
        {
            options.IncludeScopes = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter(StartLog, LogLevel.Critical);
        logging.Services.PostConfigure<LoggerFilterOptions>(Silence);
    }

    // The most precise rule wins, then the last one, and a rule for one provider before a rule for all: so out with every
    // other rule for the category, and in with one of each kind.
    private static void Silence(LoggerFilterOptions options)
    {
        foreach (var rule in options.Rules.Where(rule => rule.CategoryName?.StartsWith(RequestLog, StringComparison.OrdinalIgnoreCase) == true).ToList())
            options.Rules.Remove(rule);
        foreach (var provider in new[] { null, typeof(ConsoleLoggerProvider).FullName, "Console" })
            options.Rules.Add(new LoggerFilterRule(provider, RequestLog, LogLevel.None, filter: null));
    }
}
