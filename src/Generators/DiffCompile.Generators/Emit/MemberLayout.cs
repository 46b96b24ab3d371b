using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Emit;

/// <summary>The C# signatures of generated members, and how their programs are bound to them.</summary>
internal static class MemberLayout
{
    /// <summary>Attribute of every generated member, without brackets.</summary>
    public static readonly string GeneratedCode =
        $"global::System.CodeDom.Compiler.GeneratedCode(\"DiffCompile\", \"{typeof(MemberLayout).Assembly.GetName().Version.ToString(3)}\")";

    /// <param name="spec">The author's method.</param>
    /// <param name="kind">Which member.</param>
    /// <param name="function">Its program, with inputs and outputs as the transforms make them.</param>
    public static MemberPlan Create(FunctionSpec spec, MemberKind kind, IrFunction function) => Create(spec, kind, function, documented: true);

    /// <summary>Only the signature and the attributes: for a declaration without a body.</summary>
    public static MemberPlan Declare(FunctionSpec spec, MemberKind kind) => Create(spec, kind, spec.Body, documented: false);

    private static MemberPlan Create(FunctionSpec spec, MemberKind kind, IrFunction function, bool documented)
    {
        var signature = new SignatureBuilder(spec);
        (Shape? returned, string destination) = kind switch
        {
            MemberKind.Gradient => (signature.Cotangents(spec, overwrites: true), ""),
            MemberKind.ValueAndGradient => (WithValue(signature.Outputs(spec)!, "Gradient", signature.Cotangents(spec, overwrites: true)), ""),
            MemberKind.Jvp => (Tangent(signature, spec), ""),
            MemberKind.Vjp => (Pullback(signature, spec), ""),
            MemberKind.Jacobian when spec.Body.Inputs.Any(i => i.Type.IsBuffer) => (signature.Outputs(spec), signature.Matrix(spec, "jacobian", "∂output/∂input, row-major: outputs are rows; columns are the differentiated inputs in order, each element of a span one")),
            MemberKind.Jacobian => (signature.Outputs(spec), signature.Destination(spec, "jacobian", "∂output/∂input, row-major: outputs are rows, inputs are columns")),
            MemberKind.HessianVectorProduct => (HessianVectorProduct(signature, spec), ""),
            MemberKind.Hessian => (null, signature.Destination(spec, "hessian", "∂²F/∂xᵢ∂xⱼ, row-major")),
            MemberKind.Diagnose => (null, ""),
            _ => throw new InvalidOperationException("No layout for " + kind + "."),
        };

        var outputs = new OutputPlan(returned, [], destination);
        if (documented)
        {
            Check(spec, kind, function, signature, outputs);
        }

        return new MemberPlan(
            spec.MemberName + Suffix(kind),
            spec.Accessibility + " static",
            kind == MemberKind.Diagnose ? "global::DiffCompile.NonFiniteOperation?" : returned is null ? "void" : SignatureBuilder.TypeText(returned),
            signature.Parameters.ToEquatableArray(),
            signature.Inputs.ToEquatableArray(),
            outputs,
            documented ? DocWriter.Write(spec, kind, function, signature, returned, destination).ToEquatableArray() : [],
            AttributesOf(spec, kind),
            OutputNames(spec, kind, returned).ToEquatableArray())
        {
            Buffers = signature.Buffers.ToEquatableArray(),
            Entry = signature.Entry.ToEquatableArray(),
        };
    }

    /// <summary>Attributes of a member, without brackets.</summary>
    public static EquatableArray<string> AttributesOf(FunctionSpec spec, MemberKind kind) =>
        [GeneratedCode, $"global::DiffCompile.GeneratedDerivative(\"{spec.Key}\", \"{kind}\")"];

    /// <summary>The name of a member is the method's with this behind it.</summary>
    public static string Suffix(MemberKind kind) => kind == MemberKind.Diagnose ? "FindNonFinite" : kind.ToString();

    /// <summary>A private method for a function: its first output is returned, the others go to out parameters.</summary>
    public static MemberPlan Helper(string name, IrFunction function)
    {
        var taken = new HashSet<string>();
        MemberParameter[] inputs = function.Inputs.Select(i => new MemberParameter(Free(taken, i.Name, "x"), i.Type.CSharp)).ToArray();
        NamedShape[] outs = function.Outputs.Skip(1).Select(o => new NamedShape(Free(taken, o.Name, "result"), new ScalarShape(o.Type))).ToArray();
        Shape? returned = function.Outputs.Count > 0 ? new ScalarShape(function.Outputs[0].Type) : null;
        return new MemberPlan(
            name,
            "private static",
            returned?.CSharp ?? "void",
            inputs.Concat(outs.Select(o => new MemberParameter(o.Name, o.Shape.CSharp, "out"))).ToEquatableArray(),
            inputs.Select(p => Identifiers.Escape(p.Name)).ToEquatableArray(),
            new OutputPlan(returned, outs.ToEquatableArray()),
            [],
            []);
    }

    /// <summary>A shape for tangents or cotangents: what is no float gets no scalar.</summary>
    public static Shape Differential(Shape shape) => shape switch
    {
        StructShape s => s with { Members = Differential(s.Members) },
        TupleShape t => new TupleShape(Differential(t.Elements)),
        InlineArrayShape v when v.Leaves.Any(l => l.Type.IsFloat) => v with { Item = Differential(v.Item) },
        ScalarShape { Type.IsFloat: true } => shape,
        _ => new DefaultShape(shape.CSharp),
    };

    private static EquatableArray<NamedShape> Differential(IEnumerable<NamedShape> members) =>
        members.Select(m => m with { Shape = Differential(m.Shape) }).ToEquatableArray();

    /// <summary>What each returned scalar is: value, valueDot, logMBar.</summary>
    private static IEnumerable<string> OutputNames(FunctionSpec spec, MemberKind kind, Shape? returned)
    {
        bool isPair = kind is MemberKind.ValueAndGradient or MemberKind.Jvp && returned is TupleShape { Elements.Count: 2 };
        string parameter = SignatureBuilder.Active(spec).FirstOrDefault(p => !p.Shape.Leaves.First().Type.IsBuffer)?.Name ?? "";
        foreach (Leaf leaf in returned?.Leaves ?? [])
        {
            string[] path = leaf.Path.Split(['.'], StringSplitOptions.RemoveEmptyEntries);
            string role = isPair ? path[0] : kind is MemberKind.Jacobian or MemberKind.ValueAndGradient ? "Value" : "Gradient";
            string[] inside = isPair ? path.Skip(1).ToArray() : path;
            string whole = role == "Gradient" ? parameter : "value";
            string own = inside.Length == 0 ? whole
                : leaf.IsInInlineArray ? Identifiers.Camel(Identifiers.InName(string.Join(".", inside[0][0] == '[' ? inside.Prepend(whole.Length > 0 ? whole : "element") : inside)))
                : Identifiers.Camel(inside[inside.Length - 1]);
            yield return own + role switch
            {
                "Value" => "",
                "Tangent" => "Dot",
                _ => kind == MemberKind.HessianVectorProduct ? "BarDot" : "Bar",
            };
        }
    }

    private static Shape WithValue(Shape value, string name, Shape? derivative) =>
        derivative is null ? value : new TupleShape([new NamedShape("Value", value), new NamedShape(name, derivative)]);

    private static Shape? Tangent(SignatureBuilder signature, FunctionSpec spec)
    {
        signature.Tangents(spec);
        return signature.Outputs(spec) is { } value ? WithValue(value, "Tangent", Differential(value)) : null;
    }

    private static Shape? Pullback(SignatureBuilder signature, FunctionSpec spec)
    {
        signature.OutputCotangents(spec);
        return signature.Cotangents(spec, overwrites: false);
    }

    private static Shape? HessianVectorProduct(SignatureBuilder signature, FunctionSpec spec)
    {
        signature.Tangents(spec);
        return signature.Cotangents(spec, overwrites: true);
    }

    private static void Check(FunctionSpec spec, MemberKind kind, IrFunction function, SignatureBuilder signature, OutputPlan outputs)
    {
        int returned = outputs.Return?.LeafCount ?? 0;
        bool fits = outputs.Destination.Length > 0 ? function.Outputs.Count >= returned : function.Outputs.Count == returned;
        if (function.Inputs.Count != signature.Inputs.Count || !fits)
        {
            throw new InvalidOperationException(
                $"The {kind} of {spec.MethodName} has {signature.Inputs.Count} inputs and {returned} returned scalars by its signature, "
                + $"but {function.Inputs.Count} inputs and {function.Outputs.Count} outputs by its program.");
        }
    }

    private static string Free(HashSet<string> taken, string name, string fallback)
    {
        string stem = Identifiers.Sanitize(name);
        stem = stem.Length > 0 ? stem : fallback;
        string free = stem;
        for (int number = 1; !taken.Add(free); number++)
        {
            free = stem + number;
        }

        return free;
    }
}
