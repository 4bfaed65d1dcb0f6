using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Pictures;

/// <summary>Label maps that are files of a tree.</summary>
internal static class MaskFile
{
    /// <summary>Reads one; null when it is no usable PNG, which is an issue.</summary>
    /// <param name="tree">Has the file.</param>
    /// <param name="file">Its path.</param>
    /// <param name="issues">Receives the issue; null in a first pass, since the second will say it.</param>
    public static PngImage? TryRead(IFileTree tree, string file, IssueLog? issues)
    {
        try
        {
            using var stream = tree.OpenRead(file);
            return PngReader.Read(stream);
        }
        catch (InvalidDataException e)
        {
            issues?.Error("bad-mask", file, null, null, $"{e.Message.TrimEnd('.')}; the image is left out.");
            return null;
        }
    }
}
