using Plumbline.Cli;

return await CommandLine.RunAsync(args);
