using System.Reflection;

namespace DiffCompile.TestKit;

/// <summary>
/// A method and its generated members, called through reflection with flat lists of numbers: the numbers of all inputs
/// <c>x</c>, of which those at <see cref="Active"/> are differentiated.
/// </summary>
public sealed class DifferentiableMethod
{
    private readonly MethodInfo _method;
    private readonly Type _container;
    private readonly string _name;
    private readonly ParameterInfo[] _inputs;
    private readonly ParameterInfo[] _outs;

    public DifferentiableMethod(MethodInfo method)
    {
        _method = method;
        _container = method.DeclaringType!;
        _name = method.GetCustomAttribute<DifferentiableAttribute>()?.Name ?? method.Name;
        _inputs = method.GetParameters().Where(p => !p.IsOut).ToArray();
        _outs = method.GetParameters().Where(p => p.IsOut).ToArray();
        var active = new List<int>();
        var leaves = new List<Type>();
        foreach (ParameterInfo parameter in _inputs)
        {
            foreach (Type leaf in Flattening.Leaves(Bare(parameter)))
            {
                if (Flattening.IsFloat(leaf) && parameter.GetCustomAttribute<NoGradientAttribute>() is null)
                {
                    active.Add(leaves.Count);
                }

                leaves.Add(leaf);
            }
        }

        Active = active;
        InputTypes = leaves;
        OutputTypes = OutputParts().SelectMany(Flattening.Leaves).ToArray();
        FloatOutputs = Enumerable.Range(0, OutputTypes.Count).Where(i => Flattening.IsFloat(OutputTypes[i])).ToArray();
    }

    public string Name => _container.Name + "." + _name;

    public MethodInfo Method => _method;

    public DerivativeModes Modes => _method.GetCustomAttribute<DifferentiableAttribute>()?.Modes ?? DerivativeModes.None;

    /// <summary>Indices of the inputs that are differentiated.</summary>
    public IReadOnlyList<int> Active { get; }

    public IReadOnlyList<Type> InputTypes { get; }

    public IReadOnlyList<Type> OutputTypes { get; }

    /// <summary>Indices of the floating outputs.</summary>
    public IReadOnlyList<int> FloatOutputs { get; }

    public bool IsScalar => OutputTypes.Count == 1 && FloatOutputs.Count == 1;

    public bool UsesSingle => InputTypes.Concat(OutputTypes).Contains(typeof(float));

    public bool Has(string suffix) => Member(suffix) is not null;

    /// <summary>All outputs of the method itself.</summary>
    public double[] Value(double[] x)
    {
        object?[] arguments = Arguments(_method, _inputs.Select(Bare), x, out Queue<double> rest);
        Assume(rest.Count == 0, "too many inputs");
        object? result = Invoke(_method, arguments);
        IEnumerable<double> returned = _method.ReturnType == typeof(void) ? [] : Flattening.Read(result);
        IEnumerable<double> outs = _outs.SelectMany(p => Flattening.Read(arguments[p.Position]));
        return returned.Concat(outs).ToArray();
    }

    /// <summary>The floating outputs.</summary>
    public double[] FloatValue(double[] x)
    {
        double[] all = Value(x);
        return FloatOutputs.Select(i => all[i]).ToArray();
    }

    public double[] Gradient(double[] x) => CompressInputs(Call("Gradient", x, []));

    public (double Value, double[] Gradient) ValueAndGradient(double[] x)
    {
        double[] all = Call("ValueAndGradient", x, []);
        return (all[0], CompressInputs(all[1..]));
    }

    /// <summary>All outputs, and the tangents of the floating ones.</summary>
    public (double[] Value, double[] Tangent) Jvp(double[] x, double[] tangent)
    {
        double[] all = Call("Jvp", x, ExpandInputs(tangent));
        double[] tangents = all[OutputTypes.Count..];
        return (all[..OutputTypes.Count], FloatOutputs.Select(i => tangents[i]).ToArray());
    }

    public double[] Vjp(double[] x, double[] cotangent) => CompressInputs(Call("Vjp", x, ExpandOutputs(cotangent)));

    public double[] HessianVectorProduct(double[] x, double[] direction) =>
        CompressInputs(Call("HessianVectorProduct", x, ExpandInputs(direction)));

    /// <summary>Row-major second derivatives.</summary>
    public double[] Hessian(double[] x) => CallWithSpan("Hessian", x, Active.Count * Active.Count);

    /// <summary>Row-major [floating output, active input].</summary>
    public double[] Jacobian(double[] x) => CallWithSpan("Jacobian", x, FloatOutputs.Count * Active.Count);

    private double[] Call(string suffix, double[] x, double[] directions)
    {
        MethodInfo member = Member(suffix) ?? throw new MissingMethodException(Name + suffix + " was not generated.");
        object?[] arguments = Arguments(member, member.GetParameters().Select(Bare), x.Concat(directions), out Queue<double> rest);
        Assume(rest.Count == 0, Name + suffix + " takes fewer numbers than given: " + rest.Count + " left");
        return Flattening.Read(Invoke(member, arguments)).ToArray();
    }

    private double[] CallWithSpan(string suffix, double[] x, int length)
    {
        MethodInfo member = Member(suffix) ?? throw new MissingMethodException(Name + suffix + " was not generated.");
        return SpanCall.Invoke(member, Arguments(member, member.GetParameters().Where(p => !p.ParameterType.IsByRefLike).Select(Bare), x, out _), length);
    }

    private MethodInfo? Member(string suffix) => _container
        .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .SingleOrDefault(m => m.Name == _name + suffix);

    private IEnumerable<Type> OutputParts() =>
        (_method.ReturnType == typeof(void) ? [] : new[] { _method.ReturnType }).Concat(_outs.Select(Bare));

    private static Type Bare(ParameterInfo parameter) =>
        parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;

    private static object?[] Arguments(MethodInfo method, IEnumerable<Type> types, IEnumerable<double> numbers, out Queue<double> rest)
    {
        var queue = new Queue<double>(numbers);
        var inputs = new Queue<object>(types.Select(t => Flattening.Write(t, queue)));
        rest = queue;
        return method.GetParameters().Select(p => p.IsOut ? null : inputs.Count > 0 ? inputs.Dequeue() : null).ToArray();
    }

    // A parameter that is differentiated has directions for all its scalars, non-floating ones included.
    private double[] ExpandInputs(double[] directions)
    {
        var next = new Queue<double>(directions);
        var expanded = new List<double>();
        int index = 0;
        foreach (ParameterInfo parameter in _inputs)
        {
            Type[] leaves = Flattening.Leaves(Bare(parameter)).ToArray();
            bool differentiated = Enumerable.Range(index, leaves.Length).Any(Active.Contains);
            for (int i = 0; i < leaves.Length && differentiated; i++)
            {
                expanded.Add(Active.Contains(index + i) ? next.Dequeue() : 0.0);
            }

            index += leaves.Length;
        }

        return expanded.ToArray();
    }

    private double[] CompressInputs(double[] gradient)
    {
        double[] marks = ExpandInputs(Enumerable.Repeat(1.0, Active.Count).ToArray());
        Assume(marks.Length == gradient.Length, Name + ": a gradient of " + gradient.Length + " numbers where " + marks.Length + " were expected");
        return gradient.Where((_, i) => marks[i] == 1.0).ToArray();
    }

    private double[] ExpandOutputs(double[] cotangents)
    {
        var next = new Queue<double>(cotangents);
        var expanded = new List<double>();
        foreach (Type part in OutputParts())
        {
            Type[] leaves = Flattening.Leaves(part).ToArray();
            bool isStruct = leaves.Length > 1 && !typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(part);
            foreach (Type leaf in leaves)
            {
                if (Flattening.IsFloat(leaf))
                {
                    expanded.Add(next.Dequeue());
                }
                else if (isStruct)
                {
                    expanded.Add(0.0);
                }
            }
        }

        return expanded.ToArray();
    }

    private static object? Invoke(MethodInfo method, object?[] arguments)
    {
        try
        {
            return method.Invoke(null, arguments);
        }
        catch (TargetInvocationException wrapped)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(wrapped.InnerException!).Throw();
            throw;
        }
    }

    private static void Assume(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
