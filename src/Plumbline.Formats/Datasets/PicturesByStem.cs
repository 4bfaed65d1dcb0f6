using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Datasets;

/// <summary>Finds the picture of a label file that names none: the same path without extension, in the folders where the format keeps pictures.</summary>
internal static class PicturesByStem
{
    /// <summary>The path with the extension of the picture that is there, and the picture; with <paramref name="otherwise"/> and null when there is none.</summary>
    public static (string Path, DatasetPicture? Picture) Find(PictureFinder pictures, string stem, string otherwise, params ReadOnlySpan<string> folders)
    {
        foreach (var extension in PictureFinder.Extensions)
        {
            if (pictures.Find(stem + extension, folders) is { } picture) return (stem + extension, picture);
        }

        return (stem + otherwise, null);
    }
}
