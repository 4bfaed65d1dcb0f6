using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Cli;

/// <summary>Opens dataset paths and settles their format, for every verb that reads one.</summary>
internal static class SourceOpening
{
    /// <summary>The format that was asked for, or the one recognised.</summary>
    /// <exception cref="UsageException">No such format, or several fit.</exception>
    /// <exception cref="Plumbline.Formats.Reports.DatasetFormatException">None fits.</exception>
    public static DatasetFormat FormatOf(IFileTree tree, string? asked, string option)
    {
        if (asked is not null) return Named(asked, option);
        var found = DatasetFormats.Recognise(tree);
        return found.Length switch
        {
            1 => found[0].Format,
            0 => throw new Plumbline.Formats.Reports.DatasetFormatException(tree.Name, $"no known format was recognised here; if it is one of {Names}, say so with {option}."),
            _ => throw new UsageException($"{tree.Name} fits several formats; choose with {option}:\n{string.Join('\n', found.Select(f => $"  {f.Format.Name}: {f.Why}"))}"),
        };
    }

    /// <summary>The format of this name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static DatasetFormat Named(string name, string option) =>
        DatasetFormats.Find(name) ?? throw new UsageException($"{option}: there is no format '{name}'. There are: {Names}.");

    /// <summary>Opens the dataset path.</summary>
    public static DatasetSource Open(string path, string? imageRoot)
    {
        try
        {
            return DatasetSource.Open(path, imageRoot);
        }
        catch (InvalidDataException e)
        {
            throw new Plumbline.Formats.Reports.DatasetFormatException(path, $"not a readable ZIP: {e.Message}", inner: e);
        }
    }

    private static string Names => string.Join(", ", DatasetFormats.All.Select(f => f.Name));
}
