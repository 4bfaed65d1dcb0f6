using System.Globalization;
using System.Text;

namespace Plumbline.Cli;

/// <summary>Text from files as a terminal may have it: a name must not move the cursor or colour the screen.</summary>
internal static class Printable
{
    /// <summary>The text, control characters written as <c>\u001B</c>.</summary>
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (char.IsControl(letter) && letter != '\n') safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            else safe.Append(letter);
        }

        return safe.ToString();
    }
}
