using Plumbline.Formats.Collections;
using Plumbline.Formats.Datasets;

namespace Plumbline.Formats.Coco;

/// <summary>What <see cref="CocoFirstPass"/> noted of one COCO file: its images, its categories, and for each annotation only where it stands in the file (20 bytes), so that it is read image by image whatever the order.</summary>
internal sealed class CocoIndex
{
    /// <summary>Images in the order of their paths.</summary>
    public required IReadOnlyList<CocoImage> Images { get; init; }

    /// <summary>Paths that replace those given twice, by the image's place.</summary>
    public required IReadOnlyDictionary<int, string> NewPaths { get; init; }

    /// <summary>Categories in the order of the file.</summary>
    public required IReadOnlyList<CocoCategory> Categories { get; init; }

    /// <summary>Top-level fields that are not one of the three lists.</summary>
    public required IReadOnlyList<RawField> Fields { get; init; }

    /// <summary>Places of annotations in the file, grouped by image and in the order of the file within one.</summary>
    public required Grouped<Place> Annotations { get; init; }

    /// <summary>Ids that replace those given twice or not at all, by the place of the annotation.</summary>
    public required IReadOnlyDictionary<long, string> NewIds { get; init; }

    /// <summary>The path of an image, which no other has.</summary>
    public string PathOf(int image) => NewPaths.GetValueOrDefault(image) ?? Images[image].Path;

    /// <summary>Where an annotation stands.</summary>
    /// <param name="Offset">Bytes before it.</param>
    /// <param name="Length">Its bytes.</param>
    /// <param name="Image">Its image's place in <see cref="Images"/>; negative when it has none. While the first pass runs, as <see cref="CocoImages.PlaceOf"/> says.</param>
    internal readonly record struct Place(long Offset, int Length, int Image);
}
