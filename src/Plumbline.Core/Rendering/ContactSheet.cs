namespace Plumbline.Core.Rendering;

/// <summary>Many small pictures on one sheet, row by row, each with its name.</summary>
/// <param name="columns">Pictures in a row.</param>
/// <param name="rows">Rows.</param>
/// <param name="cell">Pixels of the square that each picture has.</param>
public sealed class ContactSheet(int columns, int rows, int cell)
{
    private const int Square = 1;
    private const int Gap = 8;
    private const int NameHeight = 14;
    private static readonly Rgb Paper = new(24, 24, 27);
    private static readonly Rgb Ink = new(235, 235, 235);
    private readonly List<(Raster Picture, string Name)> pictures = [];

    /// <summary>Whether no more fits.</summary>
    public bool IsFull => pictures.Count == columns * rows;

    /// <summary>Whether there is nothing on it.</summary>
    public bool IsEmpty => pictures.Count == 0;

    /// <summary>Puts a picture on the sheet; it must fit into the cell.</summary>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    public void Add(Raster picture, string name)
    {
        if (picture.Width > cell || picture.Height > cell) throw new ArgumentException($"{picture.Width} × {picture.Height} pixels do not fit into {cell}.", nameof(picture));
        pictures.Add((picture, name));
    }

    /// <summary>The sheet, as high as its rows need; what was added is gone from it.</summary>
    public Raster Take()
    {
        var used = (pictures.Count + columns - 1) / columns;
        var canvas = new PictureCanvas((columns * (cell + Gap)) + Gap, Math.Max(1, used * (cell + NameHeight + Gap)) + Gap, Paper);
        for (var i = 0; i < pictures.Count; i++)
        {
            var (picture, name) = pictures[i];
            var (x, y) = (Gap + (i % columns * (cell + Gap)), Gap + (i / columns * (cell + NameHeight + Gap)));
            canvas.Place(picture, x + ((cell - picture.Width) / 2), y + ((cell - picture.Height) / 2));
            canvas.Write(AnnotatedPicture.Shortened(name, cell, Square), x, y + cell + 3, Square, Ink);
        }

        pictures.Clear();
        return canvas.ToRaster();
    }
}
