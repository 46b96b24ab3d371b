using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Which elements can be read once more by the reverse part: those of memory that no statement writes after the element was
/// read. Memory ends as the primal part leaves it, so such an element is still what it was.
/// </summary>
internal sealed class Reloads
{
    private readonly BufferRoots _roots;
    private readonly Dictionary<int, List<Place>> _writes = new();
    private readonly Dictionary<int, Place> _reserved = new();
    private readonly Dictionary<int, int> _marks = new();
    private readonly Dictionary<MemoryEquation, Place> _loads = new(ReferenceComparer<MemoryEquation>.Instance);
    private readonly Dictionary<LoopEquation, Place> _loops = new(ReferenceComparer<LoopEquation>.Instance);
    private readonly Dictionary<ExternalCallEquation, Place> _calls = new(ReferenceComparer<ExternalCallEquation>.Instance);
    private readonly List<LoopEquation> _around = [];
    private int _now;

    public Reloads(IrFunction function)
    {
        _roots = new BufferRoots(function);
        Visit(function.Body);
    }

    public bool IsUnchanged(MemoryEquation load)
    {
        if (!_loads.TryGetValue(load, out Place? read))
        {
            return false;
        }

        return IsUnchangedAfter(read, load.Buffer);
    }

    /// <summary>Does memory that is handed to ordinary C# hold in the end what it held when that returned?</summary>
    public bool IsUnchangedAfter(ExternalCallEquation call, Value buffer) =>
        _calls.TryGetValue(call, out Place? place) && IsUnchangedAfter(place, buffer);

    /// <summary>Does memory that a loop only reads hold in the end what it held there?</summary>
    public bool IsUnchangedAfter(LoopEquation loop, Value buffer) => _loops.TryGetValue(loop, out Place? place) && IsUnchangedAfter(place, buffer);

    private bool IsUnchangedAfter(Place read, Value buffer)
    {
        int root = _roots.Of(buffer);
        if (root == 0)
        {
            return false;
        }

        // A loop around the reservation itself gives each of its trips memory of its own.
        LoopEquation[] own = _reserved.TryGetValue(root, out Place? made) ? made.Loops : [];
        return !_writes.TryGetValue(root, out List<Place>? writes)
            || writes.TrueForAll(w => w.When <= read.When && !w.Loops.Skip(own.Length).Any(l => read.Loops.Any(r => ReferenceEquals(r, l))));
    }

    /// <summary>Does any statement inside the loop write the memory?</summary>
    public bool IsWrittenIn(LoopEquation loop, Value buffer)
    {
        int root = _roots.Of(buffer);
        return root == 0 || (_writes.TryGetValue(root, out List<Place>? writes) && writes.Exists(w => w.Loops.Any(l => ReferenceEquals(l, loop))));
    }

    private void Visit(Region region)
    {
        foreach (Equation equation in region.Body)
        {
            _now++;
            switch (equation)
            {
                case MemoryEquation { Op: MemoryOp.Load } e:
                    _loads[e] = Here();
                    break;
                case MemoryEquation { Op: MemoryOp.Reserve } e:
                    _reserved[e.Result.Id] = Here();
                    break;
                case MemoryEquation { Op: MemoryOp.Mark } e:
                    _marks[e.Result.Id] = _now;
                    break;
                case MemoryEquation { Op: MemoryOp.Release } e:
                    // Whatever is reserved next may take its place.
                    foreach (int root in _reserved.Where(r => !_marks.TryGetValue(e.Arguments[0].Id, out int mark) || r.Value.When > mark).Select(r => r.Key).ToArray())
                    {
                        Write(root);
                    }

                    break;
                case MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e:
                    Write(e.Buffer);
                    break;
                case ClearEquation e:
                    Write(e.Buffer);
                    break;
                case ExternalCallEquation e:
                    _calls[e] = Here();
                    foreach (Value buffer in CustomRules.Written(e))
                    {
                        Write(buffer);
                    }

                    break;
                case CallEquation:
                    foreach (Value buffer in equation.Operands.Where(o => o.Type.IsWritable))
                    {
                        Write(buffer);
                    }

                    break;
            }

            if (equation is LoopEquation loop)
            {
                _loops[loop] = Here();
                _around.Add(loop);
            }

            foreach (Region nested in equation.Regions)
            {
                Visit(nested);
            }

            if (equation is LoopEquation)
            {
                _around.RemoveAt(_around.Count - 1);
            }
        }
    }

    private Place Here() => new(_now, _around.ToArray());

    private void Write(Value buffer) => Write(_roots.Of(buffer));

    private void Write(int root)
    {
        if (!_writes.TryGetValue(root, out List<Place>? places))
        {
            places = [];
            _writes.Add(root, places);
        }

        places.Add(Here());
    }

    private sealed record Place(int When, LoopEquation[] Loops);
}
