using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Ir;

/// <summary>
/// Checks what every pass relies on: each value is defined once, used only where it is visible and always with the same
/// type; operands fit their operation; regions yield what their equation expects.
/// </summary>
internal sealed class IrVerifier
{
    private readonly IrFunction _function;
    private readonly HashSet<int> _defined = [];
    private readonly Dictionary<int, IrType> _visible = new();

    private IrVerifier(IrFunction function) => _function = function;

    /// <summary>Throws when the function is malformed.</summary>
    /// <exception cref="InvalidOperationException">Says which function, which equation and what is wrong.</exception>
    public static void Verify(IrFunction function)
    {
        var verifier = new IrVerifier(function);
        verifier.Define(function.Inputs, "the inputs");
        if (!function.Body.Parameters.IsEmpty)
        {
            verifier.Fail("the body", "has parameters, which only the regions of a loop have");
        }

        verifier.Check(function.Body);
    }

    private void Check(Region region)
    {
        Value[] defined = [];
        foreach (Equation equation in region.Body)
        {
            string place = Describe(equation);
            Use(equation.Operands, place);
            CheckTypes(equation, place);
            CheckRegions(equation, place);
            Define(equation.Results, place);
            defined = [.. defined, .. equation.Results];
        }

        Use(region.Yields, "the yields");
        foreach (Value value in defined)
        {
            _visible.Remove(value.Id);
        }
    }

    private void CheckRegions(Equation equation, string place)
    {
        switch (equation)
        {
            case IfEquation e:
                foreach (Region region in e.Regions)
                {
                    Require(region.Parameters.IsEmpty, place, "a branch has parameters");
                    Match(region.Yields, e.Results, place, "a branch yields");
                    Check(region);
                }

                break;
            case LoopEquation e:
                Match(e.Carried, e.Results, place, "is started with");
                Match(e.Body.Yields, e.Results, place, "the body yields");
                Require(e.Test.Yields.Count == 1 && e.Test.Yields[0].Type == IrType.Bool, place, "the test must yield one bool");
                foreach (Region region in e.Regions)
                {
                    Match(region.Parameters, e.Results, place, "a region takes");
                    Define(region.Parameters, place);
                    Check(region);
                    foreach (Value parameter in region.Parameters)
                    {
                        _visible.Remove(parameter.Id);
                    }
                }

                break;
        }
    }

    private void CheckTypes(Equation equation, string place)
    {
        switch (equation)
        {
            case PrimitiveEquation e:
                CheckPrimitive(e, place);
                break;
            case IfEquation e:
                Require(e.Condition.Type == IrType.Bool, place, "the condition is no bool");
                break;
            case ExternalCallEquation e:
                IrType[] expected = e.Method.Parameters.Where(p => p.Mode != ParameterMode.Out).SelectMany(p => p.Shape.Leaves).Select(l => l.Type).ToArray();
                Require(e.Arguments.Count == expected.Length, place, $"has {e.Arguments.Count} arguments for {expected.Length} leaves");
                for (int i = 0; i < expected.Length; i++)
                {
                    Require(Accepts(expected[i], e.Arguments[i].Type), place, $"argument {i} is {e.Arguments[i].Type}, expected is {expected[i]}");
                }

                IrType[] results = (e.Method.Result?.Leaves ?? []).Concat(e.Method.Parameters.Where(p => p.Mode == ParameterMode.Out).SelectMany(p => p.Shape.Leaves))
                    .Select(l => l.Type).ToArray();
                Require(e.Results.Select(r => r.Type).SequenceEqual(results), place, "the results do not have the types of the method's result");
                break;
            case MemoryEquation e:
                CheckMemory(e, place);
                break;
            case ClearEquation e:
                Require(e.Buffer.Type.Container == ContainerKind.Span, place, "clears what is no writable span");
                break;
        }
    }

    private void CheckMemory(MemoryEquation e, string place)
    {
        IrType[] given = e.Arguments.Select(a => a.Type).ToArray();
        IrType[] made = e.Results.Select(r => r.Type).ToArray();
        bool fits = e.Op switch
        {
            MemoryOp.Load => given.Length == 2 && given[0].IsBuffer && given[1] == IrType.Int32 && made.Length == 1 && made[0] == given[0].Element,
            MemoryOp.Store => given.Length == 3 && given[0].IsWritable && given[1] == IrType.Int32 && given[2] == given[0].Element && made.Length == 0,
            MemoryOp.Accumulate => given.Length == 3 && given[0].IsWritable && given[1] == IrType.Int32 && given[2] == given[0].Element && given[2].IsFloat && made.Length == 0,
            MemoryOp.Slice => given.Length == 3 && given[0].IsBuffer && given[1] == IrType.Int32 && given[2] == IrType.Int32 && made.Length == 1 && made[0].IsBuffer && made[0].Element == given[0].Element && made[0].Part == given[0].Part,
            MemoryOp.Within => given.Length == 2 && given[0] == IrType.Int32 && given[1] == IrType.Int32 && made.Length == 0,
            MemoryOp.Constant => given.Length == 1 && given[0].IsBuffer && made.Length == 0,
            MemoryOp.Distinct => given.Length == 2 && given.All(t => t.IsBuffer) && made.Length == 0,
            MemoryOp.Length => given.Length == 1 && given[0].IsBuffer && made.Length == 1 && made[0] == IrType.Int32,
            MemoryOp.Reserve => given.Length == 2 && given[0] == IrType.Int32 && given[1] == IrType.Int32 && made.Length == 1 && made[0] == IrType.Int64,
            MemoryOp.View => given.Length == 2 && given[0] == IrType.Int64 && given[1] == IrType.Int32 && made.Length == 1 && made[0].Container == ContainerKind.Span,
            MemoryOp.Mark => given.Length == 0 && made.Length == 1 && made[0] == IrType.Int64,
            MemoryOp.Release => given.Length == 1 && given[0] == IrType.Int64 && made.Length == 0,
            MemoryOp.Push => e.Slot > 0 && made.Length == 0 && given.All(t => t.IsScalar),
            MemoryOp.Pop => e.Slot > 0 && given.Length == 0 && made.All(t => t.IsScalar),
            _ => false,
        };
        Require(fits, place, $"has operands ({string.Join(", ", given)}) and results ({string.Join(", ", made)}) that do not fit");
    }

    private void CheckPrimitive(PrimitiveEquation e, string place)
    {
        IrType type = e.Result.Type;
        Require(type.IsScalar && e.Arguments.All(a => a.Type.IsScalar), place, "works on a span");
        switch (e.Op)
        {
            case Op.Add or Op.Subtract or Op.Multiply or Op.Divide or Op.Remainder:
                Same(e, 2, type, place, type.IsFloat || type.IsInteger);
                break;
            case Op.AddChecked or Op.SubtractChecked or Op.MultiplyChecked:
                Same(e, 2, type, place, type.IsInteger);
                break;
            case Op.Negate or Op.StopGradient:
                Same(e, 1, type, place, type.IsFloat || (e.Op == Op.Negate && type.IsInteger));
                break;
            case Op.NegateChecked:
                Same(e, 1, type, place, type.IsInteger);
                break;
            case Op.And or Op.Or or Op.Xor:
                Same(e, 2, type, place, type.IsInteger || type == IrType.Bool);
                break;
            case Op.Not:
                Same(e, 1, type, place, type.IsInteger || type == IrType.Bool);
                break;
            case Op.ShiftLeft or Op.ShiftRight or Op.ShiftRightUnsigned:
                Require(e.Arguments.Count == 2 && type.IsInteger && e.Arguments[0].Type == type && e.Arguments[1].Type == IrType.Int32, place, "shifts what is no integer, or not by an int");
                break;
            case Op.Convert or Op.ConvertChecked:
                Require(e.Arguments.Count == 1 && type != IrType.Bool && e.Arguments[0].Type != IrType.Bool, place, "converts from or to bool");
                break;
            case var op when Op.IsComparison(op):
                Require(type == IrType.Bool && e.Arguments.Count == 2 && e.Arguments[0].Type == e.Arguments[1].Type, place, "compares values of two types");
                Require(e.Arguments[0].Type != IrType.Bool || op is Op.Equal or Op.NotEqual, place, "orders bools");
                break;
            default:
                DerivativeRule? row = RuleTable.Find(e.Op);
                Require(row is not null, place, "is no operation and no row of the rule table");
                Require(row!.Arity == e.Arguments.Count, place, $"has {e.Arguments.Count} operands, the row has {row.Arity}");
                break;
        }
    }

    private void Same(PrimitiveEquation e, int count, IrType type, string place, bool accepted)
    {
        Require(accepted, place, "is not defined on " + type);
        Require(e.Arguments.Count == count && e.Arguments.All(a => a.Type == type), place, $"needs {count} operands of type {type}");
    }

    private void Match(IReadOnlyList<Value> given, IReadOnlyList<Value> results, string place, string what) =>
        Require(given.Select(g => g.Type).SequenceEqual(results.Select(r => r.Type)), place, $"{what} ({Types(given)}), but results are ({Types(results)})");

    private void Define(IEnumerable<Value> values, string place)
    {
        foreach (Value value in values)
        {
            Require(!value.IsConstant && value.Id > 0, place, $"defines {value}, which is a constant or has no id");
            Require(_defined.Add(value.Id), place, $"defines {value} a second time");
            _visible.Add(value.Id, value.Type);
        }
    }

    private void Use(IEnumerable<Value> values, string place)
    {
        foreach (Value value in values.Where(v => !v.IsConstant))
        {
            Require(_visible.TryGetValue(value.Id, out IrType type), place, $"uses {value}, which is not visible here");
            Require(type == value.Type, place, $"uses {value} as {value.Type}, it is {type}");
        }
    }

    private static bool Accepts(IrType parameter, IrType argument) =>
        parameter == argument || (parameter.Container == ContainerKind.ReadOnlySpan && argument == parameter with { Container = ContainerKind.Span });

    private static string Describe(Equation equation) => equation switch
    {
        PrimitiveEquation e => e.Result + " = " + e.Op,
        MemoryEquation e => e.Op,
        CallEquation e => "call of " + e.Callee,
        ExternalCallEquation e => "call of " + e.Method.FullName,
        _ => equation.GetType().Name,
    };

    private static string Types(IEnumerable<Value> values) => string.Join(", ", values.Select(v => v.Type.ToString()));

    private void Require(bool holds, string place, string problem)
    {
        if (!holds)
        {
            Fail(place, problem);
        }
    }

    private void Fail(string place, string problem) =>
        throw new InvalidOperationException($"IR of {_function.Name}: {place} {problem}.\n{IrPrinter.Print(_function)}");
}
