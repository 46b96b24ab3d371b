using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>What a <c>[Differentiable]</c> attribute asks for.</summary>
internal sealed record DifferentiableRequest(int Modes, string? Name, Kinks Kinks);

/// <summary>Reads our attributes and the author's documentation.</summary>
internal static class AttributeReader
{
    /// <summary>The bit of DerivativeModes that asks for the member which finds NaN; the text of operations is kept for it.</summary>
    public const int DiagnoseMode = 64;

    /// <summary>DerivativeModes.Default.</summary>
    private const int DefaultModes = 15;

    public static DifferentiableRequest ReadRequest(IMethodSymbol method)
    {
        AttributeData? attribute = KnownSymbols.Attribute(method, "DifferentiableAttribute");
        if (attribute is null)
        {
            return new DifferentiableRequest(0, null, Kinks.Symmetric);
        }

        int modes = KnownSymbols.Argument(attribute, 0) is int m ? m : DefaultModes;
        string? name = null;
        Kinks kinks = Kinks.Symmetric;
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument is { Key: "Name", Value.Value: string n })
            {
                name = n;
            }
            else if (argument is { Key: "Kinks", Value.Value: int k })
            {
                kinks = (Kinks)k;
            }
        }

        return new DifferentiableRequest(modes, name, kinks);
    }

    /// <summary>Does a [Checkpoint] ask for what is done without it?</summary>
    public static bool StoresAll(AttributeData checkpoint) =>
        checkpoint.ConstructorArguments.Length == 1 && checkpoint.ConstructorArguments[0] is { Kind: TypedConstantKind.Enum, Value: 0 };

    /// <summary>See <see cref="LoopEquation.Checkpoints"/>.</summary>
    public static int ReadCheckpoints(IMethodSymbol method)
    {
        if (KnownSymbols.Attribute(method, "CheckpointAttribute") is not { ConstructorArguments.Length: 1 } attribute || KnownSymbols.Argument(attribute, 0) is not int argument)
        {
            return 0;
        }

        const int squareRoot = 1;
        bool isSchedule = attribute.ConstructorArguments[0].Kind == TypedConstantKind.Enum;
        return isSchedule ? (argument == squareRoot ? LoopEquation.SquareRoot : 0) : Math.Max(0, argument);
    }

    public static DomainSpec? ReadDomain(IParameterSymbol parameter) =>
        KnownSymbols.Attribute(parameter, "DomainAttribute") is { } attribute
        && KnownSymbols.Argument(attribute, 0) is double min && KnownSymbols.Argument(attribute, 1) is double max
            ? new DomainSpec(min, max)
            : null;

    /// <summary>The author's summary with white space collapsed; empty where there is none.</summary>
    public static string ReadSummary(IMethodSymbol method, CancellationToken ct)
    {
        string? xml = method.GetDocumentationCommentXml(CultureInfo.InvariantCulture, cancellationToken: ct);
        if (string.IsNullOrWhiteSpace(xml))
        {
            return "";
        }

        try
        {
            XElement? summary = XElement.Parse(xml).Element("summary");
            string text = summary is null ? "" : string.Concat(summary.Nodes().Select(TextOf));
            return string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
        catch (XmlException)
        {
            return "";
        }
    }

    private static string TextOf(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when (element.Attribute("cref") ?? element.Attribute("name") ?? element.Attribute("langword")) is { } reference && element.IsEmpty =>
            reference.Value.Split('(')[0].Split('.', ':').Last(),
        XElement element => string.Concat(element.Nodes().Select(TextOf)),
        _ => "",
    };
}
