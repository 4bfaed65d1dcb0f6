using Plumbline.Core.Annotations;
using Plumbline.Formats;
using Plumbline.Server.Security;

namespace Plumbline.Server.Features.Formats;

/// <summary>The dataset formats of this server.</summary>
public static class FormatsApi
{
    /// <summary>A choice that a format leaves to people; the first value is the default.</summary>
    public sealed record Option(string Name, IReadOnlyList<string> Values, string Description);

    /// <summary>A dataset format.</summary>
    /// <param name="Name">Its name in the API.</param>
    /// <param name="Title">Its name for people.</param>
    /// <param name="Shapes">Shapes that it stores as they are.</param>
    /// <param name="Options">Its choices.</param>
    public sealed record Format(string Name, string Title, IReadOnlyList<ShapeKind> Shapes, IReadOnlyList<Option> Options);

    /// <summary>Every format, in the order of the server.</summary>
    public sealed record FormatList(IReadOnlyList<Format> Items);

    /// <summary>Maps the routes.</summary>
    public static void Map(RouteGroupBuilder api) => api.MapGet("/formats", List).Allow(Access.SignedIn).WithName("ListFormats");

    private static FormatList List() =>
        new([.. DatasetFormats.All.Select(f => new Format(f.Name, f.Title, f.Abilities.Shapes, [.. f.Options.Where(o => !o.IsFile).Select(o => new Option(o.Name, o.Values, o.Description))]))]);
}
