using Shouldly;
using Xunit;

namespace DiffCompile.Runtime.Tests.Workspaces;

public sealed class BinomialCheckpointsTests
{
    // The fewest trips that have to be made is r·n − (s + r)!/((s + 1)! (r − 1)!), r the smallest number with n ≤ (s + r)!/(s! r!)
    // (Griewank and Walther 2000, equation 2). The first sweep goes to the end here, past the last state, which costs that
    // many trips more.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(7, 1)]
    [InlineData(10, 2)]
    [InlineData(100, 3)]
    [InlineData(100, 8)]
    [InlineData(1000, 10)]
    [InlineData(1000, 25)]
    [InlineData(50, 60)]
    public void Trips_are_repeated_as_seldom_as_possible(int trips, int slots)
    {
        int repetitions = 0;
        while (Choose(slots + repetitions, slots) < trips)
        {
            repetitions++;
        }

        double fewest = (repetitions * (double)trips) - Choose(slots + repetitions, slots + 1);
        (int made, int beyond) = Made(trips, slots);
        ((double)made - beyond).ShouldBe(fewest);
    }

    // Two states reverse 2³¹ − 1 trips with r = 65,535 repetitions, for (r + 1)(r + 2)/2 is the first that is not less; the upper one
    // alone reverses r + 1 of them, which therefore are left behind it.
    [Theory]
    [InlineData(0, 10, 0, 10)]
    [InlineData(3, 4, 5, 4)]
    [InlineData(0, 3, 2, 1)]
    [InlineData(0, int.MaxValue, 1, int.MaxValue - 65_536)]
    public void The_next_place_is_behind_the_last_one(int at, int end, int free, int expected) => BinomialCheckpoints.Next(at, end, free).ShouldBe(expected);

    private static (int Made, int Beyond) Made(int trips, int slots)
    {
        var places = new Stack<int>();
        int made = 0, beyond = 0;
        void Run(int from, int to, int next, int end)
        {
            for (int trip = from; trip < to; trip++)
            {
                if (trip == next)
                {
                    places.Push(trip);
                    places.Count.ShouldBeLessThanOrEqualTo(slots);
                    next = BinomialCheckpoints.Next(trip, end, slots - places.Count);
                    next.ShouldBeInRange(trip + 1, end);
                }

                made++;
            }
        }

        Run(0, trips, 0, trips);
        made--;
        beyond = trips - 1 - places.Peek();
        for (int trip = trips - 1; trip >= 0; trip--)
        {
            Run(places.Peek(), trip, BinomialCheckpoints.Next(places.Peek(), trip + 1, slots - places.Count), trip + 1);
            if (places.Peek() == trip)
            {
                places.Pop();
            }
        }

        return (made, beyond);
    }

    private static double Choose(int n, int k) => k < 0 || k > n ? 0.0 : Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);
}
