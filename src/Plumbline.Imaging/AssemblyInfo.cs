using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Plumbline.Imaging.Tests")]
