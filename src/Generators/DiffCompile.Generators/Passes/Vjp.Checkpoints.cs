using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

// Loops with checkpoints. A trip of the primal loop only copies the memory that it is about to change. Its mirror puts the copy back
// and runs the pullback of the whole trip: the primal part once more, now with residuals, and its reverse part. What either of them
// reserves is given back at the end of the trip.
internal sealed partial class Vjp
{
    private readonly Dictionary<LoopEquation, Checkpointed> _checkpoints = new(ReferenceComparer<LoopEquation>.Instance);
    private readonly Dictionary<int, MemoryEquation> _views;

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

        LoopTrip trip = TripOf(e);
        int mirror = _builder.NewNumber();
        _loops[e] = (mirror, null);
        Value[] inputs = AsBefore(e, trip);
        _builder.BeginRegion();
        Value[] copies = trip.Written.Select(b => Buffers.Copy(b, _builder)).ToArray();
        Plain(e.Body);
        _builder.Add(e with { Body = _builder.EndRegion(e.Body.Yields, e.Body.Parameters), Mirror = mirror, Checkpoints = 0 });
        _checkpoints[e] = new Checkpointed(trip, inputs, copies);
    }

    /// <summary>What trips that are made again are called with: copies of arrays that they read and that change behind the loop.</summary>
    private Value[] AsBefore(LoopEquation e, LoopTrip trip) => trip.Inputs
        .Select(i => i.Type.IsBuffer && !trip.Written.Contains(i) && !_reloads.IsUnchangedAfter(e, i) ? Buffers.Copy(i, _builder) : i).ToArray();

    // The trips that are made again change memory of the caller, which ends as the primal part leaves it.
    private void ReverseCheckpoints(LoopEquation e)
    {
        Value[] changed = (HasSlots(e) ? _slotted[e].Trip : _checkpoints[e].Trip).Written.Where(b => !_activity.IsOwn(b)).ToArray();
        Value? mark = changed.Length > 0 ? Mark() : null;
        Value[] ends = changed.Select(b => Buffers.Copy(b, _builder)).ToArray();
        if (HasSlots(e))
        {
            ReverseSlots(e);
        }
        else
        {
            RunBackwards(e);
        }

        foreach ((Value buffer, Value end) in changed.Zip(ends, (b, k) => (b, k)))
        {
            PutBack(buffer, end);
        }

        Release(mark);
    }

    /// <summary>The reverse part of one trip of the outer loop, that is, of one segment.</summary>
    private void ReverseTrip(LoopEquation e, Func<int, Value?> cotangentOfColumn)
    {
        (LoopTrip trip, Value[] inputs, Value[] copies) = _checkpoints[e];
        Value mark = Mark();
        for (int i = 0; i < copies.Length; i++)
        {
            PutBack(trip.Written[i], copies[i]);
        }

        Pull(e, trip, inputs, cotangentOfColumn);
        Release(mark);
    }

    private void PutBack(Value buffer, Value copy) =>
        Buffers.ForEach(Buffers.Length(buffer, _builder), _builder, k => Buffers.Store(buffer, k, Buffers.Load(copy, k, _builder), _builder));

    // The trip is computed with what it started with, and its cotangents are added to.
    private void Pull(LoopEquation e, LoopTrip trip, Value[] arguments, Func<int, Value?> cotangentOfColumn)
    {
        int[] active = Enumerable.Range(0, trip.Inputs.Length)
            .Where(i => trip.Inputs[i].Type.IsDifferentiable && _activity.IsVaried(trip.Inputs[i])).ToArray();
        IrFunction pullback = Pipeline.Finish(Transform(trip.Function, active, _ => null, _library).CotangentsOnly, _library);
        IEnumerable<Value> seeds = Enumerable.Range(0, e.Body.Yields.Count).Where(i => e.Body.Yields[i].Type.IsFloat)
            .Select(i => cotangentOfColumn(i) ?? Literals.Zero(e.Body.Yields[i].Type));
        IEnumerable<Value> twins = active.Where(i => trip.Inputs[i].Type.IsBuffer).Select(i => TwinOf(trip.Inputs[i]));
        Value[] cotangents = Inline.Paste(pullback, arguments.Concat(seeds).Concat(twins).ToArray(), _builder);
        foreach ((int input, Value cotangent) in active.Where(i => trip.Inputs[i].Type.IsScalar).Zip(cotangents, (i, c) => (i, c)))
        {
            Accumulate(trip.Inputs[input], cotangent);
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

    private Value Mark() => Buffers.Mark(_builder);

    private void Release(Value? mark)
    {
        if (mark is not null)
        {
            Buffers.Release(mark, _builder);
        }
    }

    private LoopTrip TripOf(LoopEquation e) => LoopTrip.Of(e, _views, _activity.RootOf);

    /// <param name="Trip">One trip.</param>
    /// <param name="Inputs">What it is called with once more.</param>
    /// <param name="Copies">For each buffer that it writes, what that held before.</param>
    private sealed record Checkpointed(LoopTrip Trip, Value[] Inputs, Value[] Copies);
}
