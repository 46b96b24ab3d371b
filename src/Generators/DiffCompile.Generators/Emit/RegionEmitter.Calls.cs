using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>Calls: of private helpers, scalar by scalar, and of the author's own methods by their signature.</summary>
internal sealed partial class RegionEmitter
{
    private void Call(CallEquation e)
    {
        BeginEffect(true, e.Arguments);
        string helper = _member.HelperName(e.Callee);
        Fragment text = Fit(
            e.Arguments,
            () => new Fragment($"{helper}({Fragment.List(e.Arguments.Select(_member.Read))})", Precedence.Primary, HasEffect: true),
            e.Results.Count > 0 ? Overhead(e.Results[0]) : CodeWriter.Columns(_depth));
        if (e.Results.Count == 1)
        {
            Define(e.Results[0], text);
            return;
        }

        // The first result is returned, the others come through out parameters.
        string first = e.Results.Count > 0 && _member.Uses.Count(e.Results[0]) > 0 ? Target(e.Results[0], "") + " = " : "";
        IEnumerable<Fragment> outs = e.Results.Skip(1).Select(r => Fragment.Name("out " + (_member.Uses.Count(r) > 0 ? Target(r, "") : "_")));
        string[] lines = TextLines.Pack(
            $"{first}{helper}(", Fragment.Each(e.Arguments.Select(_member.Read).Concat(outs)), ");", LineLimit - CodeWriter.Columns(_depth)).ToArray();
        Statement(lines[0]);
        foreach (string line in lines.Skip(1))
        {
            Writer.Line("    " + line);
        }
    }

    /// <summary>Declares the place of a result: an out parameter, or a local with its type.</summary>
    private string Target(Value result, string fallback)
    {
        if (Place(result) is { } variable)
        {
            Protect(variable);
            Hold(result, variable);
            return variable;
        }

        string name = _scope.Declare(_member.NameFor(result) is { Length: > 0 } own ? own : fallback);
        Hold(result, name);
        return _member.Names.Type(result.Type) + " " + name;
    }

    private void ExternalCall(ExternalCallEquation e)
    {
        BeginEffect(true, e.Arguments);
        Fragment text = Fit(e.Arguments, () => Invocation(e, []), e.Results.Count > 0 ? Overhead(e.Results[0]) : CodeWriter.Columns(_depth));
        ShapeParameter[] outs = e.Method.Parameters.Where(p => p.Mode == ParameterMode.Out).ToArray();
        if (outs.Length == 0 && e.Method.Result is ScalarShape { EnumType: "" } && e.Results.Count == 1)
        {
            Define(e.Results[0], text);
            return;
        }

        int next = e.Method.Result?.LeafCount ?? 0;
        string receiver = e.Method.Result is { } shape ? Receive(shape, e.Results.Take(next).ToArray(), ResultName(e.Method)) : "";
        var received = new List<string>();
        foreach (ShapeParameter parameter in outs)
        {
            Value[] leaves = e.Results.Skip(next).Take(parameter.Shape.LeafCount).ToArray();
            string place = Receive(parameter.Shape, leaves, parameter.Name, allowParts: false);
            received.Add("out " + (place.Length > 0 ? place : "_"));
            next += leaves.Length;
        }

        string call = outs.Length > 0 ? Invocation(e, received).Text : text.Text;
        Statement(receiver.Length > 0 ? $"{receiver} = {call};" : call + ";");
    }

    private Fragment Invocation(ExternalCallEquation e, IReadOnlyList<string> outs)
    {
        int argument = 0;
        int received = 0;
        IEnumerable<Fragment> arguments = e.Method.Parameters.Select(p => p.Mode == ParameterMode.Out
            ? Fragment.Name(received < outs.Count ? outs[received++] : "out _")
            : ShapePacking.Pack(p.Shape, () => _member.Read(e.Arguments[argument++]), _member.Names));
        return new Fragment($"{_member.Names.Function(e.Method.FullName)}({Fragment.List(arguments)})", Precedence.Primary, HasEffect: true);
    }

    /// <summary>The declaration that takes a returned value apart or keeps it whole; empty when nobody reads it.</summary>
    private string Receive(Shape shape, Value[] leaves, string name, bool allowParts = true)
    {
        if (leaves.All(l => _member.Uses.Count(l) == 0))
        {
            return "";
        }

        if (shape is ScalarShape { EnumType: "" })
        {
            return Target(leaves[0], name);
        }

        if (allowParts && shape is TupleShape tuple && tuple.Elements.All(e => e.Shape is ScalarShape { EnumType: "" }))
        {
            IEnumerable<string> parts = leaves.Select((leaf, i) => _member.Uses.Count(leaf) > 0 ? Target(leaf, tuple.Elements[i].Name) : "_");
            return "(" + string.Join(", ", parts) + ")";
        }

        string local = _scope.Declare(name);
        foreach ((Value leaf, Fragment text) in leaves.Zip(ShapePacking.Unpack(local, shape), (l, t) => (l, t)))
        {
            _member.Bind(leaf, text);
        }

        return _member.Names.Type(shape) + " " + local;
    }

    private static string ResultName(ExternalMethod method) =>
        Identifiers.Camel(method.FullName.Substring(method.FullName.LastIndexOf('.') + 1)) + "Result";
}
