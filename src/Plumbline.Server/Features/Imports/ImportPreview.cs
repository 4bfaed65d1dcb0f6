using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;

namespace Plumbline.Server.Features.Imports;

/// <summary>A dataset that was looked at and not imported yet.</summary>
/// <param name="JobId">The job that looked.</param>
/// <param name="What">What people call the files.</param>
/// <param name="Format">The format that it was read in; null when it has to be chosen first, and then nothing was read.</param>
/// <param name="Candidates">Formats that the files fit; empty when the format was given.</param>
/// <param name="Options">The choices of the format that were made.</param>
/// <param name="Classes">Its classes, in its order.</param>
/// <param name="ImageAttributes">Its attributes of images.</param>
/// <param name="Images">How its images are found.</param>
/// <param name="Annotations">How many annotations there are.</param>
/// <param name="Kinds">How many of each kind of shape.</param>
/// <param name="Issues">The first faults found.</param>
/// <param name="Errors">How many things were refused in all.</param>
/// <param name="Warnings">How many remarks there are in all.</param>
/// <param name="Losses">What a project cannot keep.</param>
/// <param name="Pictures">The first pictures that have annotations.</param>
public sealed record ImportPreview(
    string JobId,
    string What,
    string? Format,
    IReadOnlyList<PreviewFormat> Candidates,
    IReadOnlyDictionary<string, string> Options,
    IReadOnlyList<PreviewClass> Classes,
    IReadOnlyList<PreviewAttribute> ImageAttributes,
    PreviewImages Images,
    long Annotations,
    IReadOnlyList<KindCount> Kinds,
    IReadOnlyList<ReportsApi.Issue> Issues,
    long Errors,
    long Warnings,
    IReadOnlyList<PreviewLoss> Losses,
    IReadOnlyList<PreviewPicture> Pictures);

/// <summary>A format that the files fit, and why.</summary>
public sealed record PreviewFormat(string Name, string Title, string Why);

/// <summary>So many of one kind of shape.</summary>
public sealed record KindCount(ShapeKind Kind, long Count);

/// <summary>A class of the dataset.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Parent">The class above it; null when none.</param>
/// <param name="Color"><c>#rrggbb</c>; null when the dataset does not say.</param>
/// <param name="ClassId">The class of the project that it becomes when nobody decides otherwise; null for a new one.</param>
/// <param name="Annotations">How many objects it has.</param>
/// <param name="Kinds">Of which shapes.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Keypoints">Names of its keypoints, when the dataset names them.</param>
public sealed record PreviewClass(
    string Name, string? Parent, string? Color, string? ClassId, long Annotations, IReadOnlyList<KindCount> Kinds, IReadOnlyList<PreviewAttribute> Attributes, IReadOnlyList<string> Keypoints);

/// <summary>An attribute as it would be added to the project.</summary>
public sealed record PreviewAttribute(string Name, AttributeKind Kind, long Values);

/// <summary>Where the pictures of a dataset's images are.</summary>
/// <param name="Total">Images of the dataset.</param>
/// <param name="Brought">Whose picture came along.</param>
/// <param name="InProject">Whose picture the project has, by path or name.</param>
/// <param name="Unknown">Whose picture is nowhere: their annotations cannot come in.</param>
public sealed record PreviewImages(long Total, long Brought, long InProject, long Unknown);

/// <summary>Something that a project cannot keep.</summary>
/// <param name="Code">Stable name.</param>
/// <param name="Why">The reason, for people.</param>
/// <param name="Count">In how many items.</param>
/// <param name="Bookkeeping">Whether no label changes by it.</param>
public sealed record PreviewLoss(string Code, string Why, long Count, bool Bookkeeping);

/// <summary>A picture with its shapes.</summary>
/// <param name="Path">Its path in the dataset.</param>
/// <param name="Width">Columns of the upright picture; null when nobody knows.</param>
/// <param name="Height">Rows of the upright picture.</param>
/// <param name="ImageId">The image of the project; null when the picture came along or is nowhere.</param>
/// <param name="HasThumbnail">Whether the preview keeps a thumbnail of it.</param>
/// <param name="Annotations">How many annotations it has; only the first are drawn.</param>
/// <param name="Shapes">What to draw.</param>
public sealed record PreviewPicture(string Path, int? Width, int? Height, string? ImageId, bool HasThumbnail, int Annotations, IReadOnlyList<PreviewShape> Shapes);

/// <summary>A shape as lines to draw, in tenths of a pixel at the finest.</summary>
/// <param name="ClassIndex">Its place in <see cref="ImportPreview.Classes"/>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Closed">Whether the lines are rings.</param>
/// <param name="Lines">Coordinates x, y, x, y … in pixels of the upright picture. A line of one position is a point; none for a tag.</param>
public sealed record PreviewShape(int ClassIndex, ShapeKind Kind, bool Closed, IReadOnlyList<IReadOnlyList<double>> Lines);
