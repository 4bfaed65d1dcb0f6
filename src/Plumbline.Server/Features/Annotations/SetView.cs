using System.Globalization;
using Plumbline.Core.Geometry;

namespace Plumbline.Server.Features.Annotations;

/// <summary>Asks for the part of a set that a view shows.</summary>
/// <param name="Area">The view in pixels of the upright, full-resolution image.</param>
/// <param name="Limit">At most so many annotations that have a place.</param>
/// <param name="WholeUpTo">A set of no more annotations than this comes whole all the same.</param>
internal sealed record SetView(Box Area, int Limit, int WholeUpTo)
{
    /// <summary>The most that a view may ask for.</summary>
    public const int Most = 20_000;

    /// <summary>Reads the parameters of a request; null when the whole set is asked for.</summary>
    /// <exception cref="ProblemException">400: they are wrong, or two of them come without the view.</exception>
    public static SetView? Parse(string? view, int? limit, int? wholeUpTo)
    {
        if (view is null) return limit is null && wholeUpTo is null ? null : throw Wrong("limit and wholeUpTo go with a view.");
        if (limit is < 1 or > Most) throw Wrong($"The limit is a number from 1 to {Most}.");
        if (wholeUpTo is < 0) throw Wrong("wholeUpTo is a number from 0 on.");
        var numbers = view.Split(',').Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        return numbers is [var x, var y, var width, var height] && numbers.All(double.IsFinite) && width >= 0 && height >= 0
            ? new SetView(new Box(x, y, width, height), limit ?? Most, wholeUpTo ?? 0)
            : throw Wrong("The view is x,y,width,height in pixels of the upright image.");
    }

    private static ProblemException Wrong(string message) => new(400, "invalid", message);
}
