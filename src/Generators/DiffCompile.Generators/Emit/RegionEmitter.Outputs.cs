using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>The end of a block: assignments to the variables around it, or the member's outputs and its return.</summary>
internal sealed partial class RegionEmitter
{
    private void Assign(string target, Value value)
    {
        Fragment text = Fit([value], () => _member.Read(value), CodeWriter.Columns(_depth) + target.Length + 4);
        if (text.Bare != target)
        {
            Protect(target);
            Statement($"{target} = {text.Text};");
        }
    }

    private void Return(BlockTail tail)
    {
        OutputPlan plan = _member.Plan.Outputs;
        int returned = plan.Return?.LeafCount ?? 0;
        int next = returned;
        if (tail.Values.Count > returned && _waitingEffect is { } effect)
        {
            Materialize(effect);
        }

        foreach (NamedShape parameter in plan.OutParameters)
        {
            Value[] leaves = tail.Values.Skip(next).Take(parameter.Shape.LeafCount).ToArray();
            string target = Identifiers.Escape(parameter.Name);
            Fragment text = FitPacked(parameter.Shape, leaves, target.Length + 4);
            if (text.Bare != target)
            {
                Statement($"{target} = {text.Text};");
            }

            next += leaves.Length;
        }

        for (int element = 0; next < tail.Values.Count; element++, next++)
        {
            Assign($"{plan.Destination}[{Quote(element)}]", tail.Values[next]);
        }

        if (plan.Return is not null)
        {
            Statement($"return {FitPacked(plan.Return, tail.Values.Take(returned).ToArray(), 8).Text};");
        }
        else if (_member.Plan.ReturnType != "void")
        {
            Statement("return null;");
        }
        else if (!_isOutermost)
        {
            Statement("return;");
        }

        HasEnded = true;
    }

    private Fragment FitPacked(Shape shape, Value[] leaves, int overhead) => Fit(
        leaves,
        () =>
        {
            int leaf = 0;
            return ShapePacking.Pack(shape, () => _member.Read(leaves[leaf++]), _member.Names);
        },
        CodeWriter.Columns(_depth) + overhead,
        inOrder: true);
}
