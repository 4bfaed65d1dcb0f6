using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Security;

/// <summary>Keeps the keys that sign cookies in the database, so that sessions survive a restart and every node shares them.</summary>
/// <remarks>The interface is synchronous; it is called a handful of times in the life of a process, where blocking does no harm.</remarks>
public sealed class DataProtectionKeys(Database database) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Task.Run(() => database.ReadAsync(session => session.QueryAsync<string>("SELECT xml FROM data_protection_keys ORDER BY name"))).GetAwaiter().GetResult()
            .Select(XElement.Parse)
            .ToList();

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => database.WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO data_protection_keys (name, xml) VALUES (@name, @xml) ON CONFLICT (name) DO UPDATE SET xml = excluded.xml",
            new { name = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) }))).GetAwaiter().GetResult();
}
