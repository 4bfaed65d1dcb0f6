global using Plumbline.Core;
global using Xunit;
