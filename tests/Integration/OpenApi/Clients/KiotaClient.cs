using FriendCity.Client;
using FriendCity.Client.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

// Kiota's own provider of keys speaks https only; its own client alone shows the headers of answers.
using var http = KiotaClientFactory.Create();
http.DefaultRequestHeaders.Add("X-Api-Key", Environment.GetEnvironmentVariable("FRIENDCITY_KEY"));
using var adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http)
{
    BaseUrl = Environment.GetEnvironmentVariable("FRIENDCITY_URL"),
};
var api = new FriendCityClient(adapter).Api.V1;

var heads = new HeadersInspectionHandlerOption { InspectResponseHeaders = true };
var page = (await api.Cities.GetAsync(ask =>
{
    (ask.QueryParameters.Top, ask.QueryParameters.Orderby) = (10, "nameEn");
    ask.Options.Add(heads);
}))!;
var (cities, since) = (page.Value!.Count, heads.ResponseHeaders["Changes-Cursor"].Single());
while (page.NextLink is { } next)
{
    page = (await api.Cities.WithUrl(next).GetAsync())!;
    cities += page.Value!.Count;
}

Console.WriteLine($"{cities} cities");

var made = (await api.Organisations.PostAsync(new OrganisationInput
{
    Id = "ORG-CLIENT",
    NameEn = "Port authority (example)",
    NameZh = "港务局（示例）",
    Kind = OrganisationInput_kind.Government,
    CountryId = "RU",
}))!;
Console.WriteLine($"made {made.Id} {made.Version} {made.NameZh}");

var one = api.Organisations["ORG-CLIENT"];
var patch = new OrganisationPatch { Website = "https://port.example" };
try
{
    await one.PatchAsync(patch, ask => ask.Headers.Add("If-Match", "\"7\""));
}
catch (Problem problem)
{
    Console.WriteLine($"refused {problem.ResponseStatusCode} {problem.Code.ToString()!.ToLowerInvariant()} {problem.Message.Length > 0}");
}

var changed = (await one.PatchAsync(patch, ask => ask.Headers.Add("If-Match", $"\"{made.Version}\"")))!;
Console.WriteLine($"changed {changed.Version} {changed.Website} {changed.Kind.ToString()!.ToLowerInvariant()}");
await one.DeleteAsync(ask => ask.Headers.Add("If-Match", $"\"{changed.Version}\""));

using var file = new MemoryStream("id,nameEn,nameZh,kind,countryId\r\nORG-CLIENT-2,Customs (example),海关（示例）,government,RU\r\n"u8.ToArray());
var operation = (await api.Imports.Organisations.PostAsync(file, "text/csv"))!;
while (operation.State is Operation_state.Queued or Operation_state.Running)
    operation = (await api.Operations[operation.Id!].GetAsync())!;
Console.WriteLine($"imported {operation.State.ToString()!.ToLowerInvariant()} {operation.Import!.Inserted}");

var changes = (await api.Changes.GetAsync(ask => (ask.QueryParameters.Since, ask.QueryParameters.Types) = (since, "organisations")))!;
var versions = changes.Value!.Where(each => each.Id == made.Id).DistinctBy(each => each.Version).OrderBy(each => each.Version);
Console.WriteLine($"changes {string.Join(' ', versions.Select(each => $"{each.Version}{(each.Deleted == true ? " deleted" : "")}"))}");
