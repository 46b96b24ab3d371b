using System.Globalization;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// The Jacobian of a method that writes to buffers and returns nothing: rows are the elements that it writes, columns the inputs that
/// it does not write. The member takes eight columns at a time through a private method, the forward-mode program with tangents in eight directions.
/// </summary>
internal sealed class JacobianSweep
{
    private const int LineLimit = 100;

    private readonly FunctionSpec _spec;
    private readonly IrFunction _program;
    private readonly HashSet<int> _written;
    private readonly int[] _restored;
    private readonly SignatureBuilder _signature;
    private readonly MemberPlan _kernel;
    private readonly int[] _active;

    private JacobianSweep(FunctionSpec spec, IrFunction program, IEnumerable<int> written)
    {
        _spec = spec;
        _program = program;
        _written = [.. written];
        _signature = new SignatureBuilder(spec);
        _kernel = MemberLayout.Helper(spec.MemberName + "_JacobianSweep", program);
        InputLeaf[] leaves = spec.Inputs.ToArray();
        _restored = _written.Where(i => !leaves[i].Parameter.IsScratch).OrderBy(i => i).ToArray();
        _active = spec.ActiveInputs.Where(i => !leaves[i].Parameter.IsScratch).ToArray();
    }

    /// <summary>Is nothing returned, and are there rows and columns?</summary>
    public static bool IsPossible(FunctionSpec spec, ICollection<int> written)
    {
        InputLeaf[] leaves = spec.Inputs.ToArray();
        int[] active = spec.ActiveInputs.Where(i => !leaves[i].Parameter.IsScratch).ToArray();
        return spec.Parameters.All(p => p.Mode != ParameterMode.Out)
            && spec.Result is null
            && leaves.All(l => l.Leaf.Type.Part is null)
            && active.All(i => leaves[i].Leaf.Type.Scalar == ScalarKind.Float64)
            && active.Any(i => !written.Contains(i))
            && active.Any(written.Contains);
    }

    /// <param name="spec">The method.</param>
    /// <param name="program">Its forward-mode program with wide tangents.</param>
    /// <param name="written">The inputs that it writes to.</param>
    public static IEnumerable<PlannedMember> Members(FunctionSpec spec, IrFunction program, IEnumerable<int> written)
    {
        var sweep = new JacobianSweep(spec, program, written);
        yield return new PlannedMember(sweep.Member(), program, MemberKind.Jacobian);
        yield return new PlannedMember(sweep._kernel, program);
    }

    private int Primal => _spec.Body.Inputs.Count;

    private bool IsColumn(int input) => !_written.Contains(input);

    private string Text(int input) => _signature.Inputs[input];

    private bool IsBuffer(int input) => _spec.Body.Inputs[input].Type.IsBuffer;

    private MemberPlan Member()
    {
        string jacobian = _signature.Destination(
            _spec, "jacobian", $"∂output/∂input, row-major: rows are {RowNames()}; columns are {TextLines.Enumerate(ColumnNames())}, each element of a span one");
        return new MemberPlan(
            _spec.MemberName + MemberLayout.Suffix(MemberKind.Jacobian),
            _spec.Accessibility + " static",
            "void",
            _signature.Parameters.ToEquatableArray(),
            _signature.Inputs.ToEquatableArray(),
            new OutputPlan(null, []),
            DocWriter.Write(_spec, MemberKind.Jacobian, _program, _signature, null, jacobian, "Forward mode, eight columns at a time.", ColumnNames()).ToEquatableArray(),
            MemberLayout.AttributesOf(_spec, MemberKind.Jacobian))
        {
            Buffers = _signature.Buffers.ToEquatableArray(),
            Entry = _signature.Entry.ToEquatableArray(),
            Statements = [.. Checks(jacobian), .. Sweeps(jacobian)],
        };
    }

    // The matrix shares no memory with anything that the method reads or writes.
    private IEnumerable<string> Checks(string jacobian)
    {
        string[] others = _signature.Buffers.Where(b => b.ItemText == "double" && b.Rank == 1).Select(b => b.Name).ToArray();
        for (int at = 0; at < others.Length; at += 3)
        {
            yield return $"global::DiffCompile.BufferChecks.Apart<double>({jacobian}, {string.Join(", ", others.Skip(at).Take(3))});";
        }

        foreach (BufferParameter other in _signature.Buffers.Where(b => b.ItemText == "double" && b.Rank > 1))
        {
            yield return $"global::DiffCompile.BufferChecks.Apart<double>({jacobian}, global::DiffCompile.Rectangular.Elements({other.Name}), nameof({jacobian}), nameof({other.Name}));";
        }
    }

    private IEnumerable<string> Sweeps(string jacobian)
    {
        HashSet<string> taken = [.. _signature.Parameters.Select(p => p.Name), .. _signature.Entry.Select(e => e.Name.TrimStart('@')), "scope"];
        string Free(string name)
        {
            while (!taken.Add(name))
            {
                name += "_";
            }

            return name;
        }

        const string wide = IrType.WideName;
        string workspace = Free("workspace"), columns = Free("columns"), first = Free("first"), block = Free("block");
        string[] dots = _active.Select((_, k) => Identifiers.Escape(Free(_kernel.Inputs[Primal + k].TrimStart('@')))).ToArray();
        Dictionary<int, string> kept = _restored.ToDictionary(i => i, i => Free(_kernel.Parameters[i].Name + "Before"));

        yield return "";
        yield return $"int {columns} = {Sum(_active.Where(IsColumn), "0")};";
        yield return $"global::DiffCompile.Directions.CheckMatrix({jacobian}, {Sum(_active.Where(i => !IsColumn(i)), "0")}, {columns}, nameof({jacobian}));";
        foreach (int input in _restored)
        {
            string item = _program.Inputs[input].Type.Keyword;
            yield return $"global::System.ReadOnlySpan<{item}> {kept[input]} = {columns} > global::DiffCompile.Directions.Count ? global::DiffCompile.Directions.Keep<{item}>({workspace}, {Text(input)}) : default;";
        }

        yield return $"for (int {first} = 0; ; {first} += global::DiffCompile.Directions.Count) {{";
        yield return $"using global::DiffCompile.DerivativeWorkspace.Scope {block} = {workspace}.Nested();";
        string column = "0", row = "0";
        var stores = new List<string>();
        for (int k = 0; k < _active.Length; k++)
        {
            int input = _active[k];
            yield return !IsBuffer(input) ? $"{wide} {dots[k]} = global::DiffCompile.Directions.Unit({column} - {first});"
                : IsColumn(input) ? $"global::System.Span<{wide}> {dots[k]} = global::DiffCompile.Directions.Seed({workspace}, {Text(input)}.Length, {column}, {first});"
                : $"global::System.Span<{wide}> {dots[k]} = global::DiffCompile.Directions.Zero({workspace}, {Text(input)}.Length);";
            if (IsColumn(input))
            {
                column = Sum([input], column);
            }
            else
            {
                stores.Add($"global::DiffCompile.Directions.Store({dots[k]}, {jacobian}, {row}, {columns}, {first});");
                row = Sum([input], row);
            }
        }

        bool takesWorkspace = _program.Body.AllEquations().Any(e => e is MemoryEquation memory && MemoryOp.NeedsWorkspace(memory.Op));
        string[] arguments = _signature.Inputs.Take(Primal).Concat(dots).Concat(takesWorkspace ? [workspace] : []).ToArray();
        yield return "";
        string call = _kernel.Name + "(";
        foreach (string line in TextLines.Pack(call, arguments, ");", LineLimit))
        {
            yield return line.StartsWith(call, StringComparison.Ordinal) ? line : "    " + line;
        }

        foreach (string store in stores)
        {
            yield return store;
        }

        yield return $"if ({first} + global::DiffCompile.Directions.Count >= {columns}) {{";
        yield return "return;";
        yield return "}";
        yield return "";
        foreach (int input in _restored)
        {
            yield return $"{kept[input]}.CopyTo({Text(input)});";
        }

        yield return "}";
    }

    // "1 + pose.Length", or the start alone.
    private string Sum(IEnumerable<int> inputs, string start)
    {
        int count = int.Parse(start.Split(' ')[0] is { } head && head.All(char.IsDigit) ? head : "0", CultureInfo.InvariantCulture);
        string[] lengths = start.Split([" + "], StringSplitOptions.None).Where(p => !p.All(char.IsDigit)).ToArray();
        foreach (int input in inputs)
        {
            count += IsBuffer(input) ? 0 : 1;
            lengths = IsBuffer(input) ? [.. lengths, Text(input) + ".Length"] : lengths;
        }

        return string.Join(" + ", count > 0 || lengths.Length == 0 ? [count.ToString(CultureInfo.InvariantCulture), .. lengths] : lengths);
    }

    private string RowNames()
    {
        InputLeaf[] leaves = _spec.Inputs.ToArray();
        string[] written = _active.Where(i => !IsColumn(i)).Select(i => leaves[i].Parameter.Name).Distinct().ToArray();
        return "the elements of " + TextLines.Enumerate(written) + " as they are afterwards";
    }

    private string[] ColumnNames()
    {
        InputLeaf[] leaves = _spec.Inputs.ToArray();
        return _active.Where(IsColumn).Select(i => leaves[i].Parameter.Name).Distinct().ToArray();
    }
}
