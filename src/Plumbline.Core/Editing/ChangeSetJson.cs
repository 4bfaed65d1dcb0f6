using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Core.Annotations;

namespace Plumbline.Core.Editing;

/// <summary>Reads change sets as sent: <c>{"changeSetId":…,"baseRevision":…,"changes":[{"op":"put","annotation":{…}},…]}</c>.</summary>
public static class ChangeSetJson
{
    /// <summary>The most changes that one change set may have.</summary>
    public const int MaximumChanges = 1_000;

    /// <summary>The most relations that the annotations of one change set may have together.</summary>
    public const int MaximumRelations = 100_000;

    private const int MaximumReason = 1_000;

    /// <summary>Reads a change set. An annotation that is readable but breaks a rule becomes <see cref="Change.Unfit"/>, so that it does not hold up the others.</summary>
    /// <param name="root">The whole document.</param>
    /// <param name="clientId">Which of the author's windows it comes from; null when not said.</param>
    /// <exception cref="AnnotationFormatException">It is no change set.</exception>
    public static ChangeSet Read(JsonElement root, out string? clientId)
    {
        var at = new JsonAt(root, "").AsObject("changeSetId", "baseRevision", "clientId", "changes");
        var id = at["changeSetId"].Id();
        at.Find("baseRevision")?.Revision();
        clientId = at.FindValue("clientId")?.Text(100);
        var list = at["changes"];
        var changes = list.Items().Take(MaximumChanges + 1).Select(ReadChange).ToImmutableArray();
        if (changes.Length > MaximumChanges) throw list.Fault($"A change set has at most {MaximumChanges} changes; send the rest in another one.");
        if (changes.OfType<Change.Put>().Sum(put => put.Annotation.Relations.Length) > MaximumRelations) throw list.Fault($"The annotations of a change set have at most {MaximumRelations} relations; send the rest in another one.");
        DemandDistinct(list, changes);
        return new ChangeSet(id, changes);
    }

    private static Change ReadChange(JsonAt at)
    {
        if (at.Element.ValueKind != JsonValueKind.Object) throw at.Fault("A change is an object.");
        switch (at["op"].Text(64))
        {
            case "put":
                return ReadPut(at.AsObject("op", "annotation")["annotation"]);
            case "paint":
                return ReadPaint(at.AsObject("op", "tile")["tile"]);
            case "delete":
                at.AsObject("op", "id", "revision");
                return new Change.Delete(at["id"].Id(), at["revision"].Revision());
            case "outcome":
                at.AsObject("op", "outcome", "reason", "revision");
                return new Change.SetOutcome(at["outcome"].Name<Outcome>(), at.FindValue("reason")?.Text(MaximumReason), at["revision"].Revision());
            default:
                throw at["op"].Fault("A change's op is put, paint, delete or outcome.");
        }
    }

    private static Change ReadPaint(JsonAt at)
    {
        try
        {
            return new Change.Paint(LabelTileJson.Read(at));
        }
        catch (AnnotationFormatException unfit) when (unfit.Rule is not null)
        {
            return new Change.Unfit(LabelTileJson.ReadPlace(at).Id, new Refusal(unfit.Rule, $"{unfit.Message} ({unfit.Pointer})"));
        }
    }

    private static Change ReadPut(JsonAt at)
    {
        try
        {
            return new Change.Put(AnnotationJson.Read(at));
        }
        catch (AnnotationFormatException unfit) when (unfit.Rule is not null)
        {
            return new Change.Unfit(at["id"].Id(), new Refusal(unfit.Rule, $"{unfit.Message} ({unfit.Pointer})"));
        }
    }

    private static void DemandDistinct(JsonAt list, ImmutableArray<Change> changes)
    {
        var seen = new HashSet<Guid?>();
        for (var i = 0; i < changes.Length; i++)
        {
            if (!seen.Add(changes[i].AnnotationId)) throw new AnnotationFormatException($"{list.Pointer}/{i}", "Another change of this change set concerns the same annotation or tile. Send one change each.");
        }
    }
}
