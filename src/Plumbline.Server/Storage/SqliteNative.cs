using System.Runtime.InteropServices;
using SQLitePCL;

namespace Plumbline.Server.Storage;

/// <summary>Binds the SQLite provider to the system's patched <c>libsqlite3.so.0</c> instead of a bundled older one.</summary>
internal static class SqliteNative
{
    private static readonly Lock Gate = new();
    private static bool _bound;

    /// <summary>Has an effect once a process.</summary>
    internal static void Bind()
    {
        lock (Gate)
        {
            if (_bound) return;
            NativeLibrary.SetDllImportResolver(
                typeof(SQLite3Provider_e_sqlite3).Assembly,
                (name, _, _) => name == "e_sqlite3" ? NativeLibrary.Load("libsqlite3.so.0") : IntPtr.Zero);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            _bound = true;
        }
    }
}
