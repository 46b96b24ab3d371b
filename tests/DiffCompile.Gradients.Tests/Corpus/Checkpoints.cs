using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Loops of which only some states are kept.</summary>
public static partial class Checkpoints
{
    [Checkpoint]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Recurrence(double x, double k)
    {
        double y = x;
        for (int i = 0; i < 23; i++)
        {
            y = Math.Sin(y + (k * i)) + (0.1 * y * x);
        }

        return y * k;
    }

    [Checkpoint(3)]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double RecurrenceInSlots(double x, double k)
    {
        double y = x;
        for (int i = 0; i < 23; i++)
        {
            y = Math.Sin(y + (k * i)) + (0.1 * y * x);
        }

        return y * k;
    }

    // Neither one trip nor none is anything special; two states and a bound from outside; counts down.
    [Checkpoint(CheckpointSchedule.SquareRoot)]
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.75, 0)]
    [Point(0.5, 0.75, 1)]
    [Point(0.5, 0.75, 2)]
    [Point(0.5, 0.75, 17)]
    public static double AnyTrips(double x, double k, int n)
    {
        double y = x, z = k;
        int odd = 1;
        for (int i = n; i > 0; i--)
        {
            double old = y;
            y = (odd == 1 ? 0.9 : 1.1) * Math.Cos(y * z);
            z = old + (0.01 * i * k);
            odd = 1 - odd;
        }

        return y * z;
    }

    [Checkpoint(2)]
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.75, 0)]
    [Point(0.5, 0.75, 1)]
    [Point(0.5, 0.75, 2)]
    [Point(0.5, 0.75, 17)]
    public static double AnyTripsInSlots(double x, double k, int n)
    {
        double y = x, z = k;
        int odd = 1;
        for (int i = n; i > 0; i--)
        {
            double old = y;
            y = (odd == 1 ? 0.9 : 1.1) * Math.Cos(y * z);
            z = old + (0.01 * i * k);
            odd = 1 - odd;
        }

        return y * z;
    }

    // Arrays of the method, of the caller and of a trip; one is only read.
    [Checkpoint]
    private static void Relax(Span<double> u, ReadOnlySpan<double> force, double k, Span<int> visits, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            double[] next = new double[u.Length];
            for (int i = 1; i < u.Length - 1; i++)
            {
                next[i] = u[i] + (k * (u[i - 1] - (2.0 * u[i]) + u[i + 1])) + (0.1 * force[i] * Math.Sin(u[i]));
                visits[i] += i;
            }

            for (int i = 1; i < u.Length - 1; i++)
            {
                u[i] = next[i] * (1.0 + (0.001 * visits[i]));
            }
        }
    }

    [Checkpoint(4)]
    private static void RelaxInSlots(Span<double> u, ReadOnlySpan<double> force, double k, Span<int> visits, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            double[] next = new double[u.Length];
            for (int i = 1; i < u.Length - 1; i++)
            {
                next[i] = u[i] + (k * (u[i - 1] - (2.0 * u[i]) + u[i + 1])) + (0.1 * force[i] * Math.Sin(u[i]));
                visits[i] += i;
            }

            for (int i = 1; i < u.Length - 1; i++)
            {
                u[i] = next[i] * (1.0 + (0.001 * visits[i]));
            }
        }
    }

    [EmitsNot("forceKept")]
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double Heat([Length(5)] ReadOnlySpan<double> start, [Length(5)] ReadOnlySpan<double> force, double k)
    {
        Span<double> u = new double[5];
        Span<int> visits = new int[5];
        start.CopyTo(u);
        Relax(u, force, 0.2 * k, visits, 11);
        return (u[1] * u[2]) + (u[3] * k) + visits[3];
    }

    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double HeatInSlots([Length(5)] ReadOnlySpan<double> start, [Length(5)] ReadOnlySpan<double> force, double k)
    {
        Span<double> u = new double[5];
        Span<int> visits = new int[5];
        start.CopyTo(u);
        RelaxInSlots(u, force, 0.2 * k, visits, 11);
        return (u[1] * u[2]) + (u[3] * k) + visits[3];
    }

    // What the caller handed in is read before, changed in the loop, and read afterwards.
    [Checkpoint]
    [Differentiable]
    public static double InCallersMemory([Length(3)] Span<double> u, double k)
    {
        double before = u[0] * u[2];
        for (int i = 0; i < 10; i++)
        {
            u[i % 3] += k * Math.Sin(u[(i + 1) % 3]);
        }

        return before * u[1] * k;
    }

    [Checkpoint(3)]
    [Differentiable]
    public static double InCallersMemoryInSlots([Length(3)] Span<double> u, double k)
    {
        double before = u[0] * u[2];
        for (int i = 0; i < 10; i++)
        {
            u[i % 3] += k * Math.Sin(u[(i + 1) % 3]);
        }

        return before * u[1] * k;
    }

    // Parts of arrays, branches, and a number that only some trips change.
    [Checkpoint]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double PartsAndBranches(double x, double k)
    {
        Span<double> all = new double[6];
        Span<double> left = all[..3], right = all[3..];
        all.Fill(x);
        double sum = k;
        for (int i = 0; i < 14; i++)
        {
            if (i % 2 == 0)
            {
                left[i % 3] = (sum * 0.3) + (right[(i + 1) % 3] * k);
            }
            else
            {
                right[i % 3] -= left[0] * x * 0.1;
                sum += right[1] * 0.2;
            }
        }

        return sum * all[4];
    }

    // Two loops one after the other, and one within another method's loop.
    [Checkpoint]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double TwoLoops(double x, double k)
    {
        double y = x;
        for (int i = 0; i < 7; i++)
        {
            y = Math.Sin(y * k) + x;
        }

        double z = y;
        for (int i = 2; i <= 9; i++)
        {
            z = Math.Cos(z + y) * k;
        }

        return z * y;
    }

    [Checkpoint]
    private static double Inner(double y, double k, int n)
    {
        for (int i = 0; i < n; i++)
        {
            y = Math.Sin(y * k) + (0.1 * y);
        }

        return y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double InALoop(double x, double k)
    {
        double y = x;
        for (int i = 0; i < 4; i++)
        {
            y += Inner(y, k, 3 + i);
        }

        return y;
    }

    [Checkpoint(2)]
    private static double InnerInSlots(Span<double> y, double k, int n)
    {
        for (int i = 0; i < n; i++)
        {
            y[0] = Math.Sin(y[0] * k) + (0.1 * y[0]);
        }

        return y[0];
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double InALoopInSlots(double x, double k)
    {
        Span<double> y = [x];
        double sum = x;
        for (int i = 0; i < 4; i++)
        {
            sum += InnerInSlots(y, k, 3 + i) * sum;
        }

        return sum;
    }

    // A trip with a system of equations, whose rule keeps memory.
    [Checkpoint]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WithASystem(double x, double k)
    {
        Span<double> a = [3.0, k, 1.0, 2.0 + x];
        Span<double> b = [x, 1.0], y = new double[2], factors = new double[4];
        Span<int> pivots = new int[2];
        for (int i = 0; i < 6; i++)
        {
            DiffCompile.Mathematics.Linear.Solve(a, b, y, factors, pivots);
            b[0] = y[1] + (0.1 * k);
            b[1] = y[0] - x;
        }

        return y[0] * y[1];
    }

    [Checkpoint]
    [Differentiable]
    public static float Single(float x, float k)
    {
        float y = x;
        for (int i = 0; i < 12; i++)
        {
            y = MathF.Sin(y + (k * i));
        }

        return y;
    }

    [Checkpoint(3)]
    [Differentiable]
    public static float SingleInSlots(float x, float k)
    {
        float y = x;
        for (int i = 0; i < 12; i++)
        {
            y = MathF.Sin(y + (k * i));
        }

        return y;
    }

    // All modes, several results, a flag that is carried on, and a guard.
    [Checkpoint]
    [Differentiable(DerivativeModes.All)]
    public static double Guarded(double x, double k)
    {
        bool up = true;
        double y = x;
        for (int i = 0; i < 10; i++)
        {
            if (y > 1e6)
            {
                throw new InvalidOperationException("too large");
            }

            y = up ? Math.Exp(-y * k) : Math.Cos(y + x);
            up = !up;
        }

        return up ? y : -y;
    }

    [Checkpoint(2)]
    [Differentiable(DerivativeModes.All)]
    public static double GuardedInSlots(double x, double k)
    {
        bool up = true;
        double y = x;
        for (int i = 0; i < 10; i++)
        {
            if (y > 1e6)
            {
                throw new InvalidOperationException("too large");
            }

            y = up ? Math.Exp(-y * k) : Math.Cos(y + x);
            up = !up;
        }

        return up ? y : -y;
    }

    [Checkpoint]
    [Differentiable]
    public static (double Sum, double Product) TwoResults(double x, double k)
    {
        double y = x, z = k;
        for (int i = 0; i < 9; i++)
        {
            (y, z) = (Math.Sin(y + z), (0.5 * z) + (0.3 * y * y));
        }

        return (y + z, y * z);
    }

    [Checkpoint(2)]
    [Differentiable]
    public static (double Sum, double Product) TwoResultsInSlots(double x, double k)
    {
        double y = x, z = k;
        for (int i = 0; i < 9; i++)
        {
            (y, z) = (Math.Sin(y + z), (0.5 * z) + (0.3 * y * y));
        }

        return (y + z, y * z);
    }

    // The same memory of the caller, changed in each trip of a loop around the one with checkpoints.
    [Checkpoint]
    private static void Shake(Span<double> u, double k, int n)
    {
        for (int i = 0; i < n; i++)
        {
            u[i % 3] += k * Math.Sin(u[(i + 1) % 3]);
        }
    }

    [Checkpoint(2)]
    private static void ShakeInSlots(Span<double> u, double k, int n)
    {
        for (int i = 0; i < n; i++)
        {
            u[i % 3] += k * Math.Sin(u[(i + 1) % 3]);
        }
    }

    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double CallersMemoryInALoop([Length(3)] Span<double> u, double k)
    {
        double sum = 0.0;
        for (int i = 0; i < 3; i++)
        {
            Shake(u, k, 4 + i);
            sum += u[0] * u[2];
            u[1] *= sum;
        }

        return sum * u[1];
    }

    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double CallersMemoryInALoopInSlots([Length(3)] Span<double> u, double k)
    {
        double sum = 0.0;
        for (int i = 0; i < 3; i++)
        {
            ShakeInSlots(u, k, 4 + i);
            sum += u[0] * u[2];
            u[1] *= sum;
        }

        return sum * u[1];
    }

    [Expect]
    public static bool CallersMemoryEndsAsTheMethodLeavesIt()
    {
        double[] expected = [0.5, -0.3, 0.8], roots = [0.5, -0.3, 0.8], slots = [0.5, -0.3, 0.8];
        CallersMemoryInALoop(expected, 0.7);
        CallersMemoryInALoopVjp(roots, 0.7, 1.0, new double[3]);
        CallersMemoryInALoopInSlotsVjp(slots, 0.7, 1.0, new double[3]);
        return roots.AsSpan().SequenceEqual(expected) && slots.AsSpan().SequenceEqual(expected);
    }

    // Checkpoints within checkpoints, of both kinds, and a loop of another kind inside.
    [Checkpoint]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SlotsInRoots(double x, double k)
    {
        Span<double> y = [x, k];
        double sum = 0.0;
        for (int i = 0; i < 5; i++)
        {
            ShakePair(y, k, 3 + i);
            for (int j = i; j >= 0; j -= 2)
            {
                sum += y[j & 1] * x;
                if (sum > 50.0)
                {
                    break;
                }
            }
        }

        return sum;
    }

    [Checkpoint(2)]
    private static void ShakePair(Span<double> u, double k, int n)
    {
        for (int i = 0; i < n; i++)
        {
            u[i & 1] += 0.2 * k * Math.Sin(u[1 - (i & 1)]);
        }
    }

    [Checkpoint(2)]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double RootsInSlots(double x, double k)
    {
        double y = x;
        for (int i = 0; i < 5; i++)
        {
            y = Inner(y, k, i) - (0.1 * x * y);
        }

        return y;
    }

    // Local functions and lambdas have loops of their own; only one path has a loop.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double InLocalFunctions(double x, double k)
    {
        double y = x;
        Func<double, double> damp = [Checkpoint(2)] (double t) =>
        {
            for (int i = 0; i < 6; i++)
            {
                t = Math.Cos(t * k) + y;
            }

            return t;
        };
        if (k > 0.0)
        {
            Advance(7);
        }

        double z = damp(y * x);
        Advance(3);
        return y * z;

        [Checkpoint]
        void Advance(int n)
        {
            for (int i = 0; i < n; i++)
            {
                y = Math.Sin(y * k) + (0.1 * x);
            }
        }
    }

    // Elements of an array in order, and a matrix.
    [Checkpoint]
    [Differentiable]
    public static double OverElements(ReadOnlySpan<double> a, [Length(2, 2)] double[,] m, double k)
    {
        double y = k;
        foreach (double e in a)
        {
            m[0, 1] = Math.Sin(m[1, 0] * y) + e;
            m[1, 0] *= m[0, 1];
            y += m[1, 0] * m[0, 0];
        }

        return y * m[0, 1];
    }

    [Checkpoint(2)]
    [Differentiable]
    public static double OverElementsInSlots([Length(5)] ReadOnlySpan<double> a, [Length(2, 2)] double[,] m, double k)
    {
        double y = k;
        foreach (double e in a)
        {
            m[0, 1] = Math.Sin(m[1, 0] * y) + e;
            m[1, 0] *= m[0, 1];
            y += m[1, 0] * m[0, 0];
        }

        return y * m[0, 1];
    }

    // The tangent of a loop with checkpoints is differentiated in turn.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double UsesItsTangent(double x, double k)
    {
        (double value, double tangent) = RecurrenceJvp(x, k, 1.0, x);
        (_, double inSlots) = RecurrenceInSlotsJvp(x, k, k, 1.0);
        return (tangent * k) + (value * x * inSlots);
    }

    // Nothing that the first loop computes varies.
    [Checkpoint(2)]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double Constant(double x, [NoGradient] double k)
    {
        double y = k;
        for (int i = 0; i < 6; i++)
        {
            y = Math.Sin(y * k);
        }

        double z = x;
        for (int i = 9; i >= 3; i--)
        {
            z = Math.Sin(y * z) + (z * 0.1 * i);
        }

        return z;
    }

    // What a loop only reads changes behind it.
    [Checkpoint]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ReadsWhatChangesLater(double x, double k)
    {
        Span<double> a = [x, k, x * k];
        double y = x;
        for (int i = 0; i < 8; i++)
        {
            y = Math.Sin(y * a[i % 3]) + a[(i + 1) % 3];
        }

        a[0] = y * k;
        a[1] *= y;
        for (int i = 0; i < 6; i++)
        {
            y = Math.Cos(y + a[i % 3]);
        }

        a[2] = 0.0;
        return y * (a[0] + a[1]);
    }

    [Checkpoint(3)]
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ReadsWhatChangesLaterInSlots(double x, double k)
    {
        Span<double> a = [x, k, x * k];
        double y = x;
        for (int i = 0; i < 8; i++)
        {
            y = Math.Sin(y * a[i % 3]) + a[(i + 1) % 3];
        }

        a[0] = y * k;
        a[1] *= y;
        for (int i = 0; i < 6; i++)
        {
            y = Math.Cos(y + a[i % 3]);
        }

        a[2] = 0.0;
        return y * (a[0] + a[1]);
    }

    // And where a loop stands around it, in memory of the caller.
    [Checkpoint]
    private static double Chain(ReadOnlySpan<double> a, double y, int n)
    {
        for (int i = 0; i < n; i++)
        {
            y = Math.Sin(y * a[i % 3]) + a[(i + 1) % 3];
        }

        return y;
    }

    [Checkpoint(2)]
    private static double ChainInSlots(ReadOnlySpan<double> a, double y, int n)
    {
        for (int i = 0; i < n; i++)
        {
            y = Math.Sin(y * a[i % 3]) + a[(i + 1) % 3];
        }

        return y;
    }

    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double ReadsWhatChangesAround([Length(3)] Span<double> u, double k)
    {
        double y = k;
        for (int i = 0; i < 3; i++)
        {
            y = 0.4 * (Chain(u, y, 4 + i) + ChainInSlots(u, y, 3));
            u[i] = Math.Cos(u[i] * y);
        }

        return y * u[2];
    }

    /// <summary>A recursion in a loop whose trips run more than once: what it needs is computed again.</summary>
    [Checkpoint]
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, 0.9, 3)]
    public static double Recursion(double x, double y, [NoGradient] int n)
    {
        double s = Nested(x, n);
        for (int i = 0; i < 7; i++)
        {
            s = (0.75 * s) + Math.Sin(y * Nested(s, n));
        }

        return s * Nested(s, 2);
    }

    [Checkpoint(2)]
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.6, 0.9, 3)]
    public static double RecursionInSlots(double x, double y, [NoGradient] int n)
    {
        double s = Nested(x, n);
        for (int i = 0; i < 7; i++)
        {
            s = (0.75 * s) + Math.Sin(y * Nested(s, n));
        }

        return s * Nested(s, 2);
    }

    private static double Nested(double t, int n) => n == 0 ? t : Math.Cos(t * Nested(t * 0.75, n - 1));
}
