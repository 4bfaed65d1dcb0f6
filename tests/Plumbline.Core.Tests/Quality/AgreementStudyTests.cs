using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.Agreement;

namespace Plumbline.Core.Tests.Quality;

public sealed class AgreementStudyTests
{
    private const int Cat = 0, Dog = 1;

    [Fact]
    public void Three_cats_one_dog_and_a_missed_cat_by_hand()
    {
        var study = new AgreementStudy(2, 2);
        for (var i = 0; i < 3; i++) study.Add([[At(0, Cat)], [At(0, Cat)]]);
        study.Add([[At(0, Dog), At(50, Cat)], [At(0, Dog)]]);

        Assert.Equal(28.0 / 46, study.Alpha().Value!.Value, 12);
        Assert.Equal(28.0 / 46, study.AlphaOfPair(1, 0).Value!.Value, 12);
        Assert.Equal(1, study.CohenKappaOf(0, 1).Value!.Value, 12);
        Assert.Equal(1, study.MeanOverlap().Value);
        Assert.Equal(4, study.Images);
        Assert.Equal(5, study.Objects);
    }

    [Fact]
    public void Another_name_is_another_thing_unless_matching_is_class_blind()
    {
        Measures(classBlind: true, out var blind, out var kappa);
        Measures(classBlind: false, out var aware, out var none);
        Assert.True(blind > aware);
        Assert.NotNull(kappa.Value);
        Assert.Contains("by construction", none.Undefined, StringComparison.Ordinal);

        static void Measures(bool classBlind, out double alpha, out Core.Quality.Measure kappa)
        {
            var study = new AgreementStudy(2, 2, classBlind: classBlind);
            study.Add([[At(0, Cat), At(30, Dog), At(60, Dog), At(90, Cat), At(120, Cat)], [At(0, Dog), At(30, Dog), At(60, Dog), At(90, Cat), At(120, Cat)]]);
            (alpha, kappa) = (study.Alpha().Value!.Value, study.CohenKappaOf(0, 1));
        }
    }

    [Fact]
    public void The_annotator_who_disagrees_has_the_lowest_vitality()
    {
        var random = new Random(4);
        var study = new AgreementStudy(3, 2);
        for (var image = 0; image < 60; image++)
        {
            var real = random.Next(2);
            study.Add([[At(0, real)], [At(0, real)], [At(0, random.Next(2))]]);
        }

        Assert.True(study.Vitality(2).Value < 0);
        Assert.True(study.Vitality(0).Value > 0 && study.Vitality(1).Value > 0);
        Assert.Equal(1, study.AlphaOfPair(0, 1).Value!.Value, 12);
        Assert.Contains("two annotators", new AgreementStudy(2, 2).Vitality(0).Undefined, StringComparison.Ordinal);
    }

    [Fact]
    public void Alpha_falls_with_the_threshold_where_places_differ()
    {
        var study = new AgreementStudy(2, 1, sweep: [.3, .9]);
        study.Add([[At(0, Cat), At(40, Cat)], [At(2, Cat), At(40, Cat)]]); // moved by 2 of 10: IoU 2/3
        var sweep = study.Sweep();
        Assert.NotNull(sweep[0].Alpha.Undefined); // everything matches, one class: nothing to tell apart
        Assert.True(sweep[1].Alpha.Value < .5);
    }

    [Fact]
    public void The_order_of_annotators_and_of_their_objects_plays_no_part() => Law.Holds(random =>
    {
        var (forth, back) = (new AgreementStudy(3, 3), new AgreementStudy(3, 3));
        for (var image = 0; image < 4; image++)
        {
            var drawn = Enumerable.Range(0, 3).Select(_ => (IReadOnlyList<RatedObject>?)Enumerable.Range(0, random.Next(5)).Select(i => At((20 * i) + (3 * random.NextDouble()), random.Next(3))).ToList()).ToList();
            forth.Add(drawn);
            back.Add([.. drawn.AsEnumerable().Reverse().Select(objects => (IReadOnlyList<RatedObject>?)objects!.Reverse().ToList())]);
        }

        var (one, other) = (forth.Alpha(0), back.Alpha(0));
        return one.Value is { } value ? Math.Abs(value - other.Value!.Value) < 1e-12 && value <= 1 + 1e-12 : other.Value is null;
    }, 100);

    [Fact]
    public void Alpha_of_a_class_equals_alpha_of_the_recoded_matrix() => Law.Holds(random =>
    {
        var (alpha, ratings) = (new ObjectAlpha(3, 3), new double[3, 8]);
        for (var item = 0; item < 8; item++)
        {
            var values = Enumerable.Range(0, 3).Select(_ => random.Next(-1, 3)).ToArray();
            for (var a = 0; a < 3; a++) ratings[a, item] = values[a] == 1 ? 1 : 0;
            alpha.Add(new ImageRatings([values]));
        }

        var (found, expected) = (alpha.OfClass(1).Value, KrippendorffAlpha.Of(ratings, ScaleOfMeasurement.Nominal).Value);
        return found is { } value ? expected is { } plain && Math.Abs(value - plain) < 1e-12 : expected is null;
    });

    [Fact]
    public void Perfect_agreement_is_one()
    {
        var study = new AgreementStudy(3, 2);
        for (var image = 0; image < 3; image++) study.Add([[At(0, Cat), At(30, Dog)], [At(0, Cat), At(30, Dog)], [At(0, Cat), At(30, Dog)]]);
        var alpha = study.Alpha();
        Assert.Equal(1, alpha.Value);
        Assert.Equal(new Core.Quality.Interval(1, 1), alpha.Interval);
        Assert.Equal(1, study.FleissKappaOfAll().Value!.Value, 12);
        Assert.Equal(AgreementBand.Reliable, AgreementBands.Of(alpha));
    }

    [Fact]
    public void An_unknown_class_is_an_error_that_names_the_object() =>
        Assert.Contains("Object 1 of annotator 0", Assert.Throws<ArgumentException>(() => new AgreementStudy(2, 2).Add([[At(0, Cat), At(20, 7)], []])).Message, StringComparison.Ordinal);

    private static RatedObject At(double x, int classIndex) => new(classIndex, new(new BoxShape(new(x, 5, 10, 10)), 200, 20));
}
