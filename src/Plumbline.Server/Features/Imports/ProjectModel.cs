using Plumbline.Core.Annotations;
using Plumbline.Formats;

namespace Plumbline.Server.Features.Imports;

/// <summary>What a project can say, in the words by which formats say it: the difference is what an import cannot keep.</summary>
internal static class ProjectModel
{
    /// <summary>Splits are kept as the folder that an image's path begins with; ids of files are replaced by the project's own.</summary>
    public static FormatAbilities Abilities { get; } = new()
    {
        Shapes = [.. Enum.GetValues<ShapeKind>()],
        Parts = true,
        Holes = true,
        Attributes = true,
        Ignore = true,
        Groups = true,
        Scores = true,
        ZOrder = true,
        Splits = true,
        ClassList = true,
        ClassTree = true,
        ClassColors = true,
        ClassRules = true,
        AttributeDefinitions = true,
        Skeletons = true,
        Relations = true,
        ImageAttributes = true,
        Provenance = true,
        Outcomes = true,
        ImageSizes = true,
    };
}
