using System.Runtime.InteropServices;
using Plumbline.Core.Checks;
using Plumbline.Core.Datasets;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;
using Plumbline.Imaging;

namespace Plumbline.Cli.Validation;

/// <summary>Runs all checks over one dataset, streaming; what readers report counts as findings too.</summary>
internal sealed class Validation(FindingWriter writer)
{
    private readonly Dictionary<string, long> found = new(StringComparer.Ordinal);

    /// <summary>Repairs by the place of the item.</summary>
    public Dictionary<int, List<Repair>> Repairs { get; } = [];

    /// <summary>Findings that writing the dataset again mends.</summary>
    public long Mendable { get; private set; }

    /// <summary>Codes of refused items that writing again would drop for good.</summary>
    public SortedSet<string> Unmendable { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a fault that a reader reports.</summary>
    public void Add(DatasetIssue issue)
    {
        Add(ReportedFinding.Of(issue));
        if (StructuralFaults.FixOf(issue.Code) is null && issue.Severity == IssueSeverity.Error) Unmendable.Add(issue.Code);
    }

    /// <summary>Checks the dataset and, if there is one, its contract.</summary>
    public async Task<ValidationSummary> RunAsync(OpenDataset dataset, string name, Ontology? ontology, DatasetContract? contract, Action<long, long?>? progress, CancellationToken cancellationToken)
    {
        var header = dataset.Reader.Header;
        var statistics = new DatasetStatistics([.. header.Classes.Select(c => c.Name)]);
        var equal = new EqualPictures(ImageLimits.Default);
        var place = 0;
        var pictures = 0L;
        var suite = new CheckSuite(DatasetChecks.Context(header, ontology), finding => Add(finding, place));
        await foreach (var (item, look) in PictureLooks.LookAsync(dataset.Reader.ReadItemsAsync(cancellationToken), i => i.Picture, cancellationToken: cancellationToken))
        {
            if (look is not null) pictures++;
            statistics.Add(item);
            suite.Look(DatasetChecks.Image(item, PictureLooks.Facts(look, place, equal, item.Picture)));
            place++;
            progress?.Invoke(place, dataset.Reader.ItemCount);
        }

        statistics.Finish();
        suite.Finish();
        if (contract is not null)
        {
            foreach (var breach in contract.Breaches(dataset.Format.Name, statistics, found).ToList()) Add(new ReportedFinding(breach));
        }

        return new(name, dataset.Format.Name, statistics.Images, statistics.Annotations, pictures, found);
    }

    private void Add(Finding finding, int place)
    {
        Add(new ReportedFinding(finding));
        if (finding.Repair is not { } repair) return;
        if (!Repairs.TryGetValue(place, out var list)) Repairs[place] = list = [];
        list.Add(repair);
    }

    private void Add(ReportedFinding finding)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(found, finding.Finding.Check, out _)++;
        CollectionsMarshal.GetValueRefOrAddDefault(found, finding.Severity, out _)++;
        if (finding.Fix is not null) Mendable++;
        writer.Add(finding);
    }
}
