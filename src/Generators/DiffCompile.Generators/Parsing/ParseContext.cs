using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>What the parse of one method and of everything that it reaches shares.</summary>
internal sealed class ParseContext
{
    public ParseContext(Compilation compilation, bool keepSource, CancellationToken cancellationToken)
    {
        Compilation = compilation;
        KeepSource = keepSource;
        CancellationToken = cancellationToken;
        Helpers = new HelperParser(this);
        Rules = new CustomRuleReader(this);
        Specs = new SpecImporter(this);
    }

    public Compilation Compilation { get; }

    /// <summary>Is the text of each operation kept, for the member that finds NaN?</summary>
    public bool KeepSource { get; }

    public CancellationToken CancellationToken { get; }

    public HelperParser Helpers { get; }

    public CustomRuleReader Rules { get; }

    public SpecImporter Specs { get; }

    /// <summary>Where the values of the attributed method's own body come from.</summary>
    public Dictionary<int, Location> Locations { get; } = new();
}
