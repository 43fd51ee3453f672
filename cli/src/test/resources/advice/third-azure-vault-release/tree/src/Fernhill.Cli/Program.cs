using System;

Console.WriteLine($"fernhill {typeof(Program).Assembly.GetName().Version}");
return args.Length == 0 ? 64 : 0;
