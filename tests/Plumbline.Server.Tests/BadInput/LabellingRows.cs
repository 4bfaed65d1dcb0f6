using Plumbline.Testing;
using Xunit;
using static Plumbline.Server.Tests.Annotations.LabelBench;

namespace Plumbline.Server.Tests.BadInput;

/// <summary>Change sets that cannot be read, may not be stored, or come from two places at once.</summary>
internal static class LabellingRows
{
    private const string Id = "0190a2b4-7c1e-7000-8000-000000000001";
    private const string Tag = "{\"id\":\"" + Id + "\",\"classId\":\"car\",\"shape\":{\"kind\":\"tag\"}}";

    public static IEnumerable<BadInputRow> All() =>
    [
        Unreadable("NaN, which is no JSON", """[{"op":"put","annotation":{"id":"1","z":NaN}}]""", ""),
        Unreadable("JSON that was cut short", """[{"op":"put",""", ""),
        Unreadable("unknown operation", """[{"op":"erase"}]""", "/changes/0/op"),
        Unreadable("painting without a tile", """[{"op":"paint"}]""", "/changes/0"),
        Unreadable("change without an operation", """[{}]""", "/changes/0"),
        Unreadable("changes that are no list", """{"op":"put"}""", "/changes"),
        Unreadable("annotation without an id", """[{"op":"put","annotation":{"classId":"car","shape":{"kind":"tag"}}}]""", "/changes/0/annotation"),
        Unreadable("id that is no UUID", """[{"op":"delete","id":"7","revision":1}]""", "/changes/0/id"),
        Unreadable("revision that is no number", $$"""[{"op":"delete","id":"{{Id}}","revision":"1"}]""", "/changes/0/revision"),
        Unreadable("member that nobody knows", $$"""[{"op":"delete","id":"{{Id}}","revision":1,"force":true}]""", "/changes/0"),
        Unreadable("unknown outcome", """[{"op":"outcome","outcome":"perfect","reason":null,"revision":0}]""", "/changes/0/outcome"),
        Unreadable("same object twice", $$"""[{"op":"put","annotation":{{Tag}} },{"op":"delete","id":"{{Id}}","revision":0}]""", "/changes/1"),
        Unreadable("outcome twice", """[{"op":"outcome","outcome":"labelled","revision":0},{"op":"outcome","outcome":"unlabelled","revision":0}]""", "/changes/1"),
        Unreadable("member twice", $$"""[{"op":"delete","id":"{{Id}}","id":"{{Id}}","revision":1}]""", ""),
        Unreadable("half a surrogate pair as a class", $$"""[{"op":"put","annotation":{"shape":{"kind":"tag"},"id":"{{Id}}","classId":"\ud800"} }]""", "/changes/0/annotation/classId"),
        Unreadable("more than 1,000 changes", "[" + string.Join(',', Enumerable.Range(0, 1_001).Select(i => $$"""{"op":"delete","id":"{{Guid.CreateVersion7()}}","revision":{{i}}}""")) + "]", "/changes"),
        new("body over 32 MB", scene => TooLargeAsync(scene), new(413, "too-large"), scene => scene.UnchangedAsync()),

        Refused("unknown kind of shape", """{"kind":"blob"}""", "bad-shape"),
        Refused("number beyond all numbers", """{"kind":"point","x":1e999,"y":0}""", "bad-shape"),
        Refused("box turned inside out", """{"kind":"box","x":1,"y":1,"width":-5,"height":5}""", "bad-shape"),
        Refused("ring of two points", """{"kind":"polygon","parts":[{"outer":[0,0,1,1],"holes":[]}]}""", "bad-shape"),
        Refused("mask whose runs do not fill its box", """{"kind":"mask","x":0,"y":0,"width":4,"height":4,"runs":[1,2]}""", "bad-shape"),
        Refused("100,001 vertices", $$"""{"kind":"polyline","points":[{{string.Join(',', Enumerable.Repeat("1,2", 100_001))}}]}""", "too-many-vertices"),

        new(
            "class deleted while somebody draws it",
            async scene =>
            {
                await SeedSet.OntologyAsync(scene.Bench.Database, scene.Bench.ProjectId, Ontology with { Classes = [.. Ontology.Classes.Where(one => one.Id != "car")] });
                return await scene.SaveAsync(scene.Bench.Ann, Put(Box(Guid.CreateVersion7())));
            },
            new(200, "", "refused unknown-class"),
            scene => scene.UnchangedAsync()),
        new("class retired while somebody draws it", scene => scene.SaveAsync(scene.Bench.Ann, Put(Box(Guid.CreateVersion7(), classId: "tram"))), new(200, "", "refused retired-class"), scene => scene.UnchangedAsync()),
        new("shape that the class does not allow", scene => scene.SaveAsync(scene.Bench.Ann, Put(Box(Guid.CreateVersion7(), classId: "sign"))), new(200, "", "refused shape-not-allowed"), scene => scene.UnchangedAsync()),
        new(
            "image removed while somebody draws on it",
            async scene =>
            {
                await scene.Bench.Database.WriteAsync(session => session.ExecuteAsync("UPDATE images SET removed_at = 1"));
                return await scene.SaveAsync(scene.Bench.Ann, Put(Box(Guid.CreateVersion7())));
            },
            new(200, "", "refused image-removed"),
            async scene =>
            {
                await scene.Bench.Database.WriteAsync(session => session.ExecuteAsync("UPDATE images SET removed_at = NULL"));
                await scene.UnchangedAsync();
                Assert.Equal(new Answer(200, "", "applied"), await scene.SaveAsync(scene.Bench.Ann, Put(Box(Guid.CreateVersion7()))));
            }),
        new(
            "two tabs on one image",
            async scene =>
            {
                await scene.SaveAsync(scene.Bench.Ann, Put(Box(scene.Box, 2, revision: 1)));
                return await scene.SaveAsync(scene.Bench.Ann, Put(Box(scene.Box, 3, revision: 1)));
            },
            new(200, "", "conflict"),
            async scene => Assert.Equal([(scene.Box.ToString(), 2, 2)], await scene.Bench.BoxesAsync())),
        new(
            "change set id used again for something else",
            scene => ReuseAsync(scene, scene.Bench.Ann, scene.Bench.SetId, Box(Guid.CreateVersion7())),
            new(409, "change-set-reused"),
            scene => scene.HoldsAsync(revision: 2, objects: 2)),
        new(
            "change set id used again by somebody else",
            scene => ReuseAsync(scene, scene.Bench.Ben, scene.Bench.SetId),
            new(409, "change-set-reused"),
            scene => scene.HoldsAsync(revision: 2, objects: 2)),
        new(
            "change set id used again on another image",
            async scene => await ReuseAsync(scene, scene.Bench.Ann, (await SeedSet.ImageAsync(scene.Bench.Database, scene.Bench.ProjectId)).SetId),
            new(409, "change-set-reused"),
            scene => scene.HoldsAsync(pictures: 1, revision: 2, objects: 2)),
        new("view that is turned inside out", scene => scene.SendAsync(scene.Bench.Ann, HttpMethod.Get, $"{scene.Bench.Set}?view=0,0,-10,10"), new(400, "invalid"), scene => scene.UnchangedAsync()),
        new("view of more than 20,000 objects", scene => scene.SendAsync(scene.Bench.Ann, HttpMethod.Get, $"{scene.Bench.Set}?view=0,0,10,10&limit=1000000"), new(400, "invalid"), scene => scene.UnchangedAsync()),
        new(
            "restoring a state that never was",
            scene => scene.SendAsync(scene.Bench.Ann, HttpMethod.Post, $"{scene.Bench.Set}/restore", new { revision = 9, changeSetId = Guid.CreateVersion7() }),
            new(400, "invalid", "/revision"),
            scene => scene.UnchangedAsync()),
        new(
            "restoring an object that never was",
            scene => scene.SendAsync(scene.Bench.Ann, HttpMethod.Post, $"{scene.Bench.Set}/restore", new { revision = 1, annotationId = Guid.CreateVersion7(), changeSetId = Guid.CreateVersion7() }),
            new(404, "not-found"),
            scene => scene.UnchangedAsync()),
        new(
            "asking for a state that never was",
            scene => scene.SendAsync(scene.Bench.Ben, HttpMethod.Get, $"{scene.Bench.Set}/earlier?revision=9", null),
            new(400, "invalid", "/revision"),
            scene => scene.UnchangedAsync()),
        new(
            "asking how an object was that never was",
            scene => scene.SendAsync(scene.Bench.Ben, HttpMethod.Get, $"{scene.Bench.Set}/earlier?revision=1&annotationId={Guid.CreateVersion7()}", null),
            new(404, "not-found"),
            scene => scene.UnchangedAsync()),
    ];

    private static BadInputRow Unreadable(string name, string changes, string pointer) => new(name, scene => scene.SaveTextAsync(changes), new(400, "invalid", pointer), scene => scene.UnchangedAsync());

    /// <summary>A shape that is refused alone: the good object beside it is stored.</summary>
    private static BadInputRow Refused(string name, string shape, string rule) => new(
        name,
        scene => scene.SaveTextAsync($$$"""[{"op":"put","annotation":{"id":"{{{Guid.CreateVersion7()}}}","classId":"car","shape":{{{shape}}}}},{"op":"put","annotation":{{{Tag}}}}]"""),
        new(200, "", $"refused {rule}; applied"),
        scene => scene.HoldsAsync(revision: 2, objects: 2));

    private static Task<Answer> TooLargeAsync(BadInputScene scene)
    {
        scene.Bench.Ann.Http.DefaultRequestHeaders.ExpectContinue = true;
        return scene.SendTextAsync($"{scene.Bench.Set}/changes", new string(' ', (32 * 1024 * 1024) + 1));
    }

    private static async Task<Answer> ReuseAsync(BadInputScene scene, ApiClient who, string setId, params System.Text.Json.Nodes.JsonObject[] others)
    {
        var first = new { changeSetId = Guid.CreateVersion7(), baseRevision = 0, changes = new[] { Put(Box(Guid.CreateVersion7())) } };
        await scene.Bench.Ann.PostAsync($"{scene.Bench.Set}/changes", first);
        return await scene.SendAsync(who, HttpMethod.Post, $"/api/annotation-sets/{setId}/changes", others.Length == 0 ? first : first with { changes = [.. others.Select(Put)] });
    }
}
