namespace DiffCompile.Generators.Tests.Snapshots;

/// <summary>One method F per construct, with the one member that shows it best.</summary>
internal static class Constructs
{
    private const string Types = """


        public readonly record struct Pair(double First, double Second);

        public enum Kind
        {
            Identity,
            Square,
        }
        """;

    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["Straight_line"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y) => x * x * y + Math.Sin(x);
            }
            """ + Types,
        ["Named_local"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y)
                {
                    double u = x / y;
                    return Math.Exp(-u * u);
                }
            }
            """ + Types,
        ["Reassigned_local"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y)
                {
                    double t = x * y;
                    t *= t;
                    t += Math.Log(y);
                    return t * x;
                }
            }
            """ + Types,
        ["Jvp"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Jvp)]
                public static double F(double x, double y) => Math.Sqrt(x * y) + x;
            }
            """ + Types,
        ["Vjp"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static double F(double x, double y) => Math.Sqrt(x * y) + x;
            }
            """ + Types,
        ["Hessian_vector_product"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.HessianVectorProduct)]
                public static double F(double x, double y) => x * x * Math.Exp(y);
            }
            """ + Types,
        ["Hessian"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Hessian)]
                public static double F(double x, double y) => x * x * Math.Exp(y);
            }
            """ + Types,
        ["Jacobian_forward"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Jacobian)]
                public static (double A, double B, double C) F(double x, double y) => (x * y, x + y, Math.Sin(x));
            }
            """ + Types,
        ["Jacobian_reverse"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Jacobian)]
                public static (double A, double B) F(double x, double y, double z) => (x * y * z, x + y * z);
            }
            """ + Types,
        ["Diagnose"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Diagnose)]
                public static double F(double x, double y) => Math.Log(x) / y;
            }
            """ + Types,
        ["If_else"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y)
                {
                    double r;
                    if (x > 0.0)
                    {
                        r = x * y;
                    }
                    else
                    {
                        r = y * y;
                    }

                    return r * r;
                }
            }
            """ + Types,
        ["If_without_else"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y)
                {
                    double r = x;
                    if (y > 0.0)
                    {
                        r = Math.Exp(x * y);
                    }

                    return r * y;
                }
            }
            """ + Types,
        ["Early_return"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double alpha)
                {
                    if (x <= 0.0)
                    {
                        return 0.0;
                    }

                    return Math.Pow(x, alpha);
                }
            }
            """ + Types,
        ["Nested_branches"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y)
                {
                    if (x > 0.0)
                    {
                        if (y > 0.0)
                        {
                            return x * y;
                        }

                        return x;
                    }

                    return y * y;
                }
            }
            """ + Types,
        ["Partial_return"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y)
                {
                    double t = x;
                    if (x > 0.0)
                    {
                        if (y > 0.0)
                        {
                            return x * y;
                        }

                        t = x * x;
                    }

                    return t * y;
                }
            }
            """ + Types,
        ["Residual_of_a_branch"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y)
                {
                    double k = 1.0;
                    if (x > 0.0)
                    {
                        double e = Math.Exp(x * y);
                        k = e * e;
                    }

                    return k * k + y;
                }
            }
            """ + Types,
        ["Ternary"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x) => x > 0.0 ? Math.Sqrt(x) : -x;
            }
            """ + Types,
        ["Short_circuit"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y) => x > 0.0 && Math.Log(x) < y ? x * y : y;
            }
            """ + Types,
        ["Switch_statement"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, [NoGradient] int mode)
                {
                    switch (mode)
                    {
                        case 0:
                            return x * x;
                        case 1:
                            return Math.Exp(x);
                        default:
                            return x;
                    }
                }
            }
            """ + Types,
        ["Switch_expression"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x) => x switch { < 0.0 => x * x, < 1.0 => x * x * x, _ => Math.Log(x) };
            }
            """ + Types,
        ["Throw"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x)
                {
                    if (x < 0.0)
                    {
                        throw new ArgumentOutOfRangeException(nameof(x));
                    }

                    return Math.Sqrt(x);
                }
            }
            """ + Types,
        ["Struct_parameter"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(Pair p, double s) => p.First * p.Second * s;
            }
            """ + Types,
        ["Struct_result"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static Pair F(double angle) => new Pair(Math.Cos(angle), Math.Sin(angle));
            }
            """ + Types,
        ["Tuple_result"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static (double Sum, double Product) F(double x, double y) => (x + y, x * y);
            }
            """ + Types,
        ["Out_results"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Jvp)]
                public static void F(double x, double y, out double sum, out double product)
                {
                    sum = x + y;
                    product = x * y;
                }
            }
            """ + Types,
        ["With_expression"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(Pair p)
                {
                    Pair q = p with { First = p.Second * p.Second };
                    return q.First * q.Second;
                }
            }
            """ + Types,
        ["Excluded_parameter"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, [NoGradient] double y) => x * x * y;
            }
            """ + Types,
        ["Stop_gradient"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y) => x * Differentiation.StopGradient(x * y) + y;
            }
            """ + Types,
        ["Domain_drops_the_guard"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F([Domain(0.1, 10)] double x) => Math.Log(x) + 1.0 / x;
            }
            """ + Types,
        ["Kinks_symmetric"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y) => Math.Abs(x) * Math.Max(x, y);
            }
            """ + Types,
        ["Single_precision"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static float F(float x, float y) => MathF.Sin(x) * y;
            }
            """ + Types,
        ["Mixed_precision"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, float y) => x * y + (float)x;
            }
            """ + Types,
        ["Integers"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, [NoGradient] int n)
                {
                    int k = n * n - 1;
                    return k > 3 ? x * k : -x;
                }
            }
            """ + Types,
        ["Enum"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, [NoGradient] Kind kind) => kind == Kind.Square ? x * x : x;
            }
            """ + Types,
        ["Helper_inlined"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y) => Square(x) * y;

                private static double Square(double v) => v * v;
            }
            """ + Types,
        ["Local_function"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x)
                {
                    return Cube(x) + x;

                    static double Cube(double v) => v * v * v;
                }
            }
            """ + Types,
        ["Nested_derivative"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y) => y * GGradient(x);

                [Differentiable]
                public static double G(double x) => x * x * x;
            }
            """ + Types,
        ["Custom_rule"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x) => Series(x) * x;

                private static double Series(double x)
                {
                    double sum = 0.0, term = 1.0;
                    for (int n = 1; n < 30; n++)
                    {
                        sum += term;
                        term *= x / n;
                    }

                    return sum;
                }

                [DerivativeOf(nameof(Series))]
                internal static double SeriesRule(double x, double value, double valueBar) => value * valueBar;
            }
            """ + Types,
        ["Span_with_custom_rule"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(ReadOnlySpan<double> x, double s) => Sum(x) * s * s;

                private static double Sum(ReadOnlySpan<double> x)
                {
                    double sum = 0.0;
                    foreach (double v in x)
                    {
                        sum += v;
                    }

                    return sum;
                }

                [DerivativeOf(nameof(Sum))]
                internal static void SumRule(ReadOnlySpan<double> x, double value, double valueBar, Span<double> xBar)
                {
                    for (int i = 0; i < xBar.Length; i++)
                    {
                        xBar[i] += valueBar;
                    }
                }
            }
            """ + Types,
        ["Special_functions"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double y) => SpecialFunctions.LogNormalCdf(x) + SpecialFunctions.LambertW0(y) * SpecialFunctions.Sigmoid(x);
            }
            """ + Types,
        ["Power"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double n) => Math.Pow(x, 3.0) + Math.Pow(x, n);
            }
            """ + Types,
        ["Loop_that_only_adds"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(ReadOnlySpan<double> x, double scale)
                {
                    double sum = 0.0;
                    for (int i = 0; i < x.Length; i++)
                    {
                        sum += scale * x[i] * x[i];
                    }

                    return sum;
                }
            }
            """ + Types,
        ["Loop_with_a_recurrence"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double rate, int steps)
                {
                    for (int step = 0; step < steps; step++)
                    {
                        x = rate * Math.Sin(x);
                    }

                    return x;
                }
            }
            """ + Types,
        ["Loop_that_recomputes"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double slope, double offset)
                {
                    double sum = 0.0;
                    for (int i = 0; i < x.Length; i++)
                    {
                        double residual = y[i] - (slope * x[i] + offset);
                        sum += residual * residual;
                    }

                    return sum;
                }
            }
            """ + Types,
        ["Loop_with_break"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double a)
                {
                    double root = a;
                    for (int i = 0; i < 50; i++)
                    {
                        double next = 0.5 * (root + a / root);
                        if (Math.Abs(next - root) < 1e-14)
                        {
                            break;
                        }

                        root = next;
                    }

                    return root;
                }
            }
            """ + Types,
        ["Array_in_place"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static void F(Span<double> x, double factor)
                {
                    for (int i = 1; i < x.Length; i++)
                    {
                        x[i] = factor * x[i - 1] * x[i];
                    }
                }
            }
            """ + Types,
        ["Array_sum_in_place"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static void F(Span<double> sums, ReadOnlySpan<double> x, int[] bins)
                {
                    for (int i = 0; i < x.Length; i++)
                    {
                        sums[bins[i]] += Math.Exp(x[i]);
                    }
                }
            }
            """ + Types,
        ["Arrays_of_its_own"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(ReadOnlySpan<double> x, int rounds)
                {
                    double sum = 0.0;
                    for (int round = 0; round < rounds; round++)
                    {
                        double[] wave = new double[x.Length];
                        for (int i = 0; i < x.Length; i++)
                        {
                            wave[i] = Math.Sin(x[i] * round);
                        }

                        for (int i = 1; i < x.Length; i++)
                        {
                            sum += wave[i] * wave[i - 1];
                        }
                    }

                    Span<double> squares = stackalloc double[3];
                    for (int i = 0; i < 3; i++)
                    {
                        squares[i] = x[i] * x[i];
                    }

                    for (int i = 1; i < 3; i++)
                    {
                        sum += Math.Exp(squares[i]);
                    }

                    return sum;
                }
            }
            """ + Types,
        ["Slice_on_one_path"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(ReadOnlySpan<double> x, int split, bool upper)
                {
                    double sum = 0.0;
                    if (upper)
                    {
                        ReadOnlySpan<double> part = x.Slice(split);
                        for (int i = 0; i < part.Length; i++)
                        {
                            sum += Math.Exp(part[i]);
                        }

                        sum *= part[0];
                        for (int i = 0; i < part.Length; i++)
                        {
                            sum += part[i] * part[i];
                        }
                    }
                    else
                    {
                        sum = x[split];
                    }

                    return sum * sum;
                }
            }
            """ + Types,
        ["Loop_over_pairs"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double[] position, double softening, int bodies)
                {
                    const int Dimension = 1;
                    double energy = 0.0;
                    for (int i = 0; i < bodies * Dimension; i++)
                    {
                        for (int j = i + 1 - 0; j < bodies; j += Dimension)
                        {
                            double distance = position[(Dimension * i) + 0] - position[(j * Dimension) - 0];
                            if (distance > softening)
                            {
                                continue;
                            }

                            energy -= 1.0 / Math.Sqrt((distance * distance) + (softening * softening));
                        }
                    }

                    return energy;
                }
            }
            """ + Types,
        ["Index_that_runs_through_both_loops"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static double F(ReadOnlySpan<double> triangle, ReadOnlySpan<double> x)
                {
                    double sum = 0.0;
                    int at = 0;
                    for (int j = 0; j < x.Length; j++)
                    {
                        for (int i = j + 1; i < x.Length; i++)
                        {
                            sum += triangle[at] * triangle[at] * x[i] * x[j];
                            at++;
                        }
                    }

                    return sum;
                }
            }
            """ + Types,
        ["Two_counters"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static double F(ReadOnlySpan<double> x, Span<double> next)
                {
                    double sum = 0.0;
                    int i = 0;
                    foreach (double v in x)
                    {
                        i++;
                        next[i] += v * v;
                        sum += Math.Sin(v) * next[i];
                    }

                    for (int j = x.Length - 1; j >= 0; j -= 2)
                    {
                        sum *= x[j];
                    }

                    return sum;
                }
            }
            """ + Types,
        ["Array_to_second_order"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.HessianVectorProduct)]
                public static double F(ReadOnlySpan<double> x, [Scratch] Span<double> squares)
                {
                    double sum = 0.0;
                    for (int i = 0; i < x.Length; i++)
                    {
                        squares[i] = x[i] * x[i];
                        sum += squares[i] * x[0];
                    }

                    return sum;
                }
            }
            """ + Types,
        ["Loop_in_a_switch"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static double F(double x, double y, int n)
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
                                    s *= x;
                                }
                            }

                            break;
                        default:
                            while (s < 2.0)
                            {
                                s = (s * s * 0.1) + x;
                            }

                            break;
                    }

                    return s * x;
                }
            }
            """ + Types,
        ["Compound_assignments_of_elements"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static void F(Span<double> a, double x)
                {
                    a[0] += x;
                    a[1] -= a[0] * x;
                    a[2] *= a[1];
                    a[0] = a[0] + a[2] + (a[0] = x);
                    a[1]++;
                    a[0] = a[1] = a[2] * a[0];
                }
            }
            """ + Types,
        ["Cosine_in_a_branch"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static double F(double x, double y, int n)
                {
                    double s = Math.Sin(x);
                    double t = y;
                    if (y > 0.5)
                    {
                        t = Math.Sin(x * y) + Math.Cos(x) + Math.Cos(x * y);
                    }

                    double sum = s * t;
                    for (int i = 0; i < n; i++)
                    {
                        sum += Math.Sin(x * i) * Math.Cos(x * i) * s;
                    }

                    while (Math.Cos(y) < sum)
                    {
                        sum *= Math.Cos(y * sum) * Math.Sin(y * sum);
                    }

                    return sum * Math.Sin(y);
                }
            }
            """ + Types,
        ["Recursion"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient | DerivativeModes.Jvp)]
                public static double F(double x, int n) => n == 0 ? 1.0 : x * Math.Cos(F(x * 0.5, n - 1));
            }
            """,
        ["Return_out_of_two_loops"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static double F(double[] a, double x, int n)
                {
                    double s = x;
                    for (int i = 0; i < n; i++)
                    {
                        for (int j = 0; j < a.Length; j++)
                        {
                            s += a[j] * s * 0.1;
                            if (s > 3.0)
                            {
                                return s * a[i];
                            }
                        }
                    }

                    return s;
                }
            }
            """ + Types,
        ["Elements_by_division"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static double F(double[] a, double x, int width)
                {
                    double s = x;
                    for (int i = 0; i < a.Length; i++)
                    {
                        s += a[i / width] * a[i % width] * Math.Exp(x * (i / 2));
                    }

                    return s;
                }
            }
            """ + Types,
        ["Solution_of_an_equation"] = """
            public static partial class Sample
            {
                [Root(nameof(Residual))]
                private static double Anomaly(double mean, double eccentricity)
                {
                    double x = mean;
                    for (int i = 0; i < 100; i++)
                    {
                        x = mean + eccentricity * Math.Sin(x);
                    }

                    return x;
                }

                private static double Residual(double x, double mean, double eccentricity) => x - eccentricity * Math.Sin(x) - mean;

                [Differentiable(DerivativeModes.Gradient | DerivativeModes.HessianVectorProduct)]
                public static double F(double mean, double eccentricity, double axis) => axis * (1.0 - eccentricity * Math.Cos(Anomaly(mean, eccentricity)));
            }
            """ + Types,
        ["Checkpoints_by_roots"] = """
            public static partial class Sample
            {
                [Checkpoint]
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double k, int n)
                {
                    Span<double> u = [x, k];
                    for (int i = 0; i < n; i++)
                    {
                        u[i & 1] += k * Math.Sin(u[1 - (i & 1)]);
                    }

                    return u[0] * u[1];
                }
            }
            """ + Types,
        ["Checkpoints_in_slots"] = """
            public static partial class Sample
            {
                [Checkpoint(slots: 4)]
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, double k, int n)
                {
                    double y = x;
                    for (int i = 0; i < n; i++)
                    {
                        y = Math.Sin(y * k);
                    }

                    return y;
                }
            }
            """ + Types,
        ["Array_of_structs"] = """
            public readonly record struct Particle(double X, double Y, double Mass, int Kind);

            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(ReadOnlySpan<Particle> p)
                {
                    double s = 0.0;
                    foreach (Particle q in p)
                    {
                        s += q.Kind == 1 ? q.Mass * q.X * q.X : q.Mass * Math.Sin(q.Y);
                    }

                    return s;
                }
            }
            """ + Types,
        ["Array_of_structs_in_place"] = """
            public readonly record struct Particle(double X, double V, double Mass);

            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Jvp | DerivativeModes.Vjp)]
                public static void F(Span<Particle> p, double dt)
                {
                    for (int i = 0; i < p.Length; i++)
                    {
                        Particle q = p[i];
                        p[i] = q with { X = q.X + dt * q.V, V = q.V - dt * Math.Sin(q.X) / q.Mass };
                    }
                }
            }
            """ + Types,
        ["Fields_in_place"] = """
            public struct Body
            {
                public double X;
                public double V;
                public int Hits;
            }

            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Vjp)]
                public static void F(Body[] b, double dt)
                {
                    for (int i = 0; i < b.Length; i++)
                    {
                        b[i].V -= dt * b[i].X;
                        b[i].X += dt * b[i].V;
                        b[i].Hits++;
                    }
                }
            }
            """ + Types,
        ["Inline_array"] = """
            [System.Runtime.CompilerServices.InlineArray(3)]
            public struct Vector3
            {
                private double _element;
            }

            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(Vector3 v, Vector3 w, double x)
                {
                    double s = w[0] * w[2];
                    for (int i = 0; i < 3; i++)
                    {
                        s += v[i] * v[i] * x;
                    }

                    return s;
                }
            }
            """ + Types,
        ["Keyword_as_a_name"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double @class, double value) => @class * value * value;
            }
            """ + Types,
        ["Checked_arithmetic"] = """
            public static partial class Sample
            {
                [Differentiable(DerivativeModes.Gradient)]
                public static double F(double x, [NoGradient] int n) => x * checked(n * n);
            }
            """ + Types,
    };
}
