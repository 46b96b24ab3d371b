using System.Globalization;
using System.Text;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Emit;

/// <summary>Names of generated files: the same for the same method, whatever else the project holds.</summary>
internal static class FileNames
{
    private const int LongestName = 120;

    /// <summary>"Namespace.Type.Member.1a2b3c4d.g.cs".</summary>
    /// <param name="container">Where the members go.</param>
    /// <param name="memberName">Base name of the members, or the method's name.</param>
    /// <param name="key">
    /// Documentation id of the method. Its hash tells apart overloads and names that differ in case only, which one
    /// compilation does not take as two files.
    /// </param>
    public static string HintName(ContainerSpec container, string memberName, string key)
    {
        IEnumerable<string> parts = new[] { container.Namespace }.Concat(container.Types.Select(t => t.Name)).Concat([memberName]);
        string name = string.Join(".", parts.Where(p => p.Length > 0).Select(Safe));
        if (name.Length > LongestName)
        {
            name = name.Substring(name.Length - LongestName);
        }

        return name + "." + Hash(key).ToString("x8", CultureInfo.InvariantCulture) + ".g.cs";
    }

    private static string Safe(string name)
    {
        var safe = new StringBuilder();
        foreach (char c in name)
        {
            safe.Append(char.IsLetterOrDigit(c) || c is '_' or '.' ? c.ToString() : c is '<' or ',' ? "-" : "");
        }

        return safe.ToString();
    }

    // FNV-1a over UTF-16 units; string.GetHashCode differs from run to run.
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash;
    }
}
