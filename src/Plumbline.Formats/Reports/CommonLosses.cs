using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;

namespace Plumbline.Formats.Reports;

/// <summary>Something that a dataset is written to: a format, or a project.</summary>
/// <param name="Title">What people call it, at the start of a sentence.</param>
/// <param name="Dialect">Whose fields it keeps as they stand; empty for nobody's.</param>
/// <param name="Abilities">What it can say.</param>
public sealed record LossTarget(string Title, string Dialect, FormatAbilities Abilities);

/// <summary>Losses that follow from the target's <see cref="FormatAbilities"/> alone, whatever it is.</summary>
/// <param name="format">The target.</param>
/// <param name="header">The dataset.</param>
/// <param name="losses">Where they go.</param>
public sealed class CommonLosses(LossTarget format, DatasetHeader header, LossReport losses)
{
    /// <summary>Losses of a format.</summary>
    public CommonLosses(DatasetFormat format, DatasetHeader header, LossReport losses)
        : this(new LossTarget(format.Title, format.Dialect, format.Abilities), header, losses)
    {
    }

    private readonly FormatAbilities can = format.Abilities;
    private readonly bool keepsOthers = header.Format == format.Dialect || format.Abilities.OtherFields;
    private readonly bool[] used = new bool[header.Classes.Length];
    private readonly LossKind attributes = new("attributes", "attributes", $"{format.Title} has no attributes.");
    private readonly LossKind imageAttributes = new("image-attributes", "attributes", $"{format.Title} has no attributes of images.");
    private readonly LossKind relations = new("relations", "relations", $"{format.Title} has no relations between annotations.");
    private readonly LossKind groups = new("group", "groupId", $"{format.Title} has no groups.");
    private readonly LossKind tracks = new("track", "trackId", $"{format.Title} has no tracks.");
    private readonly LossKind scores = new("score", "score", $"{format.Title} has no scores.");
    private readonly LossKind order = new("z-order", "z", $"{format.Title} has no drawing order.");
    private readonly LossKind ignore = new("ignore-flag", "ignore", $"{format.Title} cannot mark an object as crowd or void; it is written like any other.");
    private readonly LossKind outline = new("outline", "outline", $"{format.Title} has no area beside keypoints.");
    private readonly LossKind otherFields = new("other-fields", "*", $"{format.Title} has no place for fields of other formats.", Bookkeeping: true);
    private readonly LossKind outcome = new("outcome", "outcome", $"{format.Title} has no outcome of an image.");
    private long areas, boxes, ids, frames, authors;

    /// <summary>Counts what one image with its annotations loses, shapes apart.</summary>
    public void Count(DatasetItem item)
    {
        if (!can.Outcomes && item.Outcome is Outcome.VerifiedEmpty or Outcome.Unusable) losses.Add(outcome, item);
        if (!can.ImageAttributes && !item.Attributes.IsEmpty) losses.Add(imageAttributes, item, null, $"{format.Title} has no attributes of images: {string.Join(", ", item.Attributes.Keys)}.");
        if (!can.Relations && !item.Relations.IsEmpty) losses.Add(relations, item);
        if (!keepsOthers && !item.Other.IsEmpty) losses.Add(otherFields, item);
        if (item.Frame is not null) frames++;
        if (item.SourceId is not null) ids++;
    }

    /// <summary>Counts what one annotation that is written loses, its shape apart.</summary>
    public void Count(DatasetItem item, DatasetAnnotation annotation)
    {
        if (!can.Attributes && !annotation.Attributes.IsEmpty) losses.Add(attributes, item, annotation, $"{format.Title} has no attributes: {string.Join(", ", annotation.Attributes.Keys)}.");
        if (!can.Groups && annotation.GroupId is not null) losses.Add(groups, item, annotation);
        if (!can.Tracks && annotation.TrackId is not null) losses.Add(tracks, item, annotation);
        if (!can.Scores && annotation.Score is not null) losses.Add(scores, item, annotation);
        if (!can.ZOrder && annotation.Z != 0) losses.Add(order, item, annotation);
        if (!can.Ignore && annotation.Ignore) losses.Add(ignore, item, annotation);
        if (!can.Outlines && annotation.Outline is not null) losses.Add(outline, item, annotation);
        if (!keepsOthers && annotation.HasOtherFields) losses.Add(otherFields, item, annotation);
        used[annotation.ClassIndex] = true;
        if (annotation.SourceId is not null) ids++;
        if (annotation.Provenance is not null) authors++;
        if (annotation.StatedArea is not null) areas++;
        if (annotation.StatedBox is not null && annotation.Shape.Kind != ShapeKind.Box) boxes++;
    }

    /// <summary>Reports what touches every item alike. Call once, at the end.</summary>
    public void Finish()
    {
        if (!can.Ids) Kept("ids", "id", "ids", ids);
        if (!can.StatedAreas) Kept("stated-area", "area", "areas stated beside shapes", areas);
        if (!can.StatedBoxes) Kept("stated-box", "bbox", "boxes stated beside outlines", boxes);
        if (!can.Frames) Kept("frame", "frame", "numbers of video frames", frames);
        if (!can.Provenance) Kept("provenance", "provenance", "names and times of who made an annotation", authors);
        if (!can.ClassList) Kept("class-list", "class", "classes that no annotation has", used.Count(u => !u));
        if (!can.ClassColors) Kept("class-color", "color", "colours of classes", header.Classes.Count(c => c.Color is not null));
        if (!can.ClassRules) Kept("class-rules", "class", "meanings of classes and shapes they may take", header.Classes.Count(c => c.Shapes.Length > 0 || c.Description.Length > 0));
        if (!can.AttributeDefinitions) Kept("attribute-definitions", "class", "definitions of attributes", header.ImageAttributes.Length + header.Classes.Sum(c => c.Attributes.Length));
        if (!can.Skeletons) Kept("skeletons", "class", "names and edges of keypoints", header.Classes.Count(c => c.Skeleton is not null));
        if (!can.ClassTree) Kept("class-tree", "parent", "classes above classes", header.Classes.Count(c => !string.IsNullOrEmpty(c.Parent)));
        if (!keepsOthers) losses.AddForAll(new("dataset-fields", "*", $"{format.Title} has no place for: {string.Join(", ", header.Fields.Select(f => f.Name))}.", Bookkeeping: true), header.Fields.Length == 0 ? 0 : 1);
    }

    private void Kept(string code, string field, string what, long count) => losses.AddForAll(new(code, field, $"{format.Title} has no {what}.", Bookkeeping: true), count);
}
