using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Rules of methods that read memory which changes later, and of methods that write memory.</summary>
public static partial class RuleMemory
{
    private static double Squares(ReadOnlySpan<double> x, double scale)
    {
        double sum = 0.0;
        foreach (double v in x)
        {
            sum += v * v;
        }

        return scale * sum;
    }

    [DerivativeOf(nameof(Squares))]
    private static double SquaresVjp(ReadOnlySpan<double> x, double scale, double value, double valueBar, Span<double> xBar)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            xBar[i] += 2.0 * scale * x[i] * valueBar;
            sum += x[i] * x[i];
        }

        return sum * valueBar;
    }

    [DerivativeOf(nameof(Squares), RuleKind.Jvp)]
    private static double SquaresJvp(ReadOnlySpan<double> x, double scale, ReadOnlySpan<double> xDot, double scaleDot)
    {
        double sum = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += (2.0 * scale * x[i] * xDot[i]) + (x[i] * x[i] * scaleDot);
        }

        return sum;
    }

    // The pullback runs when the memory holds something else.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ChangedAfterwards(double a, double k)
    {
        Span<double> y = new double[2];
        y[0] = a;
        y[1] = a * k;
        double first = Squares(y, k);
        y[0] = first;
        y[1] = k;
        return first + Squares(y, a);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ChangedInEachTrip(double a, double k)
    {
        Span<double> y = new double[3];
        double sum = 0.0;
        for (int i = 0; i < 4; i++)
        {
            y[i % 3] = a + (0.1 * i * k);
            sum += Squares(y, k) * (i + 1);
        }

        return sum * Squares(y, 0.5);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ChangedOnOneSide(double a, double k)
    {
        double[] y = [a, a * k];
        double sum = 0.0;
        for (int i = 0; i < 3; i++)
        {
            if (i != 1)
            {
                Span<double> part = y.AsSpan(0, 1);
                sum += Squares(part, k + i);
                part[0] += k;
            }
        }

        return sum;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double MadeInEachTrip(double a, double k)
    {
        double sum = a;
        for (int i = 1; i < 4; i++)
        {
            double[] y = new double[i];
            y[i - 1] = sum * 0.3;
            sum += Squares(y, k);
        }

        return sum;
    }

    // y = k·x², element by element.
    private static void Map(ReadOnlySpan<double> x, double k, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = k * x[i] * x[i];
        }
    }

    [DerivativeOf(nameof(Map))]
    private static double MapVjp(ReadOnlySpan<double> x, double k, Span<double> y, Span<double> xBar, Span<double> yBar)
    {
        double kBar = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            xBar[i] += 2.0 * k * x[i] * yBar[i];
            kBar += x[i] * x[i] * yBar[i];
            yBar[i] = 0.0;
        }

        return kBar;
    }

    [DerivativeOf(nameof(Map), RuleKind.Jvp)]
    private static void MapJvp(ReadOnlySpan<double> x, double k, Span<double> y, ReadOnlySpan<double> xDot, double kDot, Span<double> yDot)
    {
        for (int i = 0; i < x.Length; i++)
        {
            yDot[i] = (2.0 * k * x[i] * xDot[i]) + (x[i] * x[i] * kDot);
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WritesOnce(double a, double k)
    {
        Span<double> x = [a, k, a * k];
        Span<double> y = new double[3];
        y[1] = a;
        double before = y[1];
        Map(x, k, y);
        return (y[0] * y[1]) + (y[2] * before);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double WritesInEachTrip(double a, double k)
    {
        Span<double> x = [a, k];
        Span<double> y = new double[2];
        for (int i = 0; i < 3; i++)
        {
            Map(x, 0.5 + (0.1 * i * k), y);
            x[0] = y[1] + a;
            x[1] = y[0];
        }

        return x[0] * x[1];
    }

    // Only a number varies, and where it goes nothing varied before.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double FromTable(double k)
    {
        ReadOnlySpan<double> x = [0.5, -1.5];
        Span<double> y = new double[2];
        Map(x, k, y);
        return Math.Sin(y[0]) * y[1];
    }

    // What varied is overwritten by what does not.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double OverwrittenByConstants(double a)
    {
        ReadOnlySpan<double> x = [0.5, -1.5];
        Span<double> y = new double[2];
        y[0] = a;
        double before = y[0] * a;
        Map(x, 2.0, y);
        return before * y[0] * y[1];
    }

    [Differentiable]
    public static void MapInto(ReadOnlySpan<double> x, double k, Span<double> y) => Map(x, k * k, y);

    // x → k·x in place: the rule sees the memory as it was left.
    private static void Scale(Span<double> x, double k)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] *= k;
        }
    }

    [DerivativeOf(nameof(Scale))]
    private static double ScaleVjp(Span<double> x, double k, Span<double> xBar)
    {
        double kBar = 0.0;
        for (int i = 0; i < x.Length; i++)
        {
            kBar += xBar[i] * (x[i] / k);
            xBar[i] *= k;
        }

        return kBar;
    }

    [DerivativeOf(nameof(Scale), RuleKind.Jvp)]
    private static void ScaleJvp(Span<double> x, double k, Span<double> xDot, double kDot)
    {
        for (int i = 0; i < x.Length; i++)
        {
            xDot[i] = (k * xDot[i]) + (x[i] / k * kDot);
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ScaledInPlace(double a, [Domain(0.5, 1.5)] double k)
    {
        Span<double> x = [a, k, 2.0];
        for (int i = 1; i < 3; i++)
        {
            Scale(x, k * i);
            x[1] += x[0] * a;
        }

        return x[0] + (x[1] * x[2]);
    }

    // Memory that holds nothing before and after, and integers that change.
    private static double Picked(ReadOnlySpan<double> x, ReadOnlySpan<int> index, [Scratch] Span<double> room)
    {
        double sum = 0.0;
        for (int i = 0; i < index.Length; i++)
        {
            room[i] = x[index[i]];
            sum += room[i] * room[i] * room[i];
        }

        return sum;
    }

    [DerivativeOf(nameof(Picked))]
    private static void PickedVjp(ReadOnlySpan<double> x, ReadOnlySpan<int> index, Span<double> room, double value, double valueBar, Span<double> xBar)
    {
        for (int i = 0; i < index.Length; i++)
        {
            room[i] = 3.0 * x[index[i]] * x[index[i]];
            xBar[index[i]] += room[i] * valueBar;
        }
    }

    [DerivativeOf(nameof(Picked), RuleKind.Jvp)]
    private static double PickedJvp(ReadOnlySpan<double> x, ReadOnlySpan<int> index, Span<double> room, ReadOnlySpan<double> xDot)
    {
        double sum = 0.0;
        for (int i = 0; i < index.Length; i++)
        {
            sum += 3.0 * x[index[i]] * x[index[i]] * xDot[index[i]];
        }

        return sum;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double PicksInEachTrip(double a, double k)
    {
        Span<double> x = [a, k, a * k, a + k];
        Span<int> index = [0, 1];
        Span<double> room = new double[2];
        double sum = 0.0;
        for (int i = 0; i < 3; i++)
        {
            sum += (i + 1) * Picked(x, index, room);
            index[0]++;
            room[0] = sum;
            sum += room[0] * a;
        }

        return sum;
    }
}
