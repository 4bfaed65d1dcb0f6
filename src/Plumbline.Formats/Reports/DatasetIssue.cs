using System.Globalization;

namespace Plumbline.Formats.Reports;

/// <summary>How bad an issue is.</summary>
public enum IssueSeverity
{
    /// <summary>Read as it stands; worth a look.</summary>
    Warning,

    /// <summary>The item was refused; the rest is read.</summary>
    Error,
}

/// <summary>A place in a file. What is not known is null.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in bytes, from 1.</param>
/// <param name="Offset">Bytes from the start of the file.</param>
public readonly record struct FilePosition(long? Line = null, long? Column = null, long? Offset = null)
{
    /// <inheritdoc />
    public override string ToString() => this switch
    {
        { Line: { } line, Column: { } column } => string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}"),
        { Line: { } line } => string.Create(CultureInfo.InvariantCulture, $"line {line}"),
        { Offset: { } offset } => string.Create(CultureInfo.InvariantCulture, $"byte {offset}"),
        _ => "",
    };
}

/// <summary>A fault of foreign data, found while reading or writing. Stable <paramref name="Code"/>, text for people in <paramref name="Message"/>.</summary>
/// <param name="Severity">Whether the item was read.</param>
/// <param name="Code">Stable kebab-case name of the fault.</param>
/// <param name="File">File of the tree.</param>
/// <param name="Item">The image, annotation or class it is about; null for the file.</param>
/// <param name="Field">The field at fault; null when it is the item.</param>
/// <param name="Message">What is wrong and what was done about it.</param>
/// <param name="Position">Where in the file.</param>
public sealed record DatasetIssue(IssueSeverity Severity, string Code, string File, string? Item, string? Field, string Message, FilePosition Position = default)
{
    /// <summary>One line for people: file, position, item, message.</summary>
    public override string ToString()
    {
        var place = Position.ToString();
        return $"{File}{(place.Length > 0 ? $" ({place})" : "")}{(Item is null ? "" : $", {Item}")}: {Message}";
    }
}

/// <summary>Thrown when a dataset cannot be read on. Carries where and what.</summary>
public sealed class DatasetFormatException : Exception
{
    /// <param name="file">The file.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="position">Where in it.</param>
    /// <param name="inner">The cause; null when there is none.</param>
    public DatasetFormatException(string file, string message, FilePosition position = default, Exception? inner = null)
        : base(message, inner)
    {
        File = file;
        Position = position;
    }

    /// <summary>The file that could not be read.</summary>
    public string File { get; }

    /// <summary>Where in it.</summary>
    public FilePosition Position { get; }

    /// <summary>One line for people: file, position, message.</summary>
    public string Line => Position.ToString() is { Length: > 0 } place ? $"{File} ({place}): {Message}" : $"{File}: {Message}";
}
