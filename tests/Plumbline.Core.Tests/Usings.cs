global using Plumbline.Core.Masks;
global using Xunit;
