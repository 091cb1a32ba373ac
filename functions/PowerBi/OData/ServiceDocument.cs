using FriendCity.Http;
using FriendCity.PowerBi.OData.Model;

namespace FriendCity.PowerBi.OData;

/// <summary>The root: every entity set by name.</summary>
internal static class ServiceDocument
{
    public static string Metadata(HttpRequest request) => PublicAddress.Of(request, "/odata/$metadata");

    public static FeedResult Answer(HttpRequest request, FeedForm form, IReadOnlyList<FeedSet> sets) => new(form, null, (writer, _) =>
    {
        writer.WriteStartObject();
        if (form.Context)
            writer.WriteString("@odata.context", Metadata(request));
        writer.WriteStartArray("value");
        foreach (var set in sets)
        {
            writer.WriteStartObject();
            writer.WriteString("name", set.Name);
            writer.WriteString("kind", "EntitySet");
            writer.WriteString("url", set.Name);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        return Task.CompletedTask;
    });
}
