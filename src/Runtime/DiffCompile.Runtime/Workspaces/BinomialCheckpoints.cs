namespace DiffCompile;

/// <summary>
/// Where the states of a loop with binomial checkpoints are kept. Called by generated code (Griewank and Walther, Algorithm 799:
/// revolve, ACM Trans. Math. Softw. 26, 19, 2000; the bounds on the place are those of their section 2).
/// </summary>
public static class BinomialCheckpoints
{
    /// <summary>
    /// The trip at whose start the next state is kept, so that the trips from <paramref name="at"/> on can be reversed with the
    /// fewest repetitions.
    /// </summary>
    /// <param name="at">The trip whose start is the last state that is kept.</param>
    /// <param name="end">The first trip that is not to be reversed, above <paramref name="at"/>.</param>
    /// <param name="free">How many more states can be kept.</param>
    /// <returns>A trip between the two, or <paramref name="end"/> where nothing more is kept.</returns>
    public static int Next(int at, int end, int free)
    {
        int trips = end - at;
        if (free <= 0 || trips <= 1)
        {
            return end;
        }

        // The smallest number of repetitions that does.
        int slots = free + 1;
        int repetitions = 1;
        while (Reach(slots, repetitions) < trips)
        {
            repetitions++;
        }

        // What follows the place is reversed with one state less, what precedes it with one repetition less.
        long earliest = Math.Max(trips - Reach(slots - 1, repetitions), Reach(slots, repetitions - 2));
        return at + (int)Math.Clamp(earliest, 1, trips - 1);
    }

    /// <summary>How many trips can be reversed: (slots + repetitions)! / (slots! repetitions!), as far as it is below 2³².</summary>
    private static long Reach(int slots, int repetitions)
    {
        if (repetitions < 0)
        {
            return 0;
        }

        (int few, int many) = slots < repetitions ? (slots, repetitions) : (repetitions, slots);
        long reach = 1;
        for (int i = 1; i <= few; i++)
        {
            reach = reach * (many + i) / i;
            if (reach > uint.MaxValue)
            {
                return uint.MaxValue;
            }
        }

        return reach;
    }
}
