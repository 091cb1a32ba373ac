namespace FriendCity.Hosting;

/// <summary>
/// What one function may look like: only what the isolated worker and ASP.NET's own binder treat alike. Anything else would
/// start behind one door and behave differently, or fail, behind the other.
/// </summary>
internal static class SignatureRules
{
    public static IEnumerable<string> Check(Function function) =>
        Faults(function).Select(rule => $"{function}: {rule}");

    private static IEnumerable<string> Faults(Function function) =>
        Shape(function).Concat(HasOneTrigger(function)
            ? Trigger(function).Concat(Others(function))
            : ["exactly one trigger is needed, on the first parameter."]);

    private static bool HasOneTrigger(Function function) =>
        function.Parameters.Sum(parameter => (parameter.Http is null ? 0 : 1) + (parameter.Timer is null ? 0 : 1)) == 1
        && (function.Http ?? (object?)function.Timer) is not null;

    private static IEnumerable<string> Shape(Function function)
    {
        if (!function.IsReachable)
            yield return "the method and its class must be public and not abstract.";
        if (function.IsGeneric)
            yield return "the method and its class must not be generic.";
        if (!IsFunctionName(function.Name))
            yield return $"the name '{function.Name}' must be a letter and up to 127 letters, digits, '_' or '-', and not 'host'.";
    }

    private static IEnumerable<string> Trigger(Function function)
    {
        var first = function.Parameters[0];
        if (!IsBindingName(first.Name))
            yield return $"the parameter '{first.Name}' names a binding, so it must be letters and digits.";
        if (function.Http is not null && first.Type != typeof(HttpRequest))
            yield return "the parameter of an HTTP trigger must be an HttpRequest.";
        if (function.Http is not null && function.Returns != typeof(Task<IResult>))
            yield return "an HTTP function must return Task<IResult>.";
        if (function.Timer is not null && first.Type != typeof(TimerInfo))
            yield return "the parameter of a timer trigger must be a TimerInfo.";
        if (function.Timer is not null && function.Returns != typeof(Task))
            yield return "a timer function must return Task.";
        if (function.Timer is { Schedule: var text } && !TimerSchedule.IsSetting(text, out _) && TimerSchedule.TryParse(text) is null)
            yield return $"the schedule '{text}' is neither a schedule nor one %Setting%.";
    }

    private static IEnumerable<string> Others(Function function)
    {
        var others = function.Parameters.Skip(1).ToList();
        foreach (var parameter in others.Where(parameter => parameter.Type != typeof(CancellationToken)))
        {
            if (function.Http is null || parameter.Type != typeof(string))
                yield return $"the parameter '{parameter.Name}' must be {(function.Http is null ? "" : "a string of the route or ")}a CancellationToken.";
            else if (RouteTemplate.TryParse(function.Route)?.Find(parameter.Name) is not { } value)
                yield return $"the parameter '{parameter.Name}' does not occur in the route '{function.Route}'.";
            else if (value.MayBeMissing && !parameter.MayBeNull)
                yield return $"the parameter '{parameter.Name}' may be missing from the route '{function.Route}', so it must be a string?.";
        }

        if (others.SkipLast(1).Any(parameter => parameter.Type == typeof(CancellationToken)))
            yield return "the CancellationToken must be the last parameter, and there may be only one.";
    }

    private static bool IsFunctionName(string name) =>
        name.Length is > 0 and <= 128
        && char.IsAsciiLetter(name[0])
        && name.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '_' or '-')
        && !name.Equals("host", StringComparison.OrdinalIgnoreCase);

    private static bool IsBindingName(string name) =>
        name.Length is > 0 and <= 128 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit);
}
