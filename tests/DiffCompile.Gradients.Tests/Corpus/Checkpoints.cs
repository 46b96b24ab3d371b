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
}
