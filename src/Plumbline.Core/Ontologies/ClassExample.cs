namespace Plumbline.Core.Ontologies;

/// <summary>A picture of the project, or a part of it, that shows what a class means.</summary>
public sealed record ClassExample
{
    /// <summary>The image's id. It may have been removed since: then there is only the caption.</summary>
    public required string ImageId { get; init; }

    /// <summary>The part of the image; null for all of it.</summary>
    public ExampleRegion? Region { get; init; }

    /// <summary>What it shows, for the annotator; up to 500 characters.</summary>
    public string Caption { get; init; } = "";
}

/// <summary>A part of a picture in pixels of the upright, full-resolution image: left, top, and sides longer than 0.</summary>
public sealed record ExampleRegion(double X, double Y, double Width, double Height);
