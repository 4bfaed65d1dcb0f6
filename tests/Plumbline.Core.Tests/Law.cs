using FsCheck;
using FsCheck.Fluent;

namespace Plumbline.Core.Tests;

/// <summary>Property tests over seeds: a failure names the seed, which reproduces it.</summary>
internal static class Law
{
    /// <summary>Fails when the law does not hold for one of many seeds: the same in every run, ten times as many new ones with <c>PLUMBLINE_LONG_TESTS=1</c>.</summary>
    public static void Holds(Func<System.Random, bool> law, int tests = 400)
    {
        if (Environment.GetEnvironmentVariable("PLUMBLINE_LONG_TESTS") == "1")
        {
            Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => law(new System.Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(tests * 10));
            return;
        }

        for (var seed = 1; seed <= tests; seed++)
        {
            try
            {
                Assert.True(law(new System.Random(seed)), "The law does not hold.");
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"With seed {seed}: {fault.Message}", fault);
            }
        }
    }
}
