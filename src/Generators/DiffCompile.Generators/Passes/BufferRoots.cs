using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Which memory a buffer is a view of: an input, or a reservation. Two buffers with different roots share no element; the
/// members of a method check that at entry for the inputs.
/// </summary>
internal sealed class BufferRoots
{
    private readonly Dictionary<int, int> _roots = new();
    private readonly Dictionary<int, Value[]> _pushed = new();

    public BufferRoots(IrFunction function)
    {
        foreach (Value input in function.Inputs.Where(i => i.Type.IsBuffer))
        {
            _roots[input.Id] = input.Id;
        }

        // A handle may go through the stack before it was seen to be pushed: twice round reaches all.
        for (int known = -1; known < _roots.Count;)
        {
            known = _roots.Count;
            Visit(function.Body);
        }
    }

    /// <summary>The id of the root; 0 for what is no memory.</summary>
    public int Of(Value value) => !value.IsConstant && _roots.TryGetValue(value.Id, out int root) ? root : 0;

    private void Visit(Region region)
    {
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case MemoryEquation { Op: MemoryOp.Slice or MemoryOp.View } e:
                    Set(e.Result, Of(e.Arguments[0]));
                    break;
                case MemoryEquation { Op: MemoryOp.Reserve } e:
                    Set(e.Result, e.Result.Id);
                    break;
                case MemoryEquation { Op: MemoryOp.Push } e:
                    _pushed[e.Slot] = e.Arguments.ToArray();
                    break;
                case MemoryEquation { Op: MemoryOp.Pop } e when _pushed.TryGetValue(e.Slot, out Value[]? pushed):
                    for (int i = 0; i < pushed.Length; i++)
                    {
                        Set(e.Results[i], Of(pushed[i]));
                    }

                    break;
                case IfEquation e:
                    Visit(e.Then);
                    Visit(e.Else);
                    for (int i = 0; i < e.Results.Count; i++)
                    {
                        Set(e.Results[i], Math.Max(Of(e.Then.Yields[i]), Of(e.Else.Yields[i])));
                    }

                    break;
                default:
                    foreach (Region nested in equation.Regions)
                    {
                        Visit(nested);
                    }

                    break;
            }
        }
    }

    private void Set(Value value, int root)
    {
        if (root != 0)
        {
            _roots[value.Id] = root;
        }
    }
}
