using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

// Loops with checkpoints. A trip of the primal loop only copies the memory that it is about to change. Its mirror puts the copy back
// and runs the pullback of the whole trip: the primal part once more, now with residuals, and its reverse part. What either of them
// reserves is given back at the end of the trip.
internal sealed partial class Vjp
{
    private readonly Dictionary<LoopEquation, Checkpointed> _checkpoints = new(ReferenceComparer<LoopEquation>.Instance);
    private readonly Dictionary<int, MemoryEquation> _views = new();

    // Where nothing varies there is nothing to run backwards.
    private bool HasCheckpoints(LoopEquation e) =>
        e.Checkpoints != 0 && !_diagnose && (e.Results.Any(_activity.IsVaried) || _activity.HasVariedEffect(e));

    private bool HasSlots(LoopEquation e) => HasCheckpoints(e) && e.Checkpoints != LoopEquation.SquareRoot;

    private void ForwardCheckpoints(LoopEquation e)
    {
        if (HasSlots(e))
        {
            ForwardSlots(e);
            return;
        }

        Step step = StepOf(e);
        int mirror = _builder.NewNumber();
        _loops[e] = (mirror, null);
        _builder.BeginRegion();
        Value[] copies = step.Written.Select(b => Buffers.Copy(b, _builder)).ToArray();
        Plain(e.Body);
        _builder.Add(e with { Body = _builder.EndRegion(e.Body.Yields, e.Body.Parameters), Mirror = mirror, Checkpoints = 0 });
        _checkpoints[e] = new Checkpointed(step, copies, step.Written.Select(b => _activity.IsOwn(b) ? null : Buffers.Copy(b, _builder)).ToArray());
    }

    /// <summary>The reverse part of one trip of the outer loop, that is, of one segment.</summary>
    private void ReverseTrip(LoopEquation e, Func<int, Value?> cotangentOfColumn)
    {
        (Step step, Value[] copies, _) = _checkpoints[e];
        Value mark = Mark();
        for (int i = 0; i < copies.Length; i++)
        {
            PutBack(step.Written[i], copies[i]);
        }

        Pull(e, step, step.Inputs, cotangentOfColumn);
        Release(mark);
    }

    /// <summary>Memory of the caller ends as the method leaves it.</summary>
    private void RestoreEnd(Step step, Value?[] ends)
    {
        for (int i = 0; i < ends.Length; i++)
        {
            if (ends[i] is { } end)
            {
                PutBack(step.Written[i], end);
            }
        }
    }

    private void PutBack(Value buffer, Value copy) =>
        Buffers.ForEach(Buffers.Length(buffer, _builder), _builder, k => Buffers.Store(buffer, k, Buffers.Load(copy, k, _builder), _builder));

    // The trip is computed with what it started with, and its cotangents are added to.
    private void Pull(LoopEquation e, Step step, Value[] arguments, Func<int, Value?> cotangentOfColumn)
    {
        int[] active = Enumerable.Range(0, step.Inputs.Length)
            .Where(i => step.Inputs[i].Type.IsDifferentiable && _activity.IsVaried(step.Inputs[i])).ToArray();
        IrFunction pullback = Pipeline.Finish(Transform(step.Function, active, _ => null, _library).CotangentsOnly, _library);
        IEnumerable<Value> seeds = Enumerable.Range(0, e.Body.Yields.Count).Where(i => e.Body.Yields[i].Type.IsFloat)
            .Select(i => cotangentOfColumn(i) ?? Literals.Zero(e.Body.Yields[i].Type));
        IEnumerable<Value> twins = active.Where(i => step.Inputs[i].Type.IsBuffer).Select(i => TwinOf(step.Inputs[i]));
        Value[] cotangents = Inline.Paste(pullback, arguments.Concat(seeds).Concat(twins).ToArray(), _builder);
        foreach ((int input, Value cotangent) in active.Where(i => step.Inputs[i].Type.IsScalar).Zip(cotangents, (i, c) => (i, c)))
        {
            Accumulate(step.Inputs[input], cotangent);
        }
    }

    // Arrays that the trip makes are its own.
    private void Plain(Region body)
    {
        bool reserves = body.AllEquations().Any(q => q is MemoryEquation { Op: MemoryOp.Reserve });
        Value? mark = reserves ? Mark() : null;
        foreach (Equation equation in body.Body)
        {
            _builder.Add(equation);
        }

        Release(mark);
    }

    /// <summary>One trip of a loop as a function of all that it reads.</summary>
    private Step StepOf(LoopEquation e)
    {
        IReadOnlyList<Equation> all = e.Body.AllEquations();
        var inside = new HashSet<int>(DefinedIn(e.Body).Concat(e.Body.Parameters).Select(v => v.Id));
        var inputs = new List<Value>(e.Body.Parameters);
        var parts = new List<Equation>();
        foreach (Value free in all.SelectMany(q => q.Operands).Concat(all.SelectMany(q => q.Regions).SelectMany(r => r.Yields)).Concat(e.Body.Yields))
        {
            Capture(free);
        }

        void Capture(Value value)
        {
            if (value.IsConstant || !inside.Add(value.Id))
            {
                return;
            }

            // Parts of one array are parts of it in the function as well.
            if (value.Type.IsBuffer && _views.TryGetValue(value.Id, out MemoryEquation? part) && part.Op == MemoryOp.Slice)
            {
                foreach (Value operand in part.Arguments)
                {
                    Capture(operand);
                }

                parts.Add(part);
                return;
            }

            inputs.Add(value);
        }

        Value[] buffers = inputs.Where(i => i.Type.IsBuffer).ToArray();
        if (buffers.GroupBy(_activity.RootOf).Any(g => g.Key == 0 || g.Count() > 1))
        {
            throw new RefusalException(Descriptors.CheckpointLoop, e.Results.Count > 0 ? e.Results[0].Id : null);
        }

        var written = new HashSet<int>(all.SelectMany(Written).Select(_activity.RootOf));
        var function = new IrFunction("Trip", inputs.ToEquatableArray(), e.Body with { Parameters = [], Body = parts.Concat(e.Body.Body).ToEquatableArray() });
        return new Step(function, inputs.ToArray(), buffers.Where(b => written.Contains(_activity.RootOf(b))).ToArray());
    }

    private static IEnumerable<Value> Written(Equation equation) => equation switch
    {
        MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e => [e.Buffer],
        ClearEquation e => [e.Buffer],
        ExternalCallEquation e => CustomRules.Written(e),
        CallEquation e => e.Arguments.Where(a => a.Type.IsWritable),
        _ => [],
    };

    /// <param name="Function">The trip. Outputs: what is carried on.</param>
    /// <param name="Inputs">Its inputs, as they are called here: what is carried, then what else it reads, each array once.</param>
    /// <param name="Written">Those of the inputs that it writes to.</param>
    private sealed record Step(IrFunction Function, Value[] Inputs, Value[] Written);

    /// <param name="Step">One trip.</param>
    /// <param name="Copies">For each buffer that it writes, what that held before.</param>
    /// <param name="Ends">For each of them what it holds behind the loop, where that matters to anyone.</param>
    private sealed record Checkpointed(Step Step, Value[] Copies, Value?[] Ends);
}
