using Plumbline.Core.Ontologies;

namespace Plumbline.Server.Features.Imports;

/// <summary>Checks what somebody decided about the classes of a dataset.</summary>
internal static class ClassChoices
{
    /// <summary>What is wrong with the choices, one by one.</summary>
    public static IEnumerable<ProblemError> Faults(IReadOnlyList<ClassChoice> choices, ImportPreview preview, Ontology ontology)
    {
        var classes = ontology.Classes.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var seen = new HashSet<int>();
        for (var i = 0; i < choices.Count; i++)
        {
            var choice = choices[i];
            ProblemError Fault(string message, string member) => new(message, $"/classes/{i}/{member}", choice.Name);
            if (choice.Index < 0 || choice.Index >= preview.Classes.Count || preview.Classes[choice.Index].Name != choice.Name) yield return Fault($"The dataset has no class “{choice.Name}” at place {choice.Index}.", "index");
            else if (!seen.Add(choice.Index)) yield return Fault($"“{choice.Name}” is decided on twice.", "index");
            else if (choice.Fate == ClassFate.Existing && (choice.ClassId is null || !classes.ContainsKey(choice.ClassId))) yield return Fault($"The class that “{choice.Name}” is to become is not in the project.", "classId");
            else if (choice.Fate == ClassFate.Existing && classes[choice.ClassId!].Retired) yield return Fault($"“{classes[choice.ClassId!].Name}” is retired and takes no new objects.", "classId"); // checked above
            else if (choice is { Fate: ClassFate.New, NewName: { } name } && OntologyNames.Clean(name, "") != name) yield return Fault($"A name has 1 to {OntologyValidation.NameLength} characters, no blanks around them and no control characters.", "newName");
        }
    }
}
