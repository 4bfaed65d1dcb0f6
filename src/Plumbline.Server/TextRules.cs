using System.Text;

namespace Plumbline.Server;

/// <summary>What text from people must look like before it is stored: any script, but nothing that a database or a terminal chokes on.</summary>
public static class TextRules
{
    /// <summary>Longest name of a person, project or token.</summary>
    public const int NameLength = 200;

    /// <summary>Whether there are neither control characters nor broken surrogate pairs.</summary>
    public static bool IsPlain(string text) => !text.Any(char.IsControl) && IsUnicode(text);

    /// <summary>A name without the blanks around it.</summary>
    /// <exception cref="ProblemException">It is empty, too long or has control characters.</exception>
    public static string Name(string text, string pointer)
    {
        var name = text.Trim();
        if (name.Length is 0 or > NameLength) throw Invalid($"Give a name of 1 to {NameLength} characters.", pointer);
        return IsPlain(name) ? name : throw Invalid("The name has control characters or broken Unicode in it.", pointer);
    }

    /// <summary>A longer text, in which lines and tabs are fine.</summary>
    /// <exception cref="ProblemException">It is too long or has other control characters.</exception>
    public static string Prose(string text, int length, string pointer)
    {
        if (text.Length > length) throw Invalid($"This may have at most {length} characters.", pointer);
        return text.All(c => !char.IsControl(c) || c is '\n' or '\r' or '\t') && IsUnicode(text) ? text : throw Invalid("The text has control characters or broken Unicode in it.", pointer);
    }

    /// <summary>A request that breaks a rule in one place.</summary>
    public static ProblemException Invalid(string message, string pointer) => new(400, "invalid", message, new ProblemError(message, pointer));

    private static bool IsUnicode(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done) return false;
            rest = rest[used..];
        }

        return true;
    }
}
