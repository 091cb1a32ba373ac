using FriendCity.Hosting;

namespace FriendCity.Tests.Hosting;

#pragma warning disable CA1068, IDE0051, IDE0060, CA1822, CA1052, CA1034, RCS1102, RCS1163, RCS1213, CA1801, CA1823 // Each class is wrong in exactly one way, and none is called.

/// <summary>One class a rule.</summary>
public static class BadFunctions
{
    private static Task<IResult> Ok => Task.FromResult(Results.Ok());

    public sealed class Hidden
    {
        [Function("A")] internal Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest req) => Ok;
    }

    internal sealed class HiddenClass
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest req) => Ok;
    }

    public abstract class Abstract
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest req) => Ok;
    }

    public sealed class Generic
    {
        [Function("A")] public Task<IResult> Get<T>([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest req) => Ok;
    }

    public sealed class NameOfDigits
    {
        [Function("1st")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest req) => Ok;
    }

    public sealed class NamedHost
    {
        [Function("Host")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest req) => Ok;
    }

    public sealed class NoTrigger
    {
        [Function("A")] public Task<IResult> Get(HttpRequest req) => Ok;
    }

    public sealed class TriggerSecond
    {
        [Function("A")] public Task<IResult> Get(CancellationToken ct, [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest req) => Ok;
    }

    public sealed class TwoTriggers
    {
        [Function("A")] public Task Get([TimerTrigger("0 0 2 * * *")] TimerInfo one, [TimerTrigger("0 0 2 * * *")] TimerInfo two) => Ok;
    }

    public sealed class OddBindingName
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest my_req) => Ok;
    }

    public sealed class NotARequest
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpContext req) => Ok;
    }

    public sealed class ReturnsText
    {
        [Function("A")] public Task<string> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest req) => Task.FromResult("");
    }

    public sealed class TimerOfText
    {
        [Function("A")] public Task Run([TimerTrigger("0 0 2 * * *")] string timer) => Ok;
    }

    public sealed class TimerWithResult
    {
        [Function("A")] public Task<IResult> Run([TimerTrigger("0 0 2 * * *")] TimerInfo timer) => Ok;
    }

    public sealed class BadSchedule
    {
        [Function("A")] public Task Run([TimerTrigger("0 0 25 * * *")] TimerInfo timer) => Ok;
    }

    public sealed class HalfASetting
    {
        [Function("A")] public Task Run([TimerTrigger("0 0 %Hour% * * *")] TimerInfo timer) => Ok;
    }

    public sealed class NumberInRoute
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{id}")] HttpRequest req, int id) => Ok;
    }

    public sealed class TimerWithText
    {
        [Function("A")] public Task Run([TimerTrigger("0 0 2 * * *")] TimerInfo timer, string name) => Ok;
    }

    public sealed class NotInRoute
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{id}")] HttpRequest req, string name) => Ok;
    }

    public sealed class OptionalNotNullable
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{id?}")] HttpRequest req, string id) => Ok;
    }

    public sealed class CatchAllNotNullable
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{*id}")] HttpRequest req, string id) => Ok;
    }

    public sealed class TokenNotLast
    {
        [Function("A")]
        public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{id}")] HttpRequest req, CancellationToken ct, string id) => Ok;
    }

    public sealed class SameName
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a")] HttpRequest req) => Ok;

        [Function("a")] public Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "b")] HttpRequest req) => Ok;
    }

    public sealed class NoMethods
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest req) => Ok;
    }

    public sealed class OddMethod
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "fetch")] HttpRequest req) => Ok;
    }

    public sealed class MethodTwice
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", "GET")] HttpRequest req) => Ok;
    }

    public sealed class NotARoute
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{id")] HttpRequest req) => Ok;
    }

    public sealed class RootedRoute
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "/a")] HttpRequest req) => Ok;
    }

    public sealed class AdminRoute
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "Administrators")] HttpRequest req) => Ok;
    }

    public sealed class RuntimeRoute
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "runtime/x")] HttpRequest req) => Ok;
    }

    public sealed class OverTheRoot
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{*path}")] HttpRequest req) => Ok;
    }

    public sealed class OverATimer
    {
        [Function("A")] public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{id}")] HttpRequest req) => Ok;

        [Function("Nightly")] public Task Run([TimerTrigger("%NightlySchedule%")] TimerInfo timer) => Ok;
    }

    public sealed class SharedMethod
    {
        [Function("A")] public Task<IResult> One([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{id}")] HttpRequest req) => Ok;

        [Function("B")] public Task<IResult> All([HttpTrigger(AuthorizationLevel.Anonymous, "Get", "post", Route = "{kind}/b")] HttpRequest req) => Ok;
    }

    public sealed class OtherLevel
    {
        [Function("A")] public Task<IResult> One([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{id}")] HttpRequest req) => Ok;

        [Function("B")] public Task<IResult> Put([HttpTrigger(AuthorizationLevel.Admin, "put", Route = "a/b")] HttpRequest req) => Ok;
    }
}
