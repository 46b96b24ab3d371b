using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>What the parse of one method and of everything that it reaches shares.</summary>
internal sealed class ParseContext
{
    public ParseContext(Compilation compilation, DifferentiableRequest request, CancellationToken cancellationToken)
    {
        Compilation = compilation;
        KeepSource = (request.Modes & AttributeReader.DiagnoseMode) != 0;
        Kinks = request.Kinks;
        CancellationToken = cancellationToken;
        Helpers = new HelperParser(this);
        Rules = new CustomRuleReader(this);
        Specs = new SpecImporter(this);
    }

    public Compilation Compilation { get; }

    /// <summary>Is the text of each operation kept, for the member that finds NaN?</summary>
    public bool KeepSource { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>The convention at kinks, which helpers take over from the method that calls them.</summary>
    public Kinks Kinks { get; }

    /// <summary>Tells specifications of one helper apart that differ by what the calling method asked for.</summary>
    public string Variant => (Kinks == Kinks.Symmetric ? "" : "~" + Kinks) + (KeepSource ? "~source" : "");

    public HelperParser Helpers { get; }

    public CustomRuleReader Rules { get; }

    public SpecImporter Specs { get; }

    /// <summary>Where the values of the attributed method's own body come from.</summary>
    public Dictionary<int, Location> Locations { get; } = new();
}
