using System.Text;
using System.Text.Json;
using Plumbline.Server.Security;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Security;

/// <summary>Holds <see cref="AccessTable"/> against the running server: every operation, called by everybody.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task Every_operation_lets_in_whom_the_table_says_and_nobody_else()
    {
        await using var callers = await Callers.StartAsync();
        var document = await DocumentAsync(callers.All[0].Client);
        var table = AccessTable.Operations.ToDictionary(operation => operation.Id);
        var wrong = new List<string>();
        foreach (var (method, path, id, hasBody) in document.Where(described => table.ContainsKey(described.Id)))
        {
            foreach (var caller in callers.All)
            {
                var operation = table[id];
                var status = await CallAsync(callers, caller, operation, method, path, hasBody);
                var refusal = caller.RefusalBy(operation, method);
                var expected = refusal ?? operation.Allowed;
                var right = expected is null ? status < 500 && status is not (401 or 403 or 404) : status == expected;
                if (!right) wrong.Add($"{id} ({method} {path}) by {caller.Name}: {status}, not {expected?.ToString() ?? "allowed"}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_operation_of_the_document_has_a_row_and_every_row_an_operation()
    {
        await using var server = await TestServer.StartAsync();
        using var client = ApiClient.Anonymous(server);

        var described = (await DocumentAsync(client.Http)).Select(operation => operation.Id).Order();

        Assert.Equal(described, AccessTable.Operations.Select(operation => operation.Id).Order());
    }

    [Fact]
    public void An_endpoint_that_does_not_say_who_may_call_it_stops_the_start()
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        var app = builder.Build();
        Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/open", () => "x").Allow(Access.Anyone);
        EndpointAudit.RequireAccess(app);

        Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/forgotten", () => "x");

        var fault = Assert.Throws<InvalidOperationException>(() => EndpointAudit.RequireAccess(app));
        Assert.Contains("/forgotten", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/open", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<int> CallAsync(Callers callers, CallerInTest caller, Operation operation, string method, string path, bool hasBody)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), callers.Fill(path + operation.Query));
        if (operation.Body is not null) request.Content = new StringContent(callers.Fill(operation.Body), Encoding.UTF8, "application/json");
        else if (hasBody) request.Content = new StringContent("\"not what you expect\"", Encoding.UTF8, "application/json");
        using var response = await caller.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }

    private static async Task<List<(string Method, string Path, string Id, bool HasBody)>> DocumentAsync(HttpClient client)
    {
        using var document = JsonDocument.Parse(await client.GetStringAsync("/api/openapi.json"));
        return document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation =>
                (operation.Name, path.Name, operation.Value.TryGetProperty("operationId", out var id) ? id.GetString()! : $"{operation.Name} {path.Name} has no id", operation.Value.TryGetProperty("requestBody", out _))))
            .ToList();
    }
}
