using System.Text.RegularExpressions;

internal static partial class Names
{
    public static string Flat(string name) => Odd().Replace(name.Replace('/', '_'), "-");

    [GeneratedRegex("[^A-Za-z0-9_.-]+")]
    private static partial Regex Odd();
}
