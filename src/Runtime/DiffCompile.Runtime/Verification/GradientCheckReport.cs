using System.Text;

namespace DiffCompile.Verification;

/// <summary>Everything that was compared.</summary>
public sealed class GradientCheckReport
{
    private const int MaxListed = 20;

    internal GradientCheckReport(string name, int seed, IReadOnlyList<GradientCheckEntry> entries)
    {
        Name = name;
        Seed = seed;
        Entries = entries;
        Undecided = entries.GroupBy(e => e.Kind)
            .Where(kind => kind.All(e => e.Outcome == GradientCheckOutcome.Inconclusive))
            .Select(kind => kind.Key).ToArray();
    }

    /// <summary>Name of the checked function.</summary>
    public string Name { get; }

    /// <summary>Seed with which the same checks can be made again.</summary>
    public int Seed { get; }

    /// <summary>Each comparison, in the order in which it was made.</summary>
    public IReadOnlyList<GradientCheckEntry> Entries { get; }

    /// <summary>Kinds of check that said nothing at any point, because finite differences were too uncertain everywhere.</summary>
    public IReadOnlyList<GradientCheckKind> Undecided { get; }

    /// <summary>What failed.</summary>
    public IEnumerable<GradientCheckEntry> Failures => Entries.Where(e => e.Outcome == GradientCheckOutcome.Failed);

    /// <summary>Did nothing fail, and was every kind of check decided at one point at least?</summary>
    public bool IsConsistent => Undecided.Count == 0 && !Failures.Any();

    /// <exception cref="GradientCheckException">The derivatives are not those of the function; the message lists what failed.</exception>
    public void ThrowIfInconsistent()
    {
        if (!IsConsistent)
        {
            throw new GradientCheckException(ToString());
        }
    }

    /// <summary>A line in all, then a line for each failure (20 at most) and for each kind of check that decided nothing.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        int failed = Failures.Count();
        text.Append(FormattableString.Invariant(
            $"{Name}: {(IsConsistent ? "derivatives are consistent" : "derivatives are NOT consistent")}, {Entries.Count} checks, {failed} failed, seed {Seed}"));
        foreach (GradientCheckEntry entry in Failures.Take(MaxListed))
        {
            text.Append("\n  ").Append(entry);
        }

        if (failed > MaxListed)
        {
            text.Append(FormattableString.Invariant($"\n  … and {failed - MaxListed} more"));
        }

        foreach (GradientCheckKind kind in Undecided)
        {
            text.Append("\n  Undecided: ").Append(kind).Append(": finite differences were too uncertain at every point; narrow the ranges, or give points where the function is smooth");
        }

        return text.ToString();
    }
}

/// <summary>Derivatives are not those of their function.</summary>
/// <param name="message">What failed.</param>
public sealed class GradientCheckException(string message) : Exception(message);
