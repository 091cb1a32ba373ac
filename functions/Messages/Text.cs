namespace FriendCity.Messages;

internal enum Language
{
    English,
    Chinese,
}

/// <summary>A text people read, in both languages of the product (en and zh-CN).</summary>
public sealed record Text(string En, string Zh)
{
    internal string In(Language language) => language == Language.Chinese ? Zh : En;
}
