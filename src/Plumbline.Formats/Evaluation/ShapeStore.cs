using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Formats.Evaluation;

/// <summary>Where the shapes of a table come from. Safe to use from several threads.</summary>
public abstract class ShapeStore : IDisposable
{
    /// <summary>Fetches the shapes of some objects together.</summary>
    /// <param name="objects">The objects, in any order.</param>
    public abstract ShapeBatch Fetch(IReadOnlyList<TableObject> objects);

    /// <inheritdoc />
    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>The shapes of the objects that were asked for, by their place in the request. For one thread.</summary>
public abstract class ShapeBatch : IDisposable
{
    /// <summary>The pixels of object i on a canvas; those outside are cut off. Areas go through COCO's rasterisation.</summary>
    /// <exception cref="FormatException">The shape cannot be read, has no area by its kind, or is a mask of another size.</exception>
    public abstract CocoRle Mask(int i, int width, int height);

    /// <summary>Whether <see cref="Mask"/> only decodes run lengths; null when object i has no shape but its box.</summary>
    public abstract bool? HasRunLengths(int i);

    /// <summary>The keypoints of object i.</summary>
    /// <exception cref="FormatException">There are none, or they cannot be read.</exception>
    public abstract Keypoints Keypoints(int i);

    /// <inheritdoc />
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
