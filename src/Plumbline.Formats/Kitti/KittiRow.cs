using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;

namespace Plumbline.Formats.Kitti;

/// <summary>
/// One row: type, truncated (0 to 1), occluded (0 to 3), alpha (radians), left, top, right, bottom (pixels, from 0), height, width, length (metres), x, y, z (metres, camera), rotation (radians), and a score in results.
/// </summary>
/// <remarks>Source: readme.txt of KITTI's object development kit. −1 (alpha and angles −10, positions −1000) stands for what is not known.</remarks>
internal sealed record KittiRow(string Type, ImmutableArray<double> Numbers)
{
    /// <summary>Objects of this type are regions left out of measures.</summary>
    public const string DontCare = "DontCare";

    private static readonly string[] Names = ["truncated", "occluded", "alpha", "", "", "", "", "height", "width", "length", "x", "y", "z", "rotation_y"];
    private static readonly double[] Unknown = [-1, -1, -10, 0, 0, 0, 0, -1, -1, -1, -1000, -1000, -1000, -10];

    /// <summary>A class's name as a type: one word, and no number.</summary>
    public static string TypeOf(string name)
    {
        var word = string.Join('_', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return word.Length == 0 ? "object" : double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"_{word}" : word;
    }

    /// <summary>The box, pixels.</summary>
    public Box Box => new(Numbers[3], Numbers[4], Numbers[5] - Numbers[3], Numbers[6] - Numbers[4]);

    /// <summary>The confidence of a result; null for truth.</summary>
    public double? Score => Numbers.Length > 14 ? Numbers[14] : null;

    /// <summary>Reads a row.</summary>
    /// <param name="line">The row.</param>
    /// <param name="row">What it says; null for an empty row or one with a fault.</param>
    /// <param name="fault">What is wrong; null when nothing is.</param>
    public static bool TryParse(string line, out KittiRow? row, out string? fault)
    {
        (row, fault) = (null, null);
        var fields = line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 0) return true;
        if (fields.Length is not (15 or 16))
        {
            fault = string.Create(CultureInfo.InvariantCulture, $"a row has 15 fields, or 16 with a score, not {fields.Length}");
            return false;
        }

        var numbers = ImmutableArray.CreateBuilder<double>(fields.Length - 1);
        foreach (var field in fields.AsSpan(1))
        {
            if (!double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            {
                fault = $"'{(field.Length > 40 ? field[..40] : field)}' is not a finite number";
                return false;
            }

            numbers.Add(number);
        }

        if (numbers[5] < numbers[3] || numbers[6] < numbers[4] || !double.IsFinite(numbers[5] - numbers[3]) || !double.IsFinite(numbers[6] - numbers[4]))
        {
            fault = "right and bottom must not be less than left and top";
            return false;
        }

        row = new(fields[0], numbers.ToImmutable());
        return true;
    }

    /// <summary>What is known beside the box: <c>truncated</c> and <c>occluded</c> as KITTI's numbers, angles and the box in 3D. What stands for unknown is left out.</summary>
    public ImmutableSortedDictionary<string, AttributeValue> Attributes()
    {
        ImmutableSortedDictionary<string, AttributeValue>.Builder? attributes = null;
        for (var i = 0; i < Names.Length; i++)
        {
            // −1 is what tools that know boxes only write everywhere.
            if (Names[i].Length == 0 || Numbers[i] == Unknown[i] || (i > 1 && Numbers[i] == -1) || (i < 2 && Numbers[i] == 0)) continue;
            (attributes ??= DatasetAnnotation.NoAttributes.ToBuilder())[Names[i]] = new AttributeValue.Number(Numbers[i]);
        }

        return attributes?.ToImmutable() ?? DatasetAnnotation.NoAttributes;
    }

    /// <summary>The numbers of a row for an annotation; what it does not say is what stands for unknown, and 0 for truncated and occluded.</summary>
    /// <param name="annotation">The annotation.</param>
    /// <param name="box">Its box.</param>
    /// <param name="lost">Names of attributes that the row cannot say.</param>
    public static ImmutableArray<double> NumbersOf(DatasetAnnotation annotation, Box box, out IReadOnlyList<string> lost)
    {
        var numbers = Unknown.ToArray();
        (numbers[0], numbers[1]) = (0, 0);
        (numbers[3], numbers[4], numbers[5], numbers[6]) = (box.X, box.Y, box.Right, box.Bottom);
        var left = new List<string>();
        foreach (var (name, value) in annotation.Attributes)
        {
            var place = Array.IndexOf(Names, name);
            if (place >= 0 && name.Length > 0 && value is AttributeValue.Number number && number.Value != Unknown[place] && !(place > 1 && number.Value == -1) && !(place < 2 && number.Value == 0)) numbers[place] = number.Value;
            else if (place is 0 or 1 && value is AttributeValue.Flag { Value: true })
            {
                numbers[place] = 1;
                left.Add(name); // reads back as a number
            }
            else
            {
                left.Add(name);
            }
        }

        lost = left;
        return annotation.Score is { } score ? [.. numbers, score] : [.. numbers];
    }
}
