using FriendCity.Records.Formats.Reading;

namespace FriendCity.Records.Formats.Marking;

/// <summary>What a cell says that tells what is wrong with its row.</summary>
internal static class RowMarks
{
    /// <param name="max">Characters that the cell takes; where that is too few, the text says how many faults are left out of it.</param>
    public static string Text(IReadOnlyList<RowFault> faults, int max = int.MaxValue)
    {
        for (var left = 0; ; left++)
        {
            var lines = faults.SkipLast(left).Select(Text);
            var text = string.Join('\n', left == 0 ? lines
                : lines.Append(FormattableString.Invariant($"{left} more stand in the report. 其余 {left} 项见报告。")));
            if (text.Length <= max || left == faults.Count)
                return text;
        }
    }

    private static string Text(RowFault fault) => $"{(fault.Column is null ? "" : $"{fault.Column}: ")}{Message(fault)}";

    /// <summary>In both languages: who mends the file need not be who asked for it.</summary>
    public static string Message(RowFault fault) => $"{fault.Message.En} {fault.Message.Zh}";
}
