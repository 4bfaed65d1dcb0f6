using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;

namespace Plumbline.Formats.Reports;

/// <summary>Losses that follow from a format's <see cref="FormatAbilities"/> alone, whatever the format.</summary>
/// <param name="format">The target.</param>
/// <param name="header">The dataset.</param>
/// <param name="losses">Where they go.</param>
public sealed class CommonLosses(DatasetFormat format, DatasetHeader header, LossReport losses)
{
    private readonly FormatAbilities can = format.Abilities;
    private readonly bool verbatim = header.Format == format.Name;
    private readonly LossKind attributes = new("attributes", "attributes", $"{format.Title} has no attributes.");
    private readonly LossKind groups = new("group", "groupId", $"{format.Title} has no groups.");
    private readonly LossKind scores = new("score", "score", $"{format.Title} has no scores.");
    private readonly LossKind order = new("z-order", "z", $"{format.Title} has no drawing order.");
    private readonly LossKind ignore = new("ignore-flag", "ignore", $"{format.Title} cannot mark an object as crowd or void; it is written like any other.");
    private readonly LossKind otherFields = new("other-fields", "*", $"{format.Title} has no place for fields of other formats.");
    private readonly LossKind outcome = new("outcome", "outcome", $"{format.Title} has no outcome of an image.");
    private long areas, boxes, ids;

    /// <summary>Counts what one image with its annotations loses, shapes apart.</summary>
    public void Count(DatasetItem item)
    {
        if (item.Outcome is Outcome.VerifiedEmpty or Outcome.Unusable) losses.Add(outcome, item);
        if (item.SourceId is not null) ids++;
    }

    /// <summary>Counts what one annotation that is written loses, its shape apart.</summary>
    public void Count(DatasetItem item, DatasetAnnotation annotation)
    {
        if (!can.Attributes && !annotation.Attributes.IsEmpty) losses.Add(attributes, item, annotation, $"{format.Title} has no attributes: {string.Join(", ", annotation.Attributes.Keys)}.");
        if (!can.Groups && annotation.GroupId is not null) losses.Add(groups, item, annotation);
        if (!can.Scores && annotation.Score is not null) losses.Add(scores, item, annotation);
        if (!can.ZOrder && annotation.Z != 0) losses.Add(order, item, annotation);
        if (!can.Ignore && annotation.Ignore) losses.Add(ignore, item, annotation);
        if (!verbatim && annotation.HasOtherFields) losses.Add(otherFields, item, annotation);
        if (annotation.SourceId is not null) ids++;
        if (annotation.StatedArea is not null) areas++;
        if (annotation.StatedBox is not null && annotation.Shape.Kind != ShapeKind.Box) boxes++;
    }

    /// <summary>Reports what touches every item alike. Call once, at the end.</summary>
    public void Finish()
    {
        if (!can.Ids) losses.AddForAll(new("ids", "id", $"{format.Title} has no ids."), ids);
        if (!can.StatedAreas) losses.AddForAll(new("stated-area", "area", $"{format.Title} states no areas."), areas);
        if (!can.StatedBoxes) losses.AddForAll(new("stated-box", "bbox", $"{format.Title} states no boxes beside outlines."), boxes);
        if (!can.ClassTree) losses.AddForAll(new("class-tree", "parent", $"{format.Title} has no classes above classes."), header.Classes.Count(c => !string.IsNullOrEmpty(c.Parent)));
        if (!verbatim) losses.AddForAll(new("dataset-fields", "*", $"{format.Title} has no place for: {string.Join(", ", header.Fields.Select(f => f.Name))}."), header.Fields.Length == 0 ? 0 : 1);
    }
}
