using Plumbline.Core.Synthetic;
using Plumbline.Server.Features.Accounts;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Features.Ontologies;
using Plumbline.Server.Features.Projects;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Demo;

/// <summary>Fills an empty installation with people and projects to try the product on. Only for this machine: the passwords are known.</summary>
public sealed class DemoSeed(Database database, Passwords passwords, JobQueue jobs, TimeProvider clock)
{
    /// <summary>The password of everybody in the demo.</summary>
    public const string Password = "plumbline-demo";

    /// <summary>The people of the demo and the role that each has in its projects.</summary>
    public static IReadOnlyList<(string Email, string Name, ProjectRole Role)> People { get; } =
    [
        ("owner@plumbline.example", "Demo owner", ProjectRole.Owner),
        ("annotator1@plumbline.example", "Annotator 1", ProjectRole.Annotator),
        ("annotator2@plumbline.example", "Annotator 2", ProjectRole.Annotator),
        ("reviewer@plumbline.example", "Reviewer", ProjectRole.Reviewer),
    ];

    private static readonly DemoScenes[] Projects =
    [
        new(SceneKind.Street, "Street scenes", "Vehicles, people and signs, outlined. Made-up pictures whose truth is known.", 48),
        new(SceneKind.Shelf, "Shelves", "Products and price tags in boxes. Made-up pictures whose truth is known.", 24),
        new(SceneKind.Cells, "Cells", "Fluorescent cells and their nuclei, outlined. Made-up pictures whose truth is known.", 24),
    ];

    /// <summary>Whether the demo's people are in this installation; known once it was planted.</summary>
    public bool IsPlanted { get; private set; }

    /// <summary>Adds people and projects in one transaction, and queues the painting. Adds nothing when there are people already.</summary>
    public async Task PlantAsync(CancellationToken cancellation = default)
    {
        var hash = passwords.Hash(Password);
        IsPlanted = await database.WriteAsync(
            async session =>
            {
                if (await UserSql.AnyAsync(session)) return await UserSql.FindByEmailAsync(session, People[0].Email) is not null;
                var people = new List<(UserRow User, ProjectRole Role)>();
                foreach (var (email, name, role) in People)
                {
                    people.Add((await UserSql.AddAsync(session, clock, email, name, hash, admin: role == ProjectRole.Owner), role));
                }

                foreach (var scenes in Projects) await PlantAsync(session, people, scenes);
                return true;
            },
            cancellation);
    }

    private async Task PlantAsync(DbSession session, List<(UserRow User, ProjectRole Role)> people, DemoScenes scenes)
    {
        var owner = people[0].User.Id;
        var project = await ProjectSql.AddAsync(session, clock, scenes.Name, scenes.Description, owner);
        foreach (var (user, role) in people.Skip(1)) await MemberSql.SetAsync(session, project, user.Id, role, owner, clock.Now());
        await OntologySql.AddAsync(session, clock, project, 1, SyntheticScene.OntologyOf(scenes.Kind), "The classes of the scenes.", owner);
        var annotators = people.Where(person => person.Role == ProjectRole.Annotator).Select(person => new PersonRef(person.User.Id, person.User.Name)).ToList();
        await jobs.EnqueueAsync(session, DemoJob.KindName, project, $"Paint {scenes.Images} demo pictures", new DemoPayload(scenes.Kind, scenes.Images, annotators), owner);
    }

    private sealed record DemoScenes(SceneKind Kind, string Name, string Description, int Images);
}
