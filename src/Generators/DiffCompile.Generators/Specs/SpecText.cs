using System.Globalization;

namespace DiffCompile.Generators.Specs;

/// <summary>
/// A spec as text, for the metadata of a library: its consumers inline, differentiate and batch the library's methods from
/// it. A checksum tells damage from truth.
/// </summary>
internal static class SpecText
{
    /// <summary>Changes whenever the text or the meaning of the IR does.</summary>
    public const int Version = 4;

    public static string Write(FunctionSpec spec)
    {
        var writer = new SpecWriter();
        writer.Spec(spec);
        string body = writer.ToString();
        return Checksum(body) + " " + body;
    }

    /// <summary>Reads a spec.</summary>
    /// <exception cref="FormatException">The text is damaged.</exception>
    public static FunctionSpec Read(string text)
    {
        int space = text.IndexOf(' ');
        string body = text.Substring(space + 1);
        if (space < 0 || text.Substring(0, space) != Checksum(body))
        {
            throw new FormatException("The checksum of a specification does not agree with its text.");
        }

        return new SpecReader(body).Spec();
    }

    // FNV-1a over UTF-16 code units: stable across hosts, and nothing here needs to resist an attacker.
    private static string Checksum(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture.NumberFormat);
    }
}
