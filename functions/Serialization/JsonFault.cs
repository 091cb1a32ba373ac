using FriendCity.Messages;

namespace FriendCity.Serialization;

/// <summary>A text that is no JSON, or JSON that names something twice: where, in lines and characters from 1, and why.</summary>
internal sealed class JsonFault(Text reason, int line, int column) : Newtonsoft.Json.JsonException($"{reason.En} Line {line}, column {column}.")
{
    public Text Reason => reason;

    public int Line => line;

    public int Column => column;
}
