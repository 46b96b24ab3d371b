using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Which buffers have the same length for certain: the scalars of one array of structs, and parts and reservations of the same
/// number of elements. An index that is inside of one is inside of the others.
/// </summary>
internal sealed class BufferLengths
{
    private readonly Dictionary<int, Value> _lengths = new();

    public BufferLengths(IrFunction function)
    {
        Value? first = null;
        int last = 0;
        foreach (Value input in function.Inputs.Where(i => i.Type.IsBuffer))
        {
            // The scalars of one parameter follow each other in the order of its type.
            int at = PositionOf(input.Type.Part);
            bool isSame = at > last && first?.Type.Part is { } part && part.Item == input.Type.Part!.Item;
            first = isSame ? first : input;
            last = at;
            _lengths[input.Id] = first!;
        }

        foreach (MemoryEquation e in function.Body.AllEquations().OfType<MemoryEquation>())
        {
            if (e.Op == MemoryOp.Slice)
            {
                _lengths[e.Result.Id] = e.Arguments[2];
            }
            else if (e.Op == MemoryOp.View)
            {
                _lengths[e.Result.Id] = e.Arguments[1];
            }
        }
    }

    /// <summary>Equal for buffers of equal length: their number of elements, or a buffer that has as many.</summary>
    public Value Of(Value buffer) => _lengths.TryGetValue(buffer.Id, out Value? length) ? length : buffer;

    private static int PositionOf(ItemPart? part)
    {
        int at = 0;
        foreach (Leaf leaf in part?.Item.Leaves ?? [])
        {
            at++;
            if (leaf.Path == part!.Path)
            {
                return at;
            }
        }

        return 0;
    }
}
