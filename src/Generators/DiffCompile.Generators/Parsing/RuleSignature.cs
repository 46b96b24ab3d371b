using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>The signature that a custom rule of a method must have.</summary>
/// <param name="Parameters">Shapes in order, with names for messages.</param>
/// <param name="Result">Null for void.</param>
internal sealed record RuleSignature(IReadOnlyList<NamedShape> Parameters, Shape? Result)
{
    /// <summary>Null when the method cannot have a rule; then <paramref name="reason"/> says why.</summary>
    public static RuleSignature? For(IMethodSymbol method, bool isVjp, out string reason)
    {
        reason = "";
        List<NamedShape> inputs = [], bars = [], tangents = [], cotangents = [];
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (SignatureParser.ModeOf(parameter) is not (ParameterMode.Value or ParameterMode.In))
            {
                reason = "parameter '" + parameter.Name + "' is passed by 'ref', 'out' or 'params'; return several results in a tuple";
                return null;
            }

            if (ShapeReader.Read(parameter.Type, out _) is not { } shape)
            {
                reason = "parameter '" + parameter.Name + "' has the type '" + KnownSymbols.Spell(parameter.Type) + "', which is not accepted in differentiable code";
                return null;
            }

            if (shape.Leaves.Any(l => l.IsInInlineArray))
            {
                reason = "parameter '" + parameter.Name + "' has the type '" + KnownSymbols.Spell(parameter.Type) + "'; rules take no inline arrays, pass a span of the elements";
                return null;
            }

            if (shape is BufferShape)
            {
                reason = "parameter '" + parameter.Name + "' has the type '" + KnownSymbols.Spell(parameter.Type) + "'; rules take arrays and spans of numbers with one dimension";
                return null;
            }

            inputs.Add(new NamedShape(parameter.Name, shape));
            if (KnownSymbols.Has(parameter, "NoGradientAttribute") || KnownSymbols.Has(parameter, "ScratchAttribute") || !shape.Leaves.Any(l => l.Type.IsDifferentiable))
            {
                continue;
            }

            if (shape is ScalarShape { Type: { IsBuffer: true } span })
            {
                bars.Add(new NamedShape(parameter.Name + "Bar", new ScalarShape(span with { Container = ContainerKind.Span })));
                tangents.Add(new NamedShape(parameter.Name + "Dot", new ScalarShape(span with { Container = span.IsWritable ? ContainerKind.Span : ContainerKind.ReadOnlySpan })));
            }
            else
            {
                cotangents.Add(new NamedShape(parameter.Name + "Bar", shape));
                tangents.Add(new NamedShape(parameter.Name + "Dot", shape));
            }
        }

        Shape? result = null;
        if (!method.ReturnsVoid && (result = ShapeReader.Read(method.ReturnType, out _)) is null)
        {
            reason = "its result has the type '" + KnownSymbols.Spell(method.ReturnType) + "', which is not accepted in differentiable code";
            return null;
        }

        if (result is not null && result.Leaves.Any(l => l.IsInInlineArray))
        {
            reason = "its result has the type '" + KnownSymbols.Spell(method.ReturnType) + "'; rules return no inline arrays, return the elements in a tuple";
            return null;
        }

        if (tangents.Count == 0)
        {
            reason = "it has no double or float input";
            return null;
        }

        if (result is not null && !result.Leaves.Any(l => l.Type.IsFloat))
        {
            reason = "it has no double or float result";
            return null;
        }

        if (!isVjp)
        {
            return new RuleSignature([.. inputs, .. tangents], result);
        }

        IEnumerable<NamedShape> value = result is null ? [] : [new NamedShape("value", result), new NamedShape("valueBar", result)];
        return new RuleSignature([.. inputs, .. value, .. bars], cotangents.Count switch
        {
            0 => null,
            1 => cotangents[0].Shape,
            _ => new TupleShape(cotangents.ToEquatableArray()),
        });
    }

    /// <summary>Advice with the C# text of the rule that could be written for a method, or why none could.</summary>
    /// <param name="method">A method that is called.</param>
    /// <param name="otherwise">What else can be done, for example "change it".</param>
    public static string Suggest(IMethodSymbol method, string otherwise = "")
    {
        bool possible = For(method, isVjp: true, out string reason) is not null;
        string rule = possible
            ? $"write a rule in the calling type: [DerivativeOf(nameof({KnownSymbols.QualifiedName(method)}))] static {For(method, isVjp: true, out _)!.Spell(method.Name + "Vjp")}"
            : "no rule can be written for it because " + reason;
        return otherwise.Length == 0 ? rule : possible ? otherwise + ", or " + rule : otherwise;
    }

    /// <summary>"double FVjp(double x, double value, double valueBar)".</summary>
    public string Spell(string name) =>
        $"{Spell(Result)} {name}({string.Join(", ", Parameters.Select(p => Spell(p.Shape) + " " + p.Name))})";

    public static string Spell(Shape? shape) => shape?.CSharp.Replace("global::System.", "").Replace("global::", "") ?? "void";
}
