using Plumbline.Core.Ontologies;
using Plumbline.Server.Features.Accounts;
using Plumbline.Server.Features.Ontologies;
using Plumbline.Server.Features.Projects;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Testing.Load;

/// <summary>A project with images and annotators who come with tokens, put into a database before its server starts.</summary>
/// <param name="SetIds">The images' working sets.</param>
/// <param name="Tokens">An access token for each annotator.</param>
public sealed record LabelWorld(IReadOnlyList<string> SetIds, IReadOnlyList<string> Tokens)
{
    /// <summary>The one class.</summary>
    public const string ClassId = "car";

    /// <summary>Fills an empty database.</summary>
    public static async Task<LabelWorld> SeedAsync(Database database, int annotators, int sets)
    {
        var clock = TimeProvider.System;
        var (projectId, tokens) = await database.WriteAsync(async session =>
        {
            var owner = await UserSql.AddAsync(session, clock, "owner@example.org", "Owner", null, admin: true);
            var project = await ProjectSql.AddAsync(session, clock, "Load", "", owner.Id);
            var secrets = new List<string>();
            for (var i = 0; i < annotators; i++)
            {
                var person = await UserSql.AddAsync(session, clock, $"annotator{i}@example.org", $"Annotator {i}", null, admin: false);
                await MemberSql.SetAsync(session, project, person.Id, ProjectRole.Annotator, owner.Id, clock.Now());
                secrets.Add(Secrets.TokenPrefix + Secrets.NewCode());
                await TokenSql.AddAsync(
                    session, new TokenRow { Id = Ids.New(clock), UserId = person.Id, Name = "load", Scopes = TokenScope.Annotate.ToString(), CreatedAt = clock.Now() }, secrets[^1]);
            }

            return (project, secrets);
        });
        await SeedSet.OntologyAsync(database, projectId, new Ontology { Classes = [new LabelClass { Id = ClassId, Name = "Car", Color = "#ff0000" }] });
        var setIds = new List<string>();
        for (var i = 0; i < sets; i++) setIds.Add((await SeedSet.ImageAsync(database, projectId)).SetId);
        return new LabelWorld(setIds, tokens);
    }
}
