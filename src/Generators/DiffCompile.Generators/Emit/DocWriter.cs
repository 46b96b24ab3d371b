using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Emit;

/// <summary>Writes the XML documentation of generated members.</summary>
internal static class DocWriter
{
    private const int Width = 110;

    public static IEnumerable<string> Write(FunctionSpec spec, MemberKind kind, IrFunction function, SignatureBuilder signature, Shape? returned, string destination, string how = "", IReadOnlyList<string>? columns = null) =>
        Lines(spec, kind, function, signature, returned, destination, how, columns).SelectMany(line => TextLines.Wrap(line, Width));

    private static IEnumerable<string> Lines(FunctionSpec spec, MemberKind kind, IrFunction function, SignatureBuilder signature, Shape? returned, string destination, string how, IReadOnlyList<string>? columns)
    {
        string method = $"<see cref=\"{Cref(spec)}\"/>";
        string inputs = TextLines.Enumerate(columns ?? SignatureBuilder.Active(spec).Select(p => p.Name).ToArray());
        yield return "<summary>";
        yield return TextLines.Xml(What(kind)).Replace("{F}", method).Replace("{x}", TextLines.Xml(inputs)) + ".";
        yield return "</summary>";
        yield return "<remarks>";
        if (spec.Summary.Length > 0)
        {
            yield return $"<para>{TextLines.Xml(spec.MethodName)}: {TextLines.Xml(spec.Summary)}</para>";
        }

        yield return $"<para>{(how.Length > 0 ? how : How(kind))} {Storage(function)}</para>";
        if (Buffers(kind, signature, destination) is { Length: > 0 } buffers)
        {
            yield return $"<para>{TextLines.Xml(buffers)}</para>";
        }

        yield return $"<para>One call evaluates {OperationCount.Of(function)}; the method itself {OperationCount.Of(spec.Body)}.</para>";
        yield return "</remarks>";
        foreach ((string name, string text) in signature.Documentation)
        {
            yield return $"<param name=\"{name}\">{TextLines.Xml(text)}</param>";
        }

        if ((returned is not null || kind == MemberKind.Diagnose) && Returns(kind, signature.Twins.Count) is { Length: > 0 } returns)
        {
            yield return $"<returns>{TextLines.Xml(returns)}</returns>";
        }

        if (destination.Length > 0)
        {
            yield return $"<exception cref=\"global::System.ArgumentException\">{destination.TrimStart('@')} has another length than the matrix; nothing is written.</exception>";
        }
    }

    /// <summary>A reference to the author's method that tells overloads apart.</summary>
    public static string Cref(FunctionSpec spec)
    {
        IEnumerable<string> parameters = spec.Parameters.Select(p => Modifier(p.Mode) + p.Shape.CSharp);
        string text = string.Join(", ", parameters);

        // Tuples and type arguments cannot be written in a reference; the documentation id always can.
        return text.Contains('(') || spec.Key.Contains('<') ? TextLines.Xml(Parsing.KnownSymbols.IdOf(spec.Key)) : $"{Identifiers.Escape(spec.MethodName)}({text.Replace('<', '{').Replace('>', '}')})";
    }

    private static string Modifier(ParameterMode mode) => mode switch { ParameterMode.In => "in ", ParameterMode.Out => "out ", _ => "" };

    private static string What(MemberKind kind) => kind switch
    {
        MemberKind.Gradient => "Gradient of {F} with respect to {x}",
        MemberKind.ValueAndGradient => "Value of {F} and its gradient with respect to {x}",
        MemberKind.Jvp => "Value of {F} and its directional derivative along tangents of {x}",
        MemberKind.Vjp => "Pullback of {F}: takes cotangents of its outputs to cotangents of {x}",
        MemberKind.Jacobian => "Value of {F} and its Jacobian matrix with respect to {x}",
        MemberKind.HessianVectorProduct => "Product of the Hessian matrix of {F} with respect to {x} and a vector of tangents",
        MemberKind.Hessian => "Hessian matrix of {F} with respect to {x}",
        _ => "The first operation of {F}, or of its gradient with respect to {x}, whose result is NaN or infinite",
    };

    private static string How(MemberKind kind) => kind switch
    {
        MemberKind.Jvp => "Forward mode.",
        MemberKind.Jacobian => "Forward mode where there are no more inputs than outputs, else reverse mode.",
        MemberKind.HessianVectorProduct => "Forward mode over reverse mode.",
        MemberKind.Hessian => "Forward mode over reverse mode, column by column; symmetric to the bit.",
        _ => "Reverse mode.",
    };

    private static string Storage(IrFunction function) =>
        Passes.IrInfo.AllEquations(function.Body).Any(e => e is ExternalCallEquation call && Passes.BinomialSchedule.IsCalledBy(call))
            ? "A loop with checkpoints keeps as many states as it has slots in the workspace, and makes trips again between them; other values are kept in locals."
        : Passes.IrInfo.AllEquations(function.Body).Any(e => e is MemoryEquation { Op: MemoryOp.Push } or MemoryEquation { IsFilled: true })
            ? "Loops keep what their reverse part cannot compute again in the workspace, which grows with the number of trips and is reused; other values are kept in locals."
        : Passes.IrInfo.AllEquations(function.Body).Any(e => e is CallEquation)
            ? "Values are kept in locals, those that a called method hands on for its reverse part too; nothing is allocated."
            : "Values are kept in locals; nothing is allocated.";

    private static string Buffers(MemberKind kind, SignatureBuilder signature, string destination)
    {
        string[] spans = destination.Length > 0 ? [destination.TrimStart('@')] : [.. signature.Twins];
        return spans.Length == 0 ? "" : (kind == MemberKind.Vjp ? "Adds to " : "Overwrites ") + TextLines.Enumerate(spans) + ".";
    }

    private static string Returns(MemberKind kind, int spans) => kind switch
    {
        MemberKind.Gradient => "The derivatives, as the parameters are declared.",
        MemberKind.ValueAndGradient => "The value, with the bits of the method itself, and the derivatives.",
        MemberKind.Jvp => "The value, with the bits of the method itself, and its tangent.",
        MemberKind.Vjp => "The cotangents of the parameters" + (spans > 0 ? " that are no spans." : "."),
        MemberKind.Jacobian => "The value, with the bits of the method itself.",
        MemberKind.HessianVectorProduct => "The product, as the parameters are declared.",
        MemberKind.Diagnose => "Where it happens; null when all is finite.",
        _ => "",
    };
}
