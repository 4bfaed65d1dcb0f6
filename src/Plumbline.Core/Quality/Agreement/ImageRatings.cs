using Plumbline.Core.Quality.Matching;

namespace Plumbline.Core.Quality.Agreement;

/// <summary>What several annotators drew in one image, already matched.</summary>
/// <param name="Clusters">One entry a real thing: per annotator the class given, <see cref="Missed"/> when assigned but nothing drawn, <see cref="NotAssigned"/> when the annotator never saw the image.</param>
public sealed record ImageRatings(IReadOnlyList<int[]> Clusters)
{
    /// <summary>The annotator saw the image and drew nothing there.</summary>
    public const int Missed = -1;

    /// <summary>The annotator was not given the image.</summary>
    public const int NotAssigned = -2;

    /// <summary>Turns clusters into ratings.</summary>
    /// <param name="clusters">What belongs together.</param>
    /// <param name="assigned">Per annotator whether the image was given to them.</param>
    /// <param name="classOf">Class of object i of annotator a, from 0.</param>
    public static ImageRatings From(IReadOnlyList<ObjectCluster> clusters, IReadOnlyList<bool> assigned, Func<int, int, int> classOf) =>
        new(clusters.Select(cluster => cluster.Members.Select((position, a) => position >= 0 ? classOf(a, position) : assigned[a] ? Missed : NotAssigned).ToArray()).ToList());

    /// <summary>The ratings of some annotators only; things that none of them drew do not exist for them.</summary>
    /// <param name="annotators">Their positions.</param>
    public ImageRatings Of(IReadOnlyList<int> annotators) =>
        new(Clusters.Select(ratings => annotators.Select(a => ratings[a]).ToArray()).Where(ratings => ratings.Any(value => value >= 0)).ToList());
}
