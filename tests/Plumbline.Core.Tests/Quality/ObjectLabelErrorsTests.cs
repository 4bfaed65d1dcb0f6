using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.LabelErrors;

namespace Plumbline.Core.Tests.Quality;

public sealed class ObjectLabelErrorsTests
{
    private const int Cat = 0, Dog = 1;

    [Fact]
    public void A_sure_prediction_without_a_label_is_overlooked()
    {
        var error = Assert.Single(ObjectLabelErrors.Find([At(0, Cat)], [At(0, Cat, .99), At(100, Cat, .97), At(150, Cat, .6)]));
        Assert.Equal((LabelErrorKind.Overlooked, -1, 1), (error.Kind, error.Label, error.Prediction));
    }

    [Fact]
    public void A_label_far_off_its_prediction_is_badly_located()
    {
        var error = Assert.Single(ObjectLabelErrors.Find([At(0, Cat), At(60, Cat)], [At(13, Cat, .8), At(60, Cat, .99)]));
        Assert.Equal((LabelErrorKind.BadlyLocated, 0, 0), (error.Kind, error.Label, error.Prediction));
    }

    [Fact]
    public void A_label_where_a_model_is_sure_of_another_class_is_swapped()
    {
        var error = Assert.Single(ObjectLabelErrors.Find([At(0, Cat), At(60, Dog)], [At(0, Dog, .98), At(60, Dog, .99)]));
        Assert.Equal((LabelErrorKind.Swapped, 0, 0), (error.Kind, error.Label, error.Prediction));
        Assert.Equal(0, error.Score, 12);
    }

    [Fact]
    public void Likeness_by_hand()
    {
        // Boxes of 20 × 20 moved by 10: IoU 200/600; centres 10 apart, diagonal 20·√2.
        Assert.Equal((.9 / 3) + (.1 * (1 - (10 / (20 * Math.Sqrt(2))))), ObjectLabelErrors.Likeness(At(0, 0).Shape, At(10, 0).Shape), 12);
    }

    [Fact]
    public void Right_labels_are_not_suspected_and_planted_errors_are_found() => Law.Holds(random =>
    {
        var truth = Enumerable.Range(0, 6).Select(i => At((30 * i) + (4 * random.NextDouble()), random.Next(2))).ToList();
        var predictions = truth.Select((t, i) => At(t.Shape.Bounds!.Value.X + random.NextDouble(), t.ClassIndex, .96 + (.03 * random.NextDouble()))).ToList();
        if (ObjectLabelErrors.Find(truth, predictions).Count > 0) return false;
        var wrong = random.Next(6);
        var swapped = truth.ToList();
        swapped[wrong] = truth[wrong] with { ClassIndex = 1 - truth[wrong].ClassIndex };
        var missing = truth.ToList();
        missing.RemoveAt(wrong);
        return ObjectLabelErrors.Find(swapped, predictions) is [{ Kind: LabelErrorKind.Swapped } one] && one.Label == wrong
            && ObjectLabelErrors.Find(missing, predictions) is [{ Kind: LabelErrorKind.Overlooked } other] && other.Prediction == wrong;
    });

    [Fact]
    public void A_confidence_that_is_none_is_an_error_that_names_the_prediction() =>
        Assert.Contains("Prediction 0", Assert.Throws<ArgumentException>(() => ObjectLabelErrors.Find([], [At(0, Cat, double.NaN)])).Message, StringComparison.Ordinal);

    private static LocatedObject At(double x, int classIndex, double confidence = 1) => new(classIndex, new(new BoxShape(new(x, 5, 20, 20)), 300, 40), confidence);
}
