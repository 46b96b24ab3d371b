using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Parsing;

/// <summary>The author's names on IR values.</summary>
internal static class Naming
{
    /// <summary>Name of a leaf of a variable: the variable's own, or the innermost member's in lower case.</summary>
    public static string OfLeaf(string variable, Shape shape, int leaf)
    {
        if (shape is BufferShape buffer)
        {
            return variable + NameIn(buffer, leaf);
        }

        string path = shape.Leaves.ElementAt(leaf).Path;
        if (path.Length == 0)
        {
            return variable;
        }

        if (shape.Leaves.ElementAt(leaf).IsInInlineArray)
        {
            string name = Emit.Identifiers.InName(path[0] == '[' ? (variable.Length > 0 ? variable : "element") + "." + path : path);
            return char.ToLowerInvariant(name[0]) + name.Substring(1);
        }

        string member = path.Substring(path.LastIndexOf('.') + 1);
        return char.ToLowerInvariant(member[0]) + member.Substring(1);
    }

    // Lengths of an array of several dimensions: aRows, aColumns; a scalar of each element: pX.
    private static string NameIn(BufferShape shape, int leaf)
    {
        Leaf[] columns = shape.Columns.ToArray();
        if (leaf >= columns.Length)
        {
            int dimension = leaf - columns.Length;
            return shape.Rank == 2 ? (dimension == 0 ? "Rows" : "Columns") : "Length" + (char)('0' + dimension);
        }

        return columns[leaf].Type.Part is { } part ? Emit.Identifiers.InName(part.Path) : "";
    }

    /// <summary>Puts names onto values that got theirs only after they were made.</summary>
    public static IrFunction Apply(IrFunction function, IReadOnlyDictionary<int, string> names) =>
        names.Count == 0 ? function : function with { Body = Apply(function.Body, names) };

    private static Region Apply(Region region, IReadOnlyDictionary<int, string> names) => new(
        Apply(region.Parameters, names), region.Body.Select(e => Apply(e, names)).ToEquatableArray(), Apply(region.Yields, names));

    private static Equation Apply(Equation equation, IReadOnlyDictionary<int, string> names) => equation switch
    {
        PrimitiveEquation e => e with { Results = [Apply(e.Result, names)], Result = Apply(e.Result, names), Arguments = Apply(e.Arguments, names) },
        IfEquation e => new IfEquation(Apply(e.Results, names), Apply(e.Condition, names), Apply(e.Then, names), Apply(e.Else, names)),
        LoopEquation e => e with { Results = Apply(e.Results, names), Carried = Apply(e.Carried, names), Test = Apply(e.Test, names), Body = Apply(e.Body, names) },
        MemoryEquation e => e with { Results = Apply(e.Results, names), Arguments = Apply(e.Arguments, names) },
        CallEquation e => e with { Results = Apply(e.Results, names), Arguments = Apply(e.Arguments, names) },
        ExternalCallEquation e => e with { Results = Apply(e.Results, names), Arguments = Apply(e.Arguments, names) },
        _ => equation,
    };

    private static EquatableArray<Value> Apply(EquatableArray<Value> values, IReadOnlyDictionary<int, string> names) =>
        values.Select(v => Apply(v, names)).ToEquatableArray();

    private static Value Apply(Value value, IReadOnlyDictionary<int, string> names) =>
        !value.IsConstant && names.TryGetValue(value.Id, out string? name) ? value with { Name = name } : value;
}
