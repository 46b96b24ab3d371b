using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>break, continue, return and throw in loops, and loops among branches.</summary>
public static partial class LoopExits
{
    // Idea 5: continue on the first, a middle and the last trip.
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, -0.5, 0.25, 0.75, 0)]
    [Point(0.5, -0.5, 0.25, 0.75, 1)]
    [Point(0.5, -0.5, 0.25, 0.75, 2)]
    public static double ContinueOn(double[] a, double x, [NoGradient] int skipped)
    {
        double s = x;
        for (int i = 0; i < a.Length; i++)
        {
            s *= x;
            if (i == skipped)
            {
                continue;
            }

            s += a[i] * s;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double LargestByContinue([Length(4)] double[] a, double x)
    {
        int best = 0;
        for (int i = 1; i < a.Length; i++)
        {
            if (a[i] <= a[best])
            {
                continue;
            }

            best = i;
        }

        return a[best] * a[best] * x;
    }

    // Idea 6: break on data; no trip, one trip.
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.1, 0.5)]
    [Point(3.5, 0.5)]
    [Point(2.0, 0.75)]
    public static double BreakOnData(double x, double y)
    {
        double s = x;
        for (int i = 0; i < 10; i++)
        {
            if (s > 3.0)
            {
                break;
            }

            s = (s * s) + y + 0.75;
        }

        return s * y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double BreakAtTheEnd(double x, double y, [NoGradient] int n)
    {
        double s = x;
        int i = 0;
        while (true)
        {
            s = (s * y) + i;
            if (++i > n)
            {
                break;
            }
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double BreakInTheMiddle(double x, double y, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; ; i++)
        {
            s *= y + i;
            if (i >= n)
            {
                break;
            }

            s += x * x;
        }

        return s;
    }

    // Idea 7: return out of two loops, several returns.
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.1, 0.5)]
    [Point(1.4, 1.2)]
    [Point(1.9, -1.5)]
    public static double ReturnOutOfTwo(double x, double y)
    {
        double s = x;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                s = (s * x) + (y * j);
                if (s > 2.0)
                {
                    return s * y;
                }

                if (s < -2.0)
                {
                    return s * s;
                }
            }

            s -= y;
        }

        return s + (x * y);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ReturnOfElement([Length(4)] double[] a, double x)
    {
        foreach (double v in a)
        {
            if (v > 0.0)
            {
                return v * v * x;
            }
        }

        return x * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double BreakOfInner(double x, double y, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; i < n + 1; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                if (j > i)
                {
                    break;
                }

                if (j == 1)
                {
                    continue;
                }

                s = (s * 0.5) + (y * x);
            }

            if (i == 2)
            {
                continue;
            }

            s *= y;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double DoWithContinue(double x, [NoGradient] int n)
    {
        double s = x;
        int i = 0;
        do
        {
            i++;
            if (i % 2 == 0)
            {
                continue;
            }

            s *= x + i;
        }
        while (i < n);
        return s;
    }

    // Idea 11: a switch in a loop, whose break is not the loop's.
    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SwitchInLoop(double x, double y, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; i < n + 3; i++)
        {
            switch (i % 4)
            {
                case 0:
                    s *= y;
                    break;
                case 1 when s > 1.0:
                    s += x;
                    continue;
                case 2:
                    if (s < 0.0)
                    {
                        break;
                    }

                    s *= s;
                    break;
                default:
                    s -= x * y;
                    break;
            }

            s += 0.25 * y;
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double LoopInSwitch(double x, double y, [NoGradient] int n)
    {
        double s = y;
        switch (n)
        {
            case 0:
                return x * y;
            case 1:
                for (int i = 0; i < 3; i++)
                {
                    s = (s * x) + i;
                    if (s > 4.0)
                    {
                        break;
                    }
                }

                break;
            default:
                while (s < 2.0)
                {
                    s = (s * s * 0.1) + (0.5 * s);
                    s += 1.5;
                }

                break;
        }

        return s * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SwitchExpressionInLoop([Length(4)] double[] a, double x)
    {
        double s = 0.0;
        foreach (double v in a)
        {
            s += v switch
            {
                < -0.5 => v * x,
                > 0.5 when x > 0.0 => v * v,
                _ => Math.Sin(v * x),
            };
        }

        return s * s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double LoopAroundIfAroundLoop(double x, double y, [NoGradient] int n)
    {
        double s = x;
        if (y > -2.0)
        {
            for (int i = 0; i < n; i++)
            {
                if (s > 0.0)
                {
                    for (int j = 0; j < i + 1; j++)
                    {
                        s = (s * y) + (0.1 * x);
                    }
                }
                else
                {
                    s += x * x;
                }
            }
        }

        return s * s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double EarlyThrow([Domain(0.1, 1)] double x, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; i < n; i++)
        {
            if (s < 0.0)
            {
                throw new ArgumentOutOfRangeException(nameof(x));
            }

            s = (s * x) + i;
        }

        return s;
    }

    [Differentiable]
    public static (double Last, int Trips) CountedBreak(double x, double y)
    {
        double s = x;
        int i = 0;
        for (; i < 6; i++)
        {
            s = (s * y) + 0.5;
            if (s > 1.5)
            {
                break;
            }
        }

        return (s * s, i);
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double BreakAndReturnAndContinue([Length(5)] double[] a, double x)
    {
        double s = x;
        for (int i = 0; i < a.Length; i++)
        {
            double v = a[i] * s;
            if (v > 1.2)
            {
                return s * v;
            }

            if (v < -1.2)
            {
                break;
            }

            if (v < 0.0)
            {
                s += x;
                continue;
            }

            s += v;
        }

        return s * x;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ReturnInsideSwitchInsideLoop(double x, [NoGradient] int n)
    {
        double s = 1.0;
        for (int i = 0; ; i++)
        {
            switch (i - n)
            {
                case 0:
                    return s * x;
                case < -2:
                    s += x;
                    break;
                default:
                    s *= x + i;
                    break;
            }
        }
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ThreeDeep(double x, double y, [NoGradient] int n)
    {
        double s = x;
        for (int i = 0; i < n; i++)
        {
            int j = i;
            while (j >= 0)
            {
                int k = 0;
                do
                {
                    s = (s * 0.5 * y) + (x * k);
                    if (s > 5.0)
                    {
                        return s;
                    }
                }
                while (++k < j);
                j -= 2;
            }
        }

        return s * s;
    }
}
