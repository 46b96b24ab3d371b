using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// Builds a member's parameter list: the author's parameters first, then tangents, cotangents and buffers. Added names
/// that an author's parameter already has get an underscore.
/// </summary>
internal sealed class SignatureBuilder
{
    private readonly HashSet<string> _taken;

    public SignatureBuilder(FunctionSpec spec)
    {
        _taken = new HashSet<string>(spec.Parameters.Select(p => p.Name));
        foreach (ParameterSpec parameter in spec.Parameters.Where(p => p.Mode != ParameterMode.Out))
        {
            Append(parameter.Name, TypeText(parameter.Shape), parameter.Mode, AuthorText(parameter));
            Bind(parameter.Name, parameter.Shape, "", _ => true);
        }
    }

    public List<MemberParameter> Parameters { get; } = [];

    /// <summary>The expression that each input of the program is read from.</summary>
    public List<string> Inputs { get; } = [];

    /// <summary>The arrays and spans among the parameters.</summary>
    public List<BufferParameter> Buffers { get; } = [];

    /// <summary>Locals that inputs are read from.</summary>
    public List<EntryLocal> Entry { get; } = [];

    /// <summary>Name and description of each parameter.</summary>
    public List<(string Name, string Text)> Documentation { get; } = [];

    /// <summary>Span parameters that cotangents are written to.</summary>
    public List<string> Twins { get; } = [];

    public static IEnumerable<ParameterSpec> Active(FunctionSpec spec) =>
        spec.Parameters.Where(p => p.Mode != ParameterMode.Out && !p.NoGradient && !p.IsScratch && p.Shape.Leaves.Any(l => l.Type.IsDifferentiable));

    /// <summary>What the method returns: its result, or a tuple of result and out parameters.</summary>
    public Shape? Outputs(FunctionSpec spec)
    {
        NamedShape[] outs = spec.Parameters.Where(p => p.Mode == ParameterMode.Out).Select(p => new NamedShape(ElementName(p.Name), p.Shape)).ToArray();
        NamedShape[] all = spec.Result is null ? outs : [new NamedShape(Unique("result", outs.Select(o => o.Name)), spec.Result), .. outs];
        return all.Length switch { 0 => null, 1 => all[0].Shape, _ => new TupleShape(all.ToEquatableArray()) };
    }

    /// <summary>Adds a tangent for each active parameter.</summary>
    public void Tangents(FunctionSpec spec)
    {
        foreach (ParameterSpec parameter in Active(spec))
        {
            Shape twin = parameter.Shape switch
            {
                ScalarShape { Type.IsBuffer: true } span => new ScalarShape(span.Type.Tangent),
                BufferShape buffer => buffer with { Container = buffer.Container == ContainerKind.ReadOnlySpan ? ContainerKind.ReadOnlySpan : ContainerKind.Span },
                _ => parameter.Shape,
            };
            string name = Add(parameter.Name + "Dot", TypeText(twin), parameter.Mode, $"Tangent of {parameter.Name}.");
            Bind(name, twin, Identifiers.Escape(parameter.Name), l => l.Type.IsDifferentiable);
        }
    }

    /// <summary>Adds a cotangent for each floating output.</summary>
    public void OutputCotangents(FunctionSpec spec)
    {
        if (spec.Result is TupleShape tuple)
        {
            foreach (NamedShape element in tuple.Elements)
            {
                OutputCotangent(Identifiers.Camel(element.Name) + "Bar", element.Shape, $"Cotangent of {element.Name}.");
            }
        }
        else if (spec.Result is not null)
        {
            OutputCotangent(spec.Result is StructShape or InlineArrayShape ? "resultBar" : "valueBar", spec.Result, "Cotangent of the returned value.");
        }

        foreach (ParameterSpec parameter in spec.Parameters.Where(p => p.Mode == ParameterMode.Out))
        {
            OutputCotangent(parameter.Name + "Bar", parameter.Shape, $"Cotangent of {parameter.Name}.");
        }
    }

    /// <summary>
    /// Adds a span for the cotangents of each active span; returns the shape of the cotangents of the others, null if there
    /// are none.
    /// </summary>
    public Shape? Cotangents(FunctionSpec spec, bool overwrites)
    {
        var scalars = new List<NamedShape>();
        foreach (ParameterSpec parameter in Active(spec))
        {
            Shape? twin = parameter.Shape switch
            {
                ScalarShape { Type.IsBuffer: true } span => new ScalarShape(span.Type with { Container = ContainerKind.Span }),
                BufferShape buffer => buffer with { Container = ContainerKind.Span },
                _ => null,
            };
            if (twin is not null)
            {
                string text = overwrites ? $"Is overwritten with the derivative in {parameter.Name}." : $"The cotangent of {parameter.Name} is added to it.";
                string name = Add(parameter.Name + "Bar", TypeText(twin), ParameterMode.Value, text);
                Bind(name, twin, Identifiers.Escape(parameter.Name), l => l.Type.IsDifferentiable);
                Twins.Add(name);
            }
            else
            {
                scalars.Add(new NamedShape(ElementName(parameter.Name), MemberLayout.Differential(parameter.Shape)));
            }
        }

        return scalars.Count switch { 0 => null, 1 => scalars[0].Shape, _ => new TupleShape(scalars.ToEquatableArray()) };
    }

    /// <summary>Adds the buffer of a matrix; float when everything is float.</summary>
    public string Destination(FunctionSpec spec, string name, string text)
    {
        var type = new IrType(KindOf(spec), ContainerKind.Span);
        return Identifiers.Escape(Add(name, type.CSharp, ParameterMode.Value, $"Is overwritten with {text}."));
    }

    private static ScalarKind KindOf(FunctionSpec spec) => spec.Inputs.Where(i => i.IsActive).Select(i => i.Leaf.Type)
        .Concat(spec.Body.Outputs.Select(o => o.Type).Where(t => t.IsFloat)).All(t => t.Scalar == ScalarKind.Float32) ? ScalarKind.Float32 : ScalarKind.Float64;

    /// <summary>Adds the buffer of a matrix that the program itself fills.</summary>
    /// <returns>No destination of outputs.</returns>
    public string Matrix(FunctionSpec spec, string name, string text)
    {
        string destination = Destination(spec, name, text);
        Buffers.Add(new BufferParameter(destination, new ScalarShape(new IrType(KindOf(spec), ContainerKind.Span)), "", [Inputs.Count]));
        Inputs.Add(destination);
        return "";
    }

    /// <summary>C# text of a type, with the element names of tuples fit for code.</summary>
    public static string TypeText(Shape shape) => shape switch
    {
        TupleShape tuple => "(" + string.Join(", ", tuple.Elements.Select(e => TypeText(e.Shape) + " " + Identifiers.Escape(e.Name))) + ")",
        BufferShape { Item: TupleShape item } buffer => buffer.CSharp.Replace(item.CSharp, TypeText(item)),
        _ => shape.CSharp,
    };

    private static string AuthorText(ParameterSpec parameter) =>
        "As in the method." + (parameter.NoGradient ? " Not differentiated." : parameter.IsScratch ? " Scratch." : "")
        + (parameter.Domain is { } d ? $" From {Literals.FormatDouble(d.Min)} to {Literals.FormatDouble(d.Max)}." : "");

    // Names that C# keeps for the tuple type itself.
    private static string ElementName(string name) =>
        name is "Rest" or "ToString" or "Equals" or "GetHashCode" or "CompareTo" or "Deconstruct" || IsItem(name) ? name + "_" : name;

    private static bool IsItem(string name) => name.StartsWith("Item", StringComparison.Ordinal) && name.Length > 4 && name.Skip(4).All(char.IsDigit);

    private static string Unique(string name, IEnumerable<string> taken) => taken.Contains(name) ? Unique(name + "_", taken) : name;

    private void OutputCotangent(string name, Shape shape, string text)
    {
        if (shape.Leaves.Any(l => l.Type.IsFloat))
        {
            Bind(Add(name, TypeText(shape), ParameterMode.Value, text), shape, "", l => l.Type.IsDifferentiable);
        }
    }

    /// <summary>Says how the program reads a parameter.</summary>
    private void Bind(string name, Shape shape, string primal, Func<Leaf, bool> isInput)
    {
        int first = Inputs.Count;
        string code = Identifiers.Escape(name);
        switch (shape)
        {
            case BufferShape { Rank: > 1 } array:
                BindArray(name, array, isInput);
                break;
            case BufferShape:
                Inputs.AddRange(shape.Leaves.Where(isInput).Select(_ => code));
                break;
            default:
                Inputs.AddRange(shape.Leaves.Where(isInput).Select(leaf => ShapePacking.Member(code, leaf).Text));
                break;
        }

        if (shape is BufferShape or ScalarShape { Type.IsBuffer: true })
        {
            Buffers.Add(new BufferParameter(code, shape, primal, Enumerable.Range(first, Inputs.Count - first).ToEquatableArray()));
        }
    }

    // The elements of an array of several dimensions follow each other, row by row.
    private void BindArray(string name, BufferShape array, Func<Leaf, bool> isInput)
    {
        string code = Identifiers.Escape(name);
        string span = TypeText(array with { Container = ContainerKind.Span, Rank = 1 });
        EntryLocal elements = Local(name + "Elements", span, "global::DiffCompile.Rectangular", $"Elements({code})");
        int columns = array.Item.LeafCount;
        foreach ((Leaf leaf, int i) in array.Leaves.Select((l, i) => (l, i)).Where(p => isInput(p.l)))
        {
            Inputs.Add(i < columns ? elements.Name : Local(Parsing.Naming.OfLeaf(name, array, i), "int", "", $"{code}.{leaf.Path}").Name);
        }
    }

    private EntryLocal Local(string name, string type, string owner, string call)
    {
        while (!_taken.Add(name))
        {
            name += "_";
        }

        var local = new EntryLocal(type, Identifiers.Escape(name), owner, call);
        Entry.Add(local);
        return local;
    }

    /// <summary>Adds a parameter of ours, under a name that is still free.</summary>
    private string Add(string name, string type, ParameterMode mode, string text)
    {
        string free = name;
        while (!_taken.Add(free))
        {
            free += "_";
        }

        Append(free, type, mode, text);
        return free;
    }

    private void Append(string name, string type, ParameterMode mode, string text)
    {
        Parameters.Add(new MemberParameter(name, type, mode == ParameterMode.In ? "in" : ""));
        Documentation.Add((name, text));
    }
}
