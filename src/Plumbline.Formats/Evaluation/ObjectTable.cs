using Plumbline.Core.Geometry;
using Plumbline.Formats.Collections;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Evaluation;

/// <summary>One image of a table.</summary>
/// <param name="Path">Path inside the dataset; null where the file names images by id alone (COCO results).</param>
/// <param name="Id">Id in the file, numbers in their plain form, text in its quotes; null when there is none.</param>
/// <param name="Size">Columns and rows; null when not known.</param>
/// <param name="Metadata">What else its record says, by field; null when it was not asked for.</param>
public sealed record TableImage(string? Path, string? Id, PictureSize? Size, IReadOnlyDictionary<string, string>? Metadata = null)
{
    /// <summary>What people call it.</summary>
    public string Name => Path ?? $"image {Id}";

    /// <summary>Which classes were looked for; null where the file does not say, or was not asked.</summary>
    public FederatedLabels? Federated { get; init; }
}

/// <summary>What a federated dataset (LVIS) says of one image: not every class was looked for in it.</summary>
/// <param name="Absent">Places of classes that were looked for and are not there.</param>
/// <param name="Incomplete">Places of classes of which not every object is labelled.</param>
public sealed record FederatedLabels(IReadOnlySet<int> Absent, IReadOnlySet<int> Incomplete);

/// <summary>One class of a table.</summary>
/// <param name="Name">Its name; null where the file names classes by id alone.</param>
/// <param name="Id">Id in the file, numbers in their plain form; null when there is none.</param>
/// <param name="Frequency">LVIS: r, c or f for rare, common, frequent; null where the file does not say.</param>
public sealed record TableClass(string? Name, string? Id, string? Frequency = null)
{
    /// <summary>What people call it.</summary>
    public string Title => Name ?? $"class {Id}";
}

/// <summary>One object: numbers only, so that hundreds of thousands cost no more than their rows.</summary>
/// <param name="Image">Place of its image in the table.</param>
/// <param name="Class">Place of its class in the table.</param>
/// <param name="Box">Its box: the stated one, else the tightest.</param>
/// <param name="Area">In square pixels: the stated one; NaN where it is to be counted from its mask.</param>
/// <param name="Score">Confidence; NaN for a truth.</param>
/// <param name="Crowd">Many objects in one.</param>
/// <param name="Ignore">Left out of the scores though not a crowd.</param>
/// <param name="Place">Where its shape is: understood by the table's <see cref="ShapeStore"/>.</param>
public readonly record struct TableObject(int Image, int Class, Box Box, double Area, double Score, bool Crowd, bool Ignore, ShapePlace Place);

/// <summary>Where a shape is: bytes of a file, or a place in a list.</summary>
/// <param name="Offset">First byte, or the place.</param>
/// <param name="Length">Bytes; 0 where there is no shape but the box.</param>
public readonly record struct ShapePlace(long Offset, int Length);

/// <summary>The objects of one side of a comparison, as rows; shapes stay where they are until they are needed.</summary>
public sealed class ObjectTable : IDisposable
{
    private readonly ChunkedList<TableObject> rows;

    internal ObjectTable(string name, IReadOnlyList<TableImage> images, IReadOnlyList<TableClass> classes, ChunkedList<TableObject> rows, ShapeStore shapes) =>
        (Name, Images, Classes, this.rows, Shapes) = (name, images, classes, rows, shapes);

    /// <summary>The path it was read from.</summary>
    public string Name { get; }

    /// <summary>Images in the order of evaluation: by id where they have ids, else by path.</summary>
    public IReadOnlyList<TableImage> Images { get; }

    /// <summary>Classes in the order of evaluation.</summary>
    public IReadOnlyList<TableClass> Classes { get; }

    /// <summary>Number of objects.</summary>
    public int Count => rows.Count;

    /// <summary>Object i, in the order of the file.</summary>
    public ref readonly TableObject this[int i] => ref rows[i];

    /// <summary>Fetches shapes.</summary>
    public ShapeStore Shapes { get; }

    /// <inheritdoc />
    public void Dispose() => Shapes.Dispose();
}
