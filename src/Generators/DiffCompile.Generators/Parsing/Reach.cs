using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>
/// From where C# can be called by name. Derivative code of a caller takes in the bodies of its callees, and with them
/// calls of things that may be hidden from it.
/// </summary>
internal static class Reach
{
    public const string Everywhere = "";
    public const string Assembly = "internal";

    private const string InsideType = "type ";
    private const string OtherAssembly = "assembly ";

    /// <summary>The narrowest scope around a symbol.</summary>
    public static string Of(ISymbol symbol)
    {
        string reach = Everywhere;
        for (ISymbol? s = symbol; s is not null; s = s.ContainingType)
        {
            switch (s.DeclaredAccessibility)
            {
                case Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal when s.ContainingType is { } type:
                    return InsideType + ContainerReader.Read(type).Path;
                case Accessibility.Internal or Accessibility.ProtectedOrInternal:
                    reach = Assembly;
                    break;
            }
        }

        return reach;
    }

    /// <summary>The same scope seen from an assembly that references its own.</summary>
    public static string Import(string reach, IAssemblySymbol owner, IAssemblySymbol here) =>
        reach != Assembly ? reach : owner.GivesAccessTo(here) ? Everywhere : OtherAssembly + owner.Name;

    /// <summary>Can code in the type <paramref name="path"/> call it?</summary>
    public static bool Includes(string reach, string path) =>
        reach is Everywhere or Assembly
        || (reach.StartsWith(InsideType, StringComparison.Ordinal) && (path + ".").StartsWith(reach.Substring(InsideType.Length) + ".", StringComparison.Ordinal));

    /// <summary>"internal to 'Library'", "private to 'Occupation'".</summary>
    public static string Describe(string reach) => reach.StartsWith(OtherAssembly, StringComparison.Ordinal)
        ? $"internal to '{reach.Substring(OtherAssembly.Length)}'"
        : $"private to '{reach.Substring(InsideType.Length)}'";
}
