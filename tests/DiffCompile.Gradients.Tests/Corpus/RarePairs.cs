using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>Pairs of constructs that random programs seldom put together.</summary>
public static partial class RarePairs
{
    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.5, 0.75)]
    [Point(-0.5, 1.25)]
    [Point(1.25, -0.5)]
    public static double WhileInWhileWithReturn(double x, double y)
    {
        double s = x, t = y;
        while (s < 2.0)
        {
            t = 0.5 * t + s * y;
            while (t < 1.5)
            {
                t += 0.3 + 0.1 * s * s;
                if (t > 1.25 && s > 1.0)
                {
                    return t * s * x;
                }

                if (t > 100.0)
                {
                    throw new InvalidOperationException("t is too large");
                }
            }

            s += 0.4 + 0.1 * t * t;
        }

        return s * t;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    [Point(0.55, 0.75)]
    [Point(-0.5, 1.25)]
    public static double ReturnInDoInDo(double x, double y)
    {
        double s = x;
        int k = 0;
        do
        {
            int j = 0;
            do
            {
                s = s * y + 0.25 * x;
                if (s > 0.6)
                {
                    return s * s * x + k;
                }

                j++;
            }
            while (j < 3 && s < 0.5);
            k++;
            s -= 0.125 * y;
        }
        while (k < 3);
        return s * y;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SearchesOneAfterTheOther([Length(4), NoGradient] int[] index, [Length(4)] double[] x, double y)
    {
        double[] t = new double[5];
        for (int i = 0; i < index.Length; i++)
        {
            t[index[i]] += x[i] * y;
            if (t[index[i]] < -1.5)
            {
                return t[index[i]] * x[0];
            }
        }

        for (int i = 0; i < x.Length; i++)
        {
            t[index[i]] = t[index[i]] * x[i] + y;
            if (t[index[i]] > 2.5)
            {
                return t[index[i]] * t[0];
            }
        }

        if (double.IsNaN(t[1]))
        {
            throw new ArgumentException("NaN among the numbers");
        }

        Span<double> part = t.AsSpan(index[0], 2);
        part[0] *= y;
        int place = (int)(1.5 + Math.Tanh(y));
        t[index[1]] += y;
        double s = x[place];
        do
        {
            s = 0.5 * s * s + part[0] + t[place];
            place++;
        }
        while (place < 4 && s < 3.0);
        return s * part[1] + x[3];
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double DoAroundMuch([Length(5), NoGradient] int[] index, [Length(5)] double[] x, double y)
    {
        double[] t = new double[5];
        double s = y;
        int trip = 0;
        do
        {
            for (int i = 0; i < x.Length; i++)
            {
                if (s > 1.5 || i > trip + 2)
                {
                    break;
                }

                t[index[i]] += s * x[i];
                s += 0.25 * Math.Sin(t[index[i]]);
                if (double.IsInfinity(s))
                {
                    throw new InvalidOperationException("s has no bound");
                }
            }

            t[index[trip]] = s * y;
            Span<double> part = t.AsSpan(trip, 2);
            part[1] *= s;
            if (double.IsNaN(part[0]))
            {
                throw new InvalidOperationException("not a number");
            }

            while (s < 2.0 && part[0] < 0.75)
            {
                int k = 0;
                do
                {
                    s += 0.125 * part[k] * part[k];
                    part[k] += 0.25;
                    k++;
                }
                while (k < 2);
                if (s > 1.75)
                {
                    break;
                }
            }

            trip++;
        }
        while (trip < 3);

        for (int i = 0; i < t.Length; i++)
        {
            if (t[i] > 1.0)
            {
                return s * t[i];
            }

            s += t[i] * t[index[i]];
        }

        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double ReturnsInsideOfLoops([Length(5), NoGradient] int[] index, [Length(5)] double[] x, double y)
    {
        double s = y;
        int place = (int)(1.5 + Math.Tanh(y));
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                if (s > 2.5)
                {
                    return s * x[j];
                }

                s += 0.25 * x[j] * x[index[i]];
            }
        }

        while (s < 3.0)
        {
            if (s < -2.0)
            {
                break;
            }

            for (int j = place; j < x.Length; j++)
            {
                if (x[j] * y > 1.0)
                {
                    return s * y;
                }

                s += 0.125 * x[j] * x[j] * y * y;
            }

            s += 0.5 + (0.25 * y * y);
        }

        int trip = 0;
        do
        {
            int at = (int)(2.0 + (2.0 * Math.Sin(s)));
            s += x[at] * y;
            trip++;
        }
        while (trip < 3);
        return s;
    }

    [Differentiable(DerivativeModes.SecondOrder)]
    public static double SearchInEachTrip([Length(5)] double[] x, double y)
    {
        double s = y;
        for (int i = 0; i < 3; i++)
        {
            s = (0.5 * s) + FirstAbove(s);
        }

        return s;

        // It uses the array around it, so that it is written out at its call.
        double FirstAbove(double least)
        {
            for (int i = 0; i < x.Length; i++)
            {
                if (x[i] > least)
                {
                    return x[i] * least;
                }
            }

            return Math.Sin(least);
        }
    }
}
