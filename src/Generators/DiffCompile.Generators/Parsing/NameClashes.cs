using DiffCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>Generated members never take a name that exists, and are never renamed silently.</summary>
internal static class NameClashes
{
    private static readonly (int Mode, string Suffix)[] Suffixes =
    [
        (1, "Gradient"), (1, "ValueAndGradient"), (2, "Jvp"), (4, "Vjp"), (8, "Jacobian"),
        (16, "HessianVectorProduct"), (32, "Hessian"), (AttributeReader.DiagnoseMode, "FindNonFinite"),
    ];

    public static void Check(IMethodSymbol method, DifferentiableRequest request, bool severalOutputs, DiagnosticSink sink, CancellationToken ct)
    {
        string[] names = MemberNames(request, method.Name, severalOutputs);
        Location at = Anchors.Of(method.DeclaringSyntaxReferences[0].GetSyntax(ct));

        string[] taken = names.Where(n => method.ContainingType.GetMembers(n).Any(m => !IsGenerated(m))).ToArray();
        if (taken.Length > 0)
        {
            sink.Report(Descriptors.NameTaken, at, method.Name, method.ContainingType.Name, string.Join(", ", taken));
        }

        bool shared = TypeIndex.Of(method.ContainingType).CountOf(request.Name ?? method.Name) > 1;
        if (shared && names.Length > 0)
        {
            sink.Report(Descriptors.OverloadsShareName, at, method.Name, string.Join(", ", names));
        }
    }

    private static string[] MemberNames(DifferentiableRequest request, string methodName, bool severalOutputs) =>
        Suffixes.Where(s => (request.Modes & s.Mode) != 0 && IsMade(s.Suffix, severalOutputs)).Select(s => (request.Name ?? methodName) + s.Suffix).ToArray();

    // One scalar output has a gradient, several outputs a Jacobian.
    private static bool IsMade(string suffix, bool severalOutputs) => suffix switch
    {
        "Jacobian" => severalOutputs,
        "Jvp" or "Vjp" => true,
        _ => !severalOutputs,
    };

    public static bool IsGenerated(ISymbol member) =>
        KnownSymbols.Has(member, "GeneratedDerivativeAttribute")
        || member.GetAttributes().Any(a => a.AttributeClass?.Name == "GeneratedCodeAttribute" && KnownSymbols.Argument(a, 0) is "DiffCompile");
}
