using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Gradients.Tests.Coverage;

/// <summary>The constructs of the intermediate representation, and which of them an equation of a parsed method is.</summary>
internal sealed class Constructs
{
    public const string CountedLoop = "counted loop";
    public const string LoopOnNumber = "loop while a number …";
    public const string LastTestLoop = "loop that tests last";
    public const string BreakLoop = "loop with break";
    public const string ReturnLoop = "loop with return";
    public const string BranchOnNumber = "branch on a number";
    public const string BranchOnInteger = "branch on an integer";
    public const string Arithmetic = "arithmetic";
    public const string Function = "function";
    public const string Kink = "kink";
    public const string IntegerArithmetic = "integer arithmetic";
    public const string IntegerOfNumber = "integer of a number";
    public const string Load = "element read";
    public const string LoadWritten = "element read, written elsewhere";
    public const string Gather = "element at a read index";
    public const string Store = "element written";
    public const string StoreInPlace = "element changed in place";
    public const string Scatter = "element written at a read index";
    public const string Part = "part of a buffer";
    public const string Own = "memory of its own";
    public const string Call = "call";
    public const string Throw = "exception";

    /// <summary>Those that hold others.</summary>
    public static readonly string[] Around = [CountedLoop, LoopOnNumber, LastTestLoop, BreakLoop, ReturnLoop, BranchOnNumber, BranchOnInteger];

    public static readonly string[] All =
    [
        .. Around, Arithmetic, Function, Kink, IntegerArithmetic, IntegerOfNumber, Load, LoadWritten, Gather, Store, StoreInPlace, Scatter, Part, Own, Call, Throw,
    ];

    private readonly Dictionary<int, Equation> _makers = [];
    private readonly Dictionary<int, int> _roots = [];
    private readonly HashSet<int> _written = [];

    public Constructs(IrFunction function)
    {
        foreach (Equation equation in function.Body.AllEquations())
        {
            foreach (Value result in equation.Results)
            {
                _makers[result.Id] = equation;
            }

            if (equation is MemoryEquation { Op: MemoryOp.Slice or MemoryOp.View } part)
            {
                _roots[part.Result.Id] = RootOf(part.Buffer);
            }
        }

        foreach (MemoryEquation store in function.Body.AllEquations().OfType<MemoryEquation>().Where(e => e.Op == MemoryOp.Store))
        {
            _written.Add(RootOf(store.Buffer));
        }
    }

    /// <summary>What an equation is; nested regions not included.</summary>
    public IEnumerable<string> Of(Equation equation) => equation switch
    {
        LoopEquation loop => OfLoop(loop),
        IfEquation branch => [DependsOnNumber(branch.Condition) ? BranchOnNumber : BranchOnInteger],
        MemoryEquation memory => OfMemory(memory),
        PrimitiveEquation primitive => OfPrimitive(primitive),
        CallEquation => [Call],
        ThrowEquation => [Throw],
        _ => [],
    };

    private IEnumerable<string> OfLoop(LoopEquation loop)
    {
        string[] names = loop.Body.Parameters.Select(p => p.Name).ToArray();
        bool counts = Enumerable.Range(0, loop.Results.Count).Any(i =>
            Induction.StepOf(loop, i) != 0 && loop.Test.Body.Any(q => q.AllOperands().Any(o => o.Id == loop.Test.Parameters[i].Id)));
        if (counts)
        {
            yield return CountedLoop;
        }

        if (loop.Test.AllEquations().Any(e => e is PrimitiveEquation p && Op.IsComparison(p.Op) && p.Arguments[0].Type.IsFloat))
        {
            yield return LoopOnNumber;
        }

        if (names.Contains("again"))
        {
            yield return LastTestLoop;
        }

        if (names.Contains("left"))
        {
            yield return BreakLoop;
        }

        if (names.Contains("returned"))
        {
            yield return ReturnLoop;
        }
    }

    private IEnumerable<string> OfMemory(MemoryEquation memory)
    {
        switch (memory.Op)
        {
            case MemoryOp.Load when memory.Result.Type.IsFloat:
                yield return _written.Contains(RootOf(memory.Buffer)) ? LoadWritten : Load;
                if (IsRead(memory.Index))
                {
                    yield return Gather;
                }

                break;
            case MemoryOp.Store when memory.Arguments[2].Type.IsFloat:
                yield return ReadsPlace(memory.Arguments[2], memory) ? StoreInPlace : Store;
                if (IsRead(memory.Index))
                {
                    yield return Scatter;
                }

                break;
            case MemoryOp.Slice:
                yield return Part;
                break;
            case MemoryOp.Reserve:
                yield return Own;
                break;
        }
    }

    private static IEnumerable<string> OfPrimitive(PrimitiveEquation e)
    {
        if (e.Op is Op.Convert or Op.ConvertChecked)
        {
            return e.Result.Type.IsInteger && e.Arguments[0].Type.IsFloat ? [IntegerOfNumber] : [];
        }

        return e.Result.Type.IsInteger ? [IntegerArithmetic]
            : !e.Result.Type.IsFloat ? []
            : e.Op is "abs" or "max" or "min" ? [Kink]
            : RuleTable.Find(e.Op) is not null && e.Op is not (Op.Add or Op.Subtract or Op.Multiply or Op.Divide or Op.Negate) ? [Function]
            : [Arithmetic];
    }

    // a[i] = … a[i] …, with the same index, one or two operations away.
    private bool ReadsPlace(Value value, MemoryEquation store, int depth = 3) => Maker(value) switch
    {
        MemoryEquation { Op: MemoryOp.Load } load => load.Buffer == store.Buffer && load.Index == store.Index,
        PrimitiveEquation p when depth > 0 => p.Arguments.Any(a => ReadsPlace(a, store, depth - 1)),
        _ => false,
    };

    // Does the index come from an element?
    private bool IsRead(Value index) => Maker(index) switch
    {
        MemoryEquation { Op: MemoryOp.Load } => true,
        PrimitiveEquation p => p.Arguments.Any(IsRead),
        _ => false,
    };

    private bool DependsOnNumber(Value condition) => Maker(condition) switch
    {
        PrimitiveEquation p when Op.IsComparison(p.Op) => p.Arguments[0].Type.IsFloat,
        PrimitiveEquation p => p.Arguments.Any(DependsOnNumber),
        IfEquation e => DependsOnNumber(e.Condition) || e.Then.Yields.Concat(e.Else.Yields).Any(DependsOnNumber),
        _ => false,
    };

    private Equation? Maker(Value value) => value.IsConstant ? null : _makers.GetValueOrDefault(value.Id);

    private int RootOf(Value buffer) => _roots.GetValueOrDefault(buffer.Id, buffer.Id);
}
