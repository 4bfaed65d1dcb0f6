using Plumbline.Core.Quality;

namespace Plumbline.Cli.Evaluation;

/// <summary>The answer of <c>evaluate</c>.</summary>
/// <param name="Task">As on the command line.</param>
/// <param name="Metrics">By name, in the order they are printed.</param>
/// <param name="PerClass">One entry a class of the truth.</param>
/// <param name="Slices">One entry a value of the slice; empty when none was asked for.</param>
internal sealed record EvaluationReport(string Task, IReadOnlyDictionary<string, Measure> Metrics, IReadOnlyList<ClassReport> PerClass, IReadOnlyList<SliceReport> Slices);

/// <summary>Scores of one class.</summary>
internal sealed record ClassReport(string Class, IReadOnlyDictionary<string, Measure> Metrics, long Images, long Truths);

/// <summary>Scores of the images, classes or sizes that share a value.</summary>
internal sealed record SliceReport(string Key, string Value, IReadOnlyDictionary<string, Measure> Metrics, long Images);
