using System.Globalization;

namespace DiffCompile.TestKit;

/// <summary>
/// Checks every generated member of a method at one point against finite differences and against each other: the value has
/// the bits of the method, JVP and VJP agree by the inner product on random seeds, second derivatives agree with finite
/// differences of the gradient and are symmetric.
/// </summary>
public static class EngineMatrix
{
    /// <summary>Everything that is wrong at <paramref name="x"/>; empty if nothing is.</summary>
    /// <param name="f">The method.</param>
    /// <param name="x">All inputs.</param>
    /// <param name="random">Source of directions and seeds.</param>
    /// <param name="smooth">False at a kink or an edge, where finite differences say nothing.</param>
    /// <param name="reach">How far from <paramref name="x"/> the method is smooth in every direction of unit size.</param>
    /// <param name="path">Which way the method goes; it is smooth between points of the same way. Null where <paramref name="reach"/> says it.</param>
    public static IReadOnlyList<string> Check(
        DifferentiableMethod f, double[] x, Random random, bool smooth = true, double reach = double.PositiveInfinity, Func<double[], long>? path = null)
    {
        var faults = new Faults(f, x);
        double[] value = f.Value(x);
        double[] v = Directions(random, f.Active.Count);
        double[] w = Directions(random, f.Active.Count);
        double[] seeds = Directions(random, f.FloatOutputs.Count);
        double exact = f.UsesSingle ? 2e-5 : 1e-11;
        double numeric = f.UsesSingle ? 2e-2 : 1e-7;
        double step = Math.Min(reach, f.UsesSingle ? 5e-2 : 1e-2 * Math.Min(1.0, Scale(x)));

        if (path is not null && smooth)
        {
            step = SmoothStep(f, x, v, step, path);
            smooth = step > 0.0;
        }

        double[]? tangent = null;
        if (f.Has("Jvp"))
        {
            (double[] primal, tangent) = f.Jvp(x, v);
            faults.Bits("JVP value", value, primal);
            if (smooth)
            {
                (double[] differences, double[] error) = Ridders.Directional(f.FloatValue, x, f.Active, v, step);
                faults.Near("JVP against finite differences", differences, tangent, numeric, error);
            }

            double[] doubled = f.Jvp(x, v.Select(d => 2.0 * d).ToArray()).Tangent;
            faults.Near("JVP is linear", tangent.Select(t => 2.0 * t).ToArray(), doubled, exact);
        }

        double[]? pulled = null;
        if (f.Has("Vjp"))
        {
            pulled = f.Vjp(x, seeds);
            if (tangent is not null)
            {
                // Compare against the size of the terms: the sums themselves may cancel.
                double size = Math.Max(SumOfProducts(seeds, tangent), SumOfProducts(pulled, v));
                faults.Near("inner product", [Dot(seeds, tangent)], [Dot(pulled, v)], exact, [exact * size]);
            }
        }

        if (f.Has("Gradient"))
        {
            double[] gradient = f.Gradient(x);
            (double primal, double[] second) = f.ValueAndGradient(x);
            faults.Bits("value of ValueAndGradient", [value[0]], [primal]);
            faults.Near("Gradient and ValueAndGradient", gradient, second, exact);
            if (pulled is not null)
            {
                double[] onlyValue = f.WrittenOutputs == 0 ? pulled : f.Vjp(x, seeds.Select((s, i) => i == 0 ? s : 0.0).ToArray());
                faults.Near("Gradient and VJP", gradient.Select(g => g * seeds[0]).ToArray(), onlyValue, exact);
            }
        }

        if (f.Has("Jacobian"))
        {
            (double[] jacobian, int[] outputs, int[] columns) = f.Jacobian(x);
            if (tangent is not null)
            {
                double[] along = Enumerable.Range(0, v.Length).Select(k => columns.Contains(k) ? v[k] : 0.0).ToArray();
                double[] whole = columns.Length == v.Length ? tangent : f.Jvp(x, along).Tangent;
                double[] direction = columns.Select(k => v[k]).ToArray();
                double[][] rows = jacobian.Chunk(Math.Max(1, columns.Length)).ToArray();
                faults.Near("Jacobian and JVP", rows.Select(r => Dot(r, direction)).ToArray(), outputs.Select(o => whole[o]).ToArray(), exact, rows.Select(r => exact * SumOfProducts(r, direction)).ToArray());
            }
        }

        if (f.Has("HessianVectorProduct"))
        {
            SecondOrder(f, x, v, w, step, smooth, exact, numeric, faults);
        }

        return faults.List;
    }

    /// <summary>A step along the direction on which the way does not change; 0 where a change is too near.</summary>
    private static double SmoothStep(DifferentiableMethod f, double[] x, double[] v, double step, Func<double[], long> path)
    {
        long here = path(x);
        for (double h = step; h > 1e-4; h *= 0.4)
        {
            if (Enumerable.Range(-16, 33).All(k => path(At(h * k / 16.0)) == here))
            {
                return h;
            }
        }

        return 0.0;

        double[] At(double t)
        {
            double[] moved = [.. x];
            for (int i = 0; i < v.Length; i++)
            {
                moved[f.Active[i]] += t * v[i];
            }

            return moved;
        }
    }

    private static void SecondOrder(DifferentiableMethod f, double[] x, double[] v, double[] w, double step, bool smooth, double exact, double numeric, Faults faults)
    {
        double[] product = f.HessianVectorProduct(x, v);
        double[] other = f.HessianVectorProduct(x, w);
        double size = Math.Max(SumOfProducts(w, product), SumOfProducts(v, other));
        faults.Near("symmetry of the Hessian", [Dot(w, product)], [Dot(v, other)], 10.0 * exact, [10.0 * exact * size]);
        if (smooth)
        {
            (double[] differences, double[] error) = Ridders.Directional(f.Gradient, x, f.Active, v, step);
            faults.Near("HVP against finite differences of the gradient", differences, product, 10.0 * numeric, error);
        }

        if (f.Has("Hessian"))
        {
            double[] hessian = f.Hessian(x);
            double[][] rows = Enumerable.Range(0, v.Length).Select(r => hessian[(r * v.Length)..((r + 1) * v.Length)]).ToArray();
            faults.Near("Hessian and HVP", rows.Select(r => Dot(r, v)).ToArray(), product, exact, rows.Select(r => 10.0 * exact * SumOfProducts(r, v)).ToArray());
        }
    }

    private static double[] Directions(Random random, int count) =>
        Enumerable.Range(0, count).Select(_ => (random.Next(2) == 0 ? -1.0 : 1.0) * (0.3 + random.NextDouble())).Select(d => (double)(float)d).ToArray();

    private static double Scale(double[] x) => x.Select(Math.Abs).Where(a => a > 0.0).DefaultIfEmpty(1.0).Min();

    private static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    private static double SumOfProducts(double[] a, double[] b) => a.Zip(b, (p, q) => Math.Abs(p * q)).Sum();

    private sealed class Faults(DifferentiableMethod f, double[] x)
    {
        public List<string> List { get; } = [];

        public void Bits(string what, double[] expected, double[] actual)
        {
            for (int i = 0; i < expected.Length; i++)
            {
                if (BitConverter.DoubleToInt64Bits(expected[i]) != BitConverter.DoubleToInt64Bits(actual[i]) && !(double.IsNaN(expected[i]) && double.IsNaN(actual[i])))
                {
                    Add(what, i, expected[i], actual[i]);
                }
            }
        }

        public void Near(string what, double[] expected, double[] actual, double tolerance, double[]? slack = null)
        {
            if (expected.Length != actual.Length)
            {
                List.Add($"{f.Name}: {what}: {expected.Length} numbers expected, {actual.Length} found");
                return;
            }

            for (int i = 0; i < expected.Length; i++)
            {
                bool same = expected[i].Equals(actual[i]);
                double allowed = (tolerance * Math.Max(Math.Abs(expected[i]), Math.Abs(actual[i]))) + (slack is null ? 0.0 : Math.Min(20.0 * slack[i], slack[i] + (100.0 * tolerance * (1.0 + Math.Abs(actual[i])))));
                if (!same && !(Math.Abs(expected[i] - actual[i]) <= allowed + (tolerance * 1e-3)))
                {
                    Add(what, i, expected[i], actual[i]);
                }
            }
        }

        private void Add(string what, int index, double expected, double actual) => List.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{f.Name} at ({string.Join(", ", x.Select(n => n.ToString("R", CultureInfo.InvariantCulture)))}): {what} [{index}]: expected {expected:R}, found {actual:R}"));
    }
}
