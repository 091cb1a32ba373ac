using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Records.Query.Filters;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Schemas;

/// <summary>Text as given, up to a length; never cut, trimmed or normalised.</summary>
internal class TextFieldType(int maxLength) : FieldType<string?>
{
    private const int MaxCursorText = 400;

    public override string Name => "text";

    public override ValueDomain Domain => new ValueDomain.Text(maxLength);

    public override ValueComparer<string?> ValueComparer => ValueComparers.Text;

    public override bool IsFreeText => true;

    public override bool FitsCursor => maxLength <= MaxCursorText;

    public override bool TryRead(JToken token, string pointer, ValidationContext validation, out string? value)
    {
        value = token.Type == JTokenType.String ? (string?)token : null;
        if (value is null)
            return Refuse(token, pointer, validation, "text", "文本");

        if (value.Length == 0)
            validation.Refuse(pointer, "empty", "The text is empty; leave the field out or send null when there is none.",
                "文本为空；没有内容时请省略该字段或传 null。");
        else if (value.Length > maxLength)
            validation.Refuse(pointer, "too_long", $"The text has {value.Length} characters; at most {maxLength} fit.",
                $"文本有 {value.Length} 个字符，最多 {maxLength} 个。");
        else if (Unicode.FirstUnfit(value) is { } at)
            validation.Refuse(pointer, "bad_character", $"Character {at + 1} cannot be stored: a control character or half of a surrogate pair.",
                $"第 {at + 1} 个字符无法保存：控制字符或不完整的代理对。");
        else if (!validation.Stored && Unicode.IsBlank(value))
            validation.Refuse(pointer, "empty", "The text shows nothing; leave the field out or send null when there is none.",
                "文本没有可见内容；没有内容时请省略该字段或传 null。");
        else
            return Check(value, pointer, validation);
        return false;
    }

    public override void Write(Utf8JsonWriter writer, string? value) => writer.WriteStringValue(value);

    public override object ToColumn(string? value) => value!;

    public override string? FromColumn(object column) =>
        column is string text && text.Length <= maxLength && Unicode.FirstUnfit(text) is null
            ? text : throw new FormatException("not text that this field can hold");

    public override string Format(string? value) => value!;

    protected virtual bool Check(string value, string pointer, ValidationContext validation) => true;
}

/// <summary>One of a fixed list of codes.</summary>
internal sealed class CodeFieldType(CodeList codes) : TextFieldType(64)
{
    public override string Name => "code";

    public override ValueDomain Domain => new ValueDomain.Code(codes);

    public override bool IsFreeText => false;

    public override bool Indexed => true;

    public override IReadOnlyList<string> Codes => codes;

    // Codes are few and repeat in every row: one instance serves all records.
    public override string? FromColumn(object column) =>
        codes.Contains(column) ? string.Intern((string)column) : throw new FormatException("not one of the codes");

    protected override bool Check(string value, string pointer, ValidationContext validation)
    {
        if (codes.Contains(value))
            return true;

        var list = string.Join(", ", codes);
        validation.Refuse(pointer, "not_allowed", $"'{value}' is not one of {list}.", $"“{value}”不在允许的取值中：{list}。");
        return false;
    }
}

/// <summary>The id of a record of another type; that it exists is checked when the record is written.</summary>
internal sealed class ReferenceFieldType(string type) : TextFieldType(RecordId.MaxLength)
{
    public override string Name => $"reference to {type}";

    public override ValueDomain Domain => new ValueDomain.Reference(type);

    public override bool IsFreeText => false;

    public override bool Indexed => true;

    public override string? FromColumn(object column) =>
        column is string id && RecordId.IsValid(id) ? string.Intern(id) : throw new FormatException("not an id");

    public override bool Refers => true;

    public override IEnumerable<string> Targets => [type];

    public override IEnumerable<Reference> References(string? value, string pointer) =>
        value is { Length: > 0 } ? [new Reference(pointer, type, value)] : [];

    protected override bool Check(string value, string pointer, ValidationContext validation)
    {
        if (RecordId.IsValid(value))
            return true;

        validation.Refuse(pointer, "bad_id", RecordId.Rule.En, RecordId.Rule.Zh);
        return false;
    }
}
