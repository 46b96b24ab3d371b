using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>What happens at the end of a block: its values go to variables, or are returned.</summary>
/// <param name="Values">The values of the block that leave it.</param>
/// <param name="Targets">The variables, one per value; null to return the values as the member's outputs.</param>
internal sealed record BlockTail(EquatableArray<Value> Values, IReadOnlyList<string>? Targets)
{
    public static readonly BlockTail None = new([], []);

    public bool Returns => Targets is null;

    /// <summary>Those of the variables that hold an older value until then.</summary>
    public IReadOnlyCollection<string> Reused { get; init; } = [];

    /// <summary>The tail of one side of a branch that stands at the end of the block.</summary>
    public BlockTail ForSide(IfEquation branch, Region side) => this with
    {
        Values = Values.Select(v => IndexOf(branch, v) is var i and >= 0 ? side.Yields[i] : v).ToEquatableArray(),
    };

    /// <summary>Only the values that a branch makes.</summary>
    public BlockTail OnlyResultsOf(IfEquation branch)
    {
        int[] kept = Enumerable.Range(0, Values.Count).Where(i => IndexOf(branch, Values[i]) >= 0).ToArray();
        return this with { Values = kept.Select(i => Values[i]).ToEquatableArray(), Targets = kept.Select(i => Targets![i]).ToArray() };
    }

    public static int IndexOf(IfEquation branch, Value value)
    {
        for (int i = 0; i < branch.Results.Count; i++)
        {
            if (!value.IsConstant && branch.Results[i].Id == value.Id)
            {
                return i;
            }
        }

        return -1;
    }
}
