using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Security;

public sealed class OpenApiTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The web interface's types are generated from the checked-in document, so it must be what the server says.</summary>
    [Fact]
    public async Task The_document_is_the_one_that_is_checked_in()
    {
        await using var server = await TestServer.StartAsync();
        using var client = ApiClient.Anonymous(server);
        var said = JsonNode.Parse(await client.Http.GetStringAsync("/api/openapi.json"))!.ToJsonString(Indented) + "\n";
        var file = Checkout.PathOf("src/Plumbline.Server/openapi/plumbline.json");
        if (Environment.GetEnvironmentVariable("PLUMBLINE_UPDATE_OPENAPI") == "1") await File.WriteAllTextAsync(file, said);

        Assert.True(said == await File.ReadAllTextAsync(file), "The API changed. Renew the document with PLUMBLINE_UPDATE_OPENAPI=1 dotnet test --filter OpenApiTests, and the web's types with npm run api-types; then look at both diffs.");
    }
}
