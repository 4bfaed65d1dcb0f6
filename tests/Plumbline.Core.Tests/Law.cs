using FsCheck;
using FsCheck.Fluent;

namespace Plumbline.Core.Tests;

/// <summary>Property tests over seeds: a failure names the seed, which reproduces it.</summary>
internal static class Law
{
    /// <summary>Fails when the law does not hold for one of many random seeds.</summary>
    public static void Holds(Func<System.Random, bool> law, int tests = 400) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => law(new System.Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(tests));
}
