using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Facts;

/// <summary>A friend-city element that stands in a platform on the figure's day.</summary>
internal sealed record PlatformElement(Platform Platform, PlatformEmbedding Embedding, int Index)
{
    public string CityId => Embedding.CityId;

    public FigureRow Row => new("platforms", Platform, Sources.Weakest(Platform.Source, Embedding.Source),
        [$"embeddings/{Index}/cityId", $"embeddings/{Index}/since", $"embeddings/{Index}/renewedOn", $"embeddings/{Index}/until"]);

    /// <summary>The platforms that call for friend-city elements.</summary>
    public static IReadOnlyList<Platform> Platforms(KpiContext context) =>
        context.Once("platforms that call for elements", default, () => context.Of(Platform.Type)
            .Where(platform => platform.EmbeddingCalledFor == true).ToList());

    /// <summary>The elements in those platforms, platform by platform.</summary>
    public static IReadOnlyList<PlatformElement> On(KpiContext context) => context.Once("elements", context.AsOf, () =>
        Platforms(context).SelectMany(platform => platform.Embeddings.Select((element, index) => new PlatformElement(platform, element, index)))
            .Where(element => context.Counts(element.Embedding) && element.Embedding.StandsOn(context.AsOf)).ToList());
}
