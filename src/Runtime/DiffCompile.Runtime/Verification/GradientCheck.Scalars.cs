namespace DiffCompile.Verification;

/// <content>Short forms for functions of one to three numbers, with the signatures of generated members.</content>
public static partial class GradientCheck
{
    private static readonly string[] ArgumentNames = ["x", "y", "z"];

    /// <summary>Checks the members of a function of one number.</summary>
    /// <param name="f">The function.</param>
    /// <param name="gradient"><c>FGradient</c>: x → f′.</param>
    /// <param name="jvp"><c>FJvp</c>: (x, ẋ) → (value, tangent). Null: not checked.</param>
    /// <param name="vjp"><c>FVjp</c>: (x, ȳ) → x̄. Null: not checked.</param>
    /// <param name="hessianVectorProduct"><c>FHessianVectorProduct</c>: (x, ẋ) → f″ẋ. Null: not checked.</param>
    /// <param name="inputs">Range of the input; −1.5 … 1.5 when null.</param>
    /// <param name="options">Where and how exactly; <see cref="GradientCheckOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentException">Inputs or options cannot be used.</exception>
    public static GradientCheckReport Of(
        Func<double, double> f,
        Func<double, double> gradient,
        Func<double, double, (double Value, double Tangent)>? jvp = null,
        Func<double, double, double>? vjp = null,
        Func<double, double, double>? hessianVectorProduct = null,
        IReadOnlyList<GradientCheckInput>? inputs = null,
        GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(gradient);
        return Run(
            new GradientCheckTarget
            {
                Name = NameOf(f),
                Inputs = InputsOf(inputs, 1),
                Value = (x, result) => result[0] = f(x[0]),
                Gradient = (x, result) => result[0] = gradient(x[0]),
                Jvp = jvp is null ? null : (x, v, result) => result[0] = SameValue(f(x[0]), jvp(x[0], v[0])),
                Vjp = vjp is null ? null : (x, c, result) => result[0] += vjp(x[0], c[0]),
                HessianVectorProduct = hessianVectorProduct is null ? null : (x, v, result) => result[0] = hessianVectorProduct(x[0], v[0]),
            },
            options);
    }

    /// <summary>Checks the members of a function of two numbers.</summary>
    /// <param name="f">The function.</param>
    /// <param name="gradient"><c>FGradient</c>: (x, y) → both partial derivatives.</param>
    /// <param name="jvp"><c>FJvp</c>: (x, y, ẋ, ẏ) → (value, tangent). Null: not checked.</param>
    /// <param name="vjp"><c>FVjp</c>: (x, y, cotangent) → (x̄, ȳ). Null: not checked.</param>
    /// <param name="hessianVectorProduct"><c>FHessianVectorProduct</c>: (x, y, ẋ, ẏ) → derivative of the gradient along (ẋ, ẏ). Null: not checked.</param>
    /// <param name="inputs">Range of each input; −1.5 … 1.5 when null.</param>
    /// <param name="options">Where and how exactly; <see cref="GradientCheckOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentException">Inputs or options cannot be used.</exception>
    public static GradientCheckReport Of(
        Func<double, double, double> f,
        Func<double, double, (double X, double Y)> gradient,
        Func<double, double, double, double, (double Value, double Tangent)>? jvp = null,
        Func<double, double, double, (double X, double Y)>? vjp = null,
        Func<double, double, double, double, (double X, double Y)>? hessianVectorProduct = null,
        IReadOnlyList<GradientCheckInput>? inputs = null,
        GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(gradient);
        return Run(
            new GradientCheckTarget
            {
                Name = NameOf(f),
                Inputs = InputsOf(inputs, 2),
                Value = (x, result) => result[0] = f(x[0], x[1]),
                Gradient = (x, result) => (result[0], result[1]) = gradient(x[0], x[1]),
                Jvp = jvp is null ? null : (x, v, result) => result[0] = SameValue(f(x[0], x[1]), jvp(x[0], x[1], v[0], v[1])),
                Vjp = vjp is null ? null : (x, c, result) => Add(vjp(x[0], x[1], c[0]), result),
                HessianVectorProduct = hessianVectorProduct is null ? null
                    : (x, v, result) => (result[0], result[1]) = hessianVectorProduct(x[0], x[1], v[0], v[1]),
            },
            options);
    }

    /// <summary>Checks the members of a function of three numbers.</summary>
    /// <param name="f">The function.</param>
    /// <param name="gradient"><c>FGradient</c>: (x, y, z) → the three partial derivatives.</param>
    /// <param name="jvp"><c>FJvp</c>: (x, y, z, ẋ, ẏ, ż) → (value, tangent). Null: not checked.</param>
    /// <param name="vjp"><c>FVjp</c>: (x, y, z, cotangent) → (x̄, ȳ, z̄). Null: not checked.</param>
    /// <param name="hessianVectorProduct"><c>FHessianVectorProduct</c>: (x, y, z, ẋ, ẏ, ż) → derivative of the gradient along it. Null: not checked.</param>
    /// <param name="inputs">Range of each input; −1.5 … 1.5 when null.</param>
    /// <param name="options">Where and how exactly; <see cref="GradientCheckOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentException">Inputs or options cannot be used.</exception>
    public static GradientCheckReport Of(
        Func<double, double, double, double> f,
        Func<double, double, double, (double X, double Y, double Z)> gradient,
        Func<double, double, double, double, double, double, (double Value, double Tangent)>? jvp = null,
        Func<double, double, double, double, (double X, double Y, double Z)>? vjp = null,
        Func<double, double, double, double, double, double, (double X, double Y, double Z)>? hessianVectorProduct = null,
        IReadOnlyList<GradientCheckInput>? inputs = null,
        GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(gradient);
        return Run(
            new GradientCheckTarget
            {
                Name = NameOf(f),
                Inputs = InputsOf(inputs, 3),
                Value = (x, result) => result[0] = f(x[0], x[1], x[2]),
                Gradient = (x, result) => (result[0], result[1], result[2]) = gradient(x[0], x[1], x[2]),
                Jvp = jvp is null ? null
                    : (x, v, result) => result[0] = SameValue(f(x[0], x[1], x[2]), jvp(x[0], x[1], x[2], v[0], v[1], v[2])),
                Vjp = vjp is null ? null : (x, c, result) => Add(vjp(x[0], x[1], x[2], c[0]), result),
                HessianVectorProduct = hessianVectorProduct is null ? null
                    : (x, v, result) => (result[0], result[1], result[2]) = hessianVectorProduct(x[0], x[1], x[2], v[0], v[1], v[2]),
            },
            options);
    }

    /// <summary>Checks a gradient that comes as an array; another length than that of the input is a failure.</summary>
    /// <param name="f">A function of an array.</param>
    /// <param name="gradient">Its partial derivatives, one for each element.</param>
    /// <param name="inputs">The elements and their ranges; see <see cref="GradientCheckInput.Elements"/>.</param>
    /// <param name="options">Where and how exactly; <see cref="GradientCheckOptions.Default"/> when null.</param>
    /// <exception cref="ArgumentException">Inputs or options cannot be used.</exception>
    public static GradientCheckReport Of(
        Func<double[], double> f, Func<double[], double[]> gradient, IReadOnlyList<GradientCheckInput> inputs, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(inputs);
        return Run(
            new GradientCheckTarget
            {
                Name = NameOf(f),
                Inputs = inputs,
                Value = (x, result) => result[0] = f(x.ToArray()),
                Gradient = (x, result) => CopyWhole(gradient(x.ToArray()), result),
            },
            options);
    }

    private static IReadOnlyList<GradientCheckInput> InputsOf(IReadOnlyList<GradientCheckInput>? inputs, int count)
    {
        inputs ??= ArgumentNames.Take(count).Select(name => new GradientCheckInput(name)).ToArray();
        return inputs.Count == count ? inputs
            : throw new ArgumentException($"{inputs.Count} inputs are described where the function takes {count}.", nameof(inputs));
    }

    /// <summary>The name as it is written; that of a lambda, or of a local function, is one of the compiler's making.</summary>
    private static string NameOf(Delegate f)
    {
        string name = f.Method.Name;
        int local = name.IndexOf(">g__", StringComparison.Ordinal);
        return local >= 0 ? name[(local + 4)..].Split('|')[0] : name.Contains('<') ? "lambda" : name;
    }

    /// <summary>The value that a derivative member returns has the bits of the function's.</summary>
    private static double SameValue(double expected, (double Value, double Tangent) found) =>
        BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(found.Value) || (double.IsNaN(expected) && double.IsNaN(found.Value))
            ? found.Tangent
            : throw new InvalidOperationException(FormattableString.Invariant($"The JVP returns the value {found.Value:R} where the function returns {expected:R}."));

    private static void Add((double X, double Y) cotangents, Span<double> result)
    {
        result[0] += cotangents.X;
        result[1] += cotangents.Y;
    }

    private static void Add((double X, double Y, double Z) cotangents, Span<double> result)
    {
        result[0] += cotangents.X;
        result[1] += cotangents.Y;
        result[2] += cotangents.Z;
    }

    private static void CopyWhole(double[] from, Span<double> to)
    {
        if (from.Length != to.Length)
        {
            throw new InvalidOperationException($"The gradient has {from.Length} elements where the input has {to.Length}.");
        }

        from.CopyTo(to);
    }
}
