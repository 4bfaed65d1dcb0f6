using System.Collections.Immutable;

namespace Plumbline.Core.Ontologies;

/// <summary>Checks the attributes of one class, or of the image.</summary>
internal static class AttributeValidation
{
    public static void Check(ImmutableArray<AttributeDefinition> attributes, string at, HashSet<string> ids, FaultList faults)
    {
        if (attributes.Length > OntologyValidation.MaximumParts)
        {
            faults.Add(at, null, "too-many", $"There are at most {OntologyValidation.MaximumParts} attributes.");
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < attributes.Length && !faults.IsFull; i++)
        {
            var here = $"{at}/{i}";
            if (attributes[i] is not { } a)
            {
                faults.Add(here, null, "missing", "An attribute is null.");
                continue;
            }

            faults.CheckId(a.Id, here, ids);
            if (faults.CheckName(a.Name, a.Id, $"{here}/name") && !names.Add(a.Name.Trim())) faults.Add($"{here}/name", a.Id, "duplicate-name", $"There is another attribute “{a.Name}” here.");
            CheckValues(a, here, faults);
            if (a.Condition is not null) CheckCondition(a, attributes, $"{here}/condition", faults);
        }
    }

    private static void CheckValues(AttributeDefinition a, string at, FaultList faults)
    {
        var chooses = a.Kind is AttributeKind.Select or AttributeKind.MultiSelect;
        if (chooses == a.Options.IsEmpty) faults.Add($"{at}/options", a.Id, "bad-options", chooses ? $"“{a.Name}” needs options to choose from." : $"“{a.Name}” is not chosen from options.");
        faults.CheckWords(a.Options, a.Id, $"{at}/options", "option");
        if (a.Kind != AttributeKind.Number && (a.Minimum is not null || a.Maximum is not null)) faults.Add(at, a.Id, "bad-range", $"Only numbers have a range; “{a.Name}” is none.");
        else if (a.Minimum > a.Maximum || !IsFinite(a.Minimum) || !IsFinite(a.Maximum)) faults.Add(at, a.Id, "bad-range", $"The range of “{a.Name}” is empty or not finite.");
    }

    private static void CheckCondition(AttributeDefinition a, ImmutableArray<AttributeDefinition> attributes, string at, FaultList faults)
    {
        if (Find(attributes, a.Condition) is not { } asked)
        {
            faults.Add(at, a.Id, "unknown-attribute", $"“{a.Name}” depends on an attribute that is not here.");
            return;
        }

        var possible = asked.Kind switch
        {
            AttributeKind.Boolean => a.Condition!.EqualTo is "true" or "false", // the caller saw a condition
            AttributeKind.Select or AttributeKind.MultiSelect => asked.Options.Contains(a.Condition!.EqualTo),
            _ => true,
        };
        if (!possible) faults.Add($"{at}/equalTo", a.Id, "impossible-condition", $"“{asked.Name}” is never “{a.Condition!.EqualTo}”.");

        var seen = new HashSet<AttributeDefinition>(ReferenceEqualityComparer.Instance) { a };
        for (var next = asked; next is not null; next = Find(attributes, next.Condition))
        {
            if (seen.Add(next)) continue;
            faults.Add(at, a.Id, "condition-cycle", $"Whether “{a.Name}” is asked depends on itself.");
            return;
        }
    }

    private static AttributeDefinition? Find(ImmutableArray<AttributeDefinition> attributes, AttributeCondition? condition) =>
        condition is null ? null : attributes.FirstOrDefault(other => other is not null && other.Id == condition.AttributeId);

    private static bool IsFinite(double? number) => number is null || double.IsFinite(number.Value);
}
