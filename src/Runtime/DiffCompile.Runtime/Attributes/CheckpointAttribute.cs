namespace DiffCompile;

/// <summary>
/// Trades time for memory in the reverse part of long loops: of the loops of this method that stand in no other loop only some
/// states are kept, and what the reverse part needs of a trip is computed again from the last state before it. A state is what
/// a trip starts with: the variables that the loop carries on, and the arrays that it writes to.
/// <para>
/// The loops must count by one up or down to a bound that is known when they start, and be left by nothing but that. Derivatives
/// do not depend on the schedule, except for the order in which contributions to one cotangent are summed.
/// </para>
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CheckpointAttribute : Attribute
{
    /// <summary>Checkpoints by a schedule that needs no number.</summary>
    /// <param name="schedule">The schedule.</param>
    public CheckpointAttribute(CheckpointSchedule schedule = CheckpointSchedule.SquareRoot) => Schedule = schedule;

    /// <summary>
    /// Binomial checkpoints: at most <paramref name="slots"/> states are kept at a time, placed so that the number of trips that
    /// are computed again is the smallest possible (Griewank and Walther, Algorithm 799: revolve, ACM Trans. Math. Softw. 26, 19,
    /// 2000). With s slots and r repetitions of the loop, (s + r)!/(s! r!) trips can be reversed.
    /// </summary>
    /// <param name="slots">Number of states, at least 1.</param>
    public CheckpointAttribute(int slots) => (Schedule, Slots) = (CheckpointSchedule.Binomial, slots);

    /// <summary>The schedule.</summary>
    public CheckpointSchedule Schedule { get; }

    /// <summary>Number of states of the binomial schedule; 0 for the others.</summary>
    public int Slots { get; }
}

/// <summary>Which states of a loop are kept for its reverse part.</summary>
public enum CheckpointSchedule
{
    /// <summary>Everything that the reverse part needs is kept in the first sweep, as without the attribute.</summary>
    StoreAll,

    /// <summary>
    /// A state for every √N of N trips. The reverse part runs √N trips again, keeps what it needs of them, and reverses them: one
    /// more sweep, and memory for √N states and √N trips.
    /// </summary>
    SquareRoot,

    /// <summary>A given number of states, see <see cref="CheckpointAttribute(int)"/>.</summary>
    Binomial,
}
