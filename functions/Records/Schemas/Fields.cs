using FriendCity.Messages;

namespace FriendCity.Records.Schemas;

internal static class Fields
{
    /// <summary>The setter of a field that follows from others, or stands in rows that are read and never written.</summary>
    public static void ReadOnly<T, V>(T row, V value) => throw new NotSupportedException("The value follows from others; it is not set.");
}

/// <summary>Makes the fields of <typeparamref name="T"/>; a definition reads as a table of name, English and Chinese label, getter, setter.</summary>
internal sealed class Fields<T>
{
    private const int Name = 400;

    public Field<T> Text(string name, string en, string zh, Func<T, string?> get, Action<T, string?> set, bool required = false, int max = Name,
        bool personal = false) =>
        new Field<T, string?>(name, new Text(en, zh), required, new TextFieldType(max), get, set) { IsPersonal = personal };

    public Field<T> Code(string name, string en, string zh, CodeList codes, Func<T, string?> get, Action<T, string?> set,
        bool required = false) =>
        new Field<T, string?>(name, new Text(en, zh), required, new CodeFieldType(codes), get, set);

    public Field<T> Reference(string name, string en, string zh, string type, Func<T, string?> get, Action<T, string?> set, bool required = false,
        bool personal = false) =>
        new Field<T, string?>(name, new Text(en, zh), required, new ReferenceFieldType(type), get, set) { IsPersonal = personal };

    public Field<T> Integer(string name, string en, string zh, Func<T, long?> get, Action<T, long?> set, bool required = false, long min = 0,
        long max = int.MaxValue, Text? unit = null) =>
        new Field<T, long?>(name, new Text(en, zh), required, new IntegerFieldType(min, max), get, set) { Unit = unit };

    public Field<T> Ratio(string name, string en, string zh, double min, double max, Func<T, double?> get, Action<T, double?> set,
        bool required = false, Text? unit = null) =>
        new Field<T, double?>(name, new Text(en, zh), required, new RatioFieldType(min, max), get, set) { Unit = unit };

    public Field<T> Money(string name, string en, string zh, Func<T, decimal?> get, Action<T, decimal?> set, bool required = false,
        Text? unit = null) =>
        new Field<T, decimal?>(name, new Text(en, zh), required, new MoneyFieldType(), get, set) { Unit = unit };

    public Field<T> Date(string name, string en, string zh, Func<T, DateOnly?> get, Action<T, DateOnly?> set, bool required = false) =>
        new Field<T, DateOnly?>(name, new Text(en, zh), required, new DateFieldType(), get, set);

    public Field<T> Flag(string name, string en, string zh, Func<T, bool?> get, Action<T, bool?> set, bool required = false) =>
        new Field<T, bool?>(name, new Text(en, zh), required, new FlagFieldType(), get, set);

    public Field<T> References(string name, string en, string zh, string type, Func<T, IReadOnlyList<string>> get,
        Action<T, IReadOnlyList<string>> set, bool required = false) =>
        new Field<T, IReadOnlyList<string>>(name, new Text(en, zh), required,
            new ListFieldType<string>(new ReferenceFieldType(type)!, distinct: true), get,
            set);

    public Field<T> Codes(string name, string en, string zh, CodeList codes, Func<T, IReadOnlyList<string>> get,
        Action<T, IReadOnlyList<string>> set) =>
        new Field<T, IReadOnlyList<string>>(name, new Text(en, zh), false, new ListFieldType<string>(new CodeFieldType(codes)!, distinct: true), get,
            set);

    public Field<T> Texts(string name, string en, string zh, Func<T, IReadOnlyList<string>> get, Action<T, IReadOnlyList<string>> set) =>
        new Field<T, IReadOnlyList<string>>(name, new Text(en, zh), false, new ListFieldType<string>(new TextFieldType(Name)!, distinct: true), get,
            set);

    public Field<T> Entries<E>(string name, string en, string zh, Schema<E> schema, Func<T, IReadOnlyList<E>> get, Action<T, IReadOnlyList<E>> set)
        where E : Entry =>
        new Field<T, IReadOnlyList<E>>(name, new Text(en, zh), false, new ListFieldType<E>(new EntryFieldType<E>(schema), distinct: false), get, set);

    public Field<T> Note(Func<T, string?> get, Action<T, string?> set) => Text("note", "Note", "备注", get, set, max: 8000);

    public Field<T> Precision(Func<T, string?> get, Action<T, string?> set) =>
        Code("datePrecision", Provenance.PrecisionLabel.En, Provenance.PrecisionLabel.Zh, Provenance.Precisions, get, set);
}
