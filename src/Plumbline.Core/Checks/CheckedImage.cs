using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Checks;

/// <summary>One image as the checks see it, whether it comes from a file or from a project.</summary>
/// <param name="Path">Its path in the dataset.</param>
/// <param name="Objects">Its annotations.</param>
public sealed record CheckedImage(string Path, IReadOnlyList<CheckedObject> Objects)
{
    /// <summary>Its split; null for none.</summary>
    public string? Split { get; init; }

    /// <summary>Columns of the upright image as labels state them; null when not known.</summary>
    public int? Width { get; init; }

    /// <summary>Rows of the upright image as labels state them; null when not known.</summary>
    public int? Height { get; init; }

    /// <summary>A person has said that there is nothing to label, or that the image cannot be used.</summary>
    public bool Settled { get; init; }

    /// <summary>What is known of the picture itself; null when nobody looked.</summary>
    public PictureFacts? Picture { get; init; }

    /// <summary>How reports call an annotation: <c>path#id</c>, or <c>path#@n</c> with its place from 1 when it has no id.</summary>
    public string NameOf(int place) => Objects[place].Id is { } id ? $"{Path}#{id}" : string.Create(CultureInfo.InvariantCulture, $"{Path}#@{place + 1}");
}

/// <summary>One annotation as the checks see it. <c>default</c> is not valid.</summary>
public readonly record struct CheckedObject
{
    /// <param name="classIndex">Its class: a place in <see cref="CheckContext.Classes"/>.</param>
    /// <param name="shape">What it covers, in pixels of the upright image.</param>
    public CheckedObject(int classIndex, Shape shape)
    {
        ClassIndex = classIndex;
        Shape = shape;
        Bounds = ShapeGeometry.Bounds(shape);
        Area = ShapeGeometry.Area(shape);
    }

    /// <summary>Its class: a place in <see cref="CheckContext.Classes"/>.</summary>
    public int ClassIndex { get; }

    /// <summary>What it covers, in pixels of the upright image.</summary>
    public Shape Shape { get; }

    /// <summary>The box around it; null where it has no place.</summary>
    public Box? Bounds { get; }

    /// <summary>Its area in square pixels; 0 for shapes without one.</summary>
    public double Area { get; }

    /// <summary>Its id for reports; null when it has none.</summary>
    public string? Id { get; init; }

    /// <summary>Crowd, void or difficult: left out of measures.</summary>
    public bool Ignore { get; init; }

    /// <summary>The box that the file states beside the shape; null when none.</summary>
    public Box? StatedBox { get; init; }

    /// <summary>The area in square pixels that the file states; null when none.</summary>
    public double? StatedArea { get; init; }

    /// <summary>Values by attribute name; null for none.</summary>
    public ImmutableSortedDictionary<string, AttributeValue>? Attributes { get; init; }

    /// <summary>Whether its kind of shape covers an area.</summary>
    public bool IsArea => Shape is BoxShape or RotatedBoxShape or EllipseShape or PolygonShape or MaskShape or CuboidShape;
}

/// <summary>What a look at the picture itself told.</summary>
/// <param name="Fault">Why it cannot be used, for people; null when it can.</param>
/// <param name="Missing">There is no file.</param>
public sealed record PictureFacts(string? Fault = null, bool Missing = false)
{
    /// <summary>Columns as stored, before the orientation is applied.</summary>
    public int StoredWidth { get; init; }

    /// <summary>Rows as stored, before the orientation is applied.</summary>
    public int StoredHeight { get; init; }

    /// <summary>EXIF orientation, 1 to 8.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Equal for pictures with equal pixels; null when nobody hashed it.</summary>
    public string? PixelHash { get; init; }

    /// <summary>Difference hash of 64 bits; see <see cref="PixelHash"/> for whether it counts.</summary>
    public ulong DifferenceHash { get; init; }

    /// <summary>Columns of the upright picture.</summary>
    public int Width => Orientation >= 5 ? StoredHeight : StoredWidth;

    /// <summary>Rows of the upright picture.</summary>
    public int Height => Orientation >= 5 ? StoredWidth : StoredHeight;
}
