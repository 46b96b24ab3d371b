using System.Reflection;

namespace DiffCompile.TestKit;

/// <summary>
/// A method and its generated members, called with flat lists of numbers: the numbers of all inputs <c>x</c>, of which those at
/// <see cref="Active"/> are differentiated. Buffers have a fixed length; one that may be written is an output too.
/// </summary>
public sealed class DifferentiableMethod
{
    private readonly MethodInfo _method;
    private readonly Type _container;
    private readonly string _name;
    private readonly MethodSlot[] _slots;
    private readonly ParameterInfo[] _outs;
    private readonly int _returned;
    private readonly HashSet<MethodSlot> _written = [];

    /// <param name="method">The method.</param>
    /// <param name="lengths">Lengths of buffers by parameter; for the others the stated one, or three.</param>
    public DifferentiableMethod(MethodInfo method, IReadOnlyDictionary<string, int>? lengths = null)
    {
        _method = method;
        _container = method.DeclaringType!;
        _name = method.GetCustomAttribute<DifferentiableAttribute>()?.Name ?? method.Name;
        _outs = method.GetParameters().Where(p => p.IsOut).ToArray();
        var slots = new List<MethodSlot>();
        foreach (ParameterInfo parameter in method.GetParameters().Where(p => !p.IsOut))
        {
            slots.Add(new MethodSlot(parameter, slots.Sum(s => s.Leaves.Count), lengths is not null && lengths.TryGetValue(parameter.Name!, out int length) ? length : null));
        }

        _slots = slots.ToArray();
        Active = _slots.SelectMany(s => s.Active.Select(i => s.Offset + i)).ToArray();
        InputTypes = _slots.SelectMany(s => s.Leaves).ToArray();
        Type[] returned = OutputParts().SelectMany(Flattening.Leaves).ToArray();
        _returned = returned.Length;
        OutputTypes = returned.Concat(_slots.Where(s => s.IsOutput).SelectMany(s => s.Leaves)).ToArray();
        FloatOutputs = Enumerable.Range(0, OutputTypes.Count).Where(i => Flattening.IsFloat(OutputTypes[i])).ToArray();
    }

    public string Name => _container.Name + "." + _name;

    public MethodInfo Method => _method;

    public DerivativeModes Modes => _method.GetCustomAttribute<DifferentiableAttribute>()?.Modes ?? DerivativeModes.None;

    /// <summary>Indices of the inputs that are differentiated.</summary>
    public IReadOnlyList<int> Active { get; }

    public IReadOnlyList<Type> InputTypes { get; }

    /// <summary>Types of what is returned, of out parameters, and of elements of buffers that may be written.</summary>
    public IReadOnlyList<Type> OutputTypes { get; }

    /// <summary>Indices of the floating outputs.</summary>
    public IReadOnlyList<int> FloatOutputs { get; }

    public bool IsScalar => OutputTypes.Count == 1 && FloatOutputs.Count == 1;

    /// <summary>Number of floating outputs that are elements of buffers; they come last.</summary>
    public int WrittenOutputs => OutputTypes.Count - _returned;

    public bool UsesSingle => InputTypes.Concat(OutputTypes).Contains(typeof(float));

    public bool Has(string suffix) => Member(suffix) is not null;

    /// <summary>All outputs of the method itself.</summary>
    public double[] Value(double[] x)
    {
        object?[] arguments = new object?[_method.GetParameters().Length];
        FillInputs(_method, arguments, x);
        object? result = MemberInvoker.Invoke(_method, arguments);
        IEnumerable<double> returned = _method.ReturnType == typeof(void) ? [] : Flattening.Read(result);
        IEnumerable<double> outs = _outs.SelectMany(p => Flattening.Read(arguments[p.Position]));
        object?[] inputs = arguments.Where((_, i) => !_method.GetParameters()[i].IsOut).ToArray();
        return returned.Concat(outs).Concat(Written(inputs)).ToArray();
    }

    /// <summary>The floating outputs.</summary>
    public double[] FloatValue(double[] x)
    {
        double[] all = Value(x);
        return FloatOutputs.Select(i => all[i]).ToArray();
    }

    public double[] Gradient(double[] x)
    {
        double[] returned = Cotangents("Gradient", x, [], _ => double.NaN, out Dictionary<MethodSlot, double[]> twins);
        return InOrder(returned, twins);
    }

    public (double Value, double[] Gradient) ValueAndGradient(double[] x)
    {
        double[] all = Cotangents("ValueAndGradient", x, [], _ => double.NaN, out Dictionary<MethodSlot, double[]> twins);
        return (all[0], InOrder(all[1..], twins));
    }

    /// <summary>All outputs, and the tangents of the floating ones.</summary>
    public (double[] Value, double[] Tangent) Jvp(double[] x, double[] tangent)
    {
        MethodInfo member = Required("Jvp");
        object?[] arguments = WithDirections(member, x, tangent, out Dictionary<MethodSlot, object> directions);
        object? result = MemberInvoker.Invoke(member, arguments);
        double[] all = result is null ? [] : Flattening.Read(result).ToArray();
        double[] tangents = all[_returned..];
        IEnumerable<double> returned = FloatOutputs.Where(i => i < _returned).Select(i => tangents[i]);
        IEnumerable<double> written = _slots.Where(s => s.IsOutput).SelectMany(s => s.ReadTwin(directions[s]));
        return (all[.._returned].Concat(Written(arguments)).ToArray(), returned.Concat(written).ToArray());
    }

    public double[] Vjp(double[] x, double[] cotangent)
    {
        int scalars = FloatOutputs.Count(i => i < _returned);
        var written = new Queue<double>(cotangent.Skip(scalars));
        Dictionary<MethodSlot, object> seeds = _slots.Where(s => s.IsOutput).ToDictionary(s => s, s => s.WriteTwin(written));
        double[] returned = Cotangents("Vjp", x, OutputCotangents(cotangent.Take(scalars)), s => 0.0, out Dictionary<MethodSlot, double[]> twins, seeds);
        return InOrder(returned, twins);
    }

    public double[] HessianVectorProduct(double[] x, double[] direction)
    {
        MethodInfo member = Required("HessianVectorProduct");
        object?[] arguments = WithDirections(member, x, direction, out _);
        int next = _slots.Length + _slots.Count(s => s.Active.Count > 0);
        var products = new Dictionary<MethodSlot, object>();
        foreach (MethodSlot slot in _slots.Where(s => s.IsBuffer && s.Active.Count > 0))
        {
            products[slot] = arguments[next++] = Filled(slot, double.NaN);
        }

        object? result = MemberInvoker.Invoke(member, arguments);
        return InOrder(result is null ? [] : Flattening.Read(result).ToArray(), products.ToDictionary(p => p.Key, p => p.Key.ReadTwin(p.Value)));
    }

    /// <summary>Row-major second derivatives.</summary>
    public double[] Hessian(double[] x) => Matrix("Hessian", x, Active.Count * Active.Count);

    /// <summary>
    /// The Jacobian, row-major, with the floating outputs that are its rows and the active inputs that are its columns: all that is
    /// returned and all active inputs, unless the method writes to buffers, whose elements are rows and no columns then.
    /// </summary>
    public (double[] Matrix, int[] Rows, int[] Columns) Jacobian(double[] x)
    {
        (int[] rows, int[] columns) = JacobianShape(x);
        return (Matrix("Jacobian", x, rows.Length * columns.Length), rows, columns);
    }

    /// <summary>Rows among the floating outputs, columns among the active inputs.</summary>
    /// <param name="x">A point at which the method may be called, besides those that are stated for it.</param>
    public (int[] Rows, int[] Columns) JacobianShape(double[] x)
    {
        MethodSlot[] written = WrittenSlots(x);
        int[] columns = Enumerable.Range(0, Active.Count).Where(k => !written.Any(s => Active[k] >= s.Offset && Active[k] < s.Offset + s.Leaves.Count)).ToArray();
        var outputs = new List<int>(Enumerable.Range(0, FloatOutputs.Count(i => i < _returned)));
        int next = outputs.Count;
        foreach (MethodSlot slot in _slots.Where(s => s.IsOutput))
        {
            int count = slot.Leaves.Count(Flattening.IsFloat);
            outputs.AddRange(written.Contains(slot) ? Enumerable.Range(next, count) : []);
            next += count;
        }

        return (outputs.ToArray(), columns);
    }

    // Which buffers the method changes only its calls tell: at one of the points they hold something else afterwards.
    private MethodSlot[] WrittenSlots(double[] here)
    {
        foreach (double[] x in CorpusFunctions.Points(this, 0, new Random(0)).Select(p => p.X).Prepend(here))
        {
            object?[] arguments = new object?[_method.GetParameters().Length];
            FillInputs(_method, arguments, x);
            try
            {
                MemberInvoker.Invoke(_method, arguments);
            }
            catch (Exception)
            {
                // What was written before it threw counts as well.
            }

            object?[] inputs = arguments.Where((_, i) => !_method.GetParameters()[i].IsOut).ToArray();
            double[] after = Written(inputs).ToArray();
            int next = 0;
            foreach (MethodSlot slot in _slots.Where(s => s.IsOutput))
            {
                if (Enumerable.Range(0, slot.Leaves.Count).Any(i => !after[next + i].Equals(x[slot.Offset + i])))
                {
                    _written.Add(slot);
                }

                next += slot.Leaves.Count;
            }
        }

        return _slots.Where(s => _written.Contains(s) && s.Active.Count > 0).ToArray();
    }

    private double[] Matrix(string suffix, double[] x, int length)
    {
        MethodInfo member = Required(suffix);
        object?[] arguments = new object?[member.GetParameters().Length];
        FillInputs(member, arguments, x);
        Type element = member.GetParameters()[_slots.Length].ParameterType.GetGenericArguments()[0];
        Array matrix = Array.CreateInstance(element, length);
        arguments[_slots.Length] = matrix;
        MemberInvoker.Invoke(member, arguments);
        return BufferForm.Read(matrix);
    }

    private double[] Cotangents(
        string suffix, double[] x, IReadOnlyList<object> outputCotangents, Func<MethodSlot, double> before, out Dictionary<MethodSlot, double[]> twins, Dictionary<MethodSlot, object>? seeds = null)
    {
        MethodInfo member = Required(suffix);
        object?[] arguments = new object?[member.GetParameters().Length];
        FillInputs(member, arguments, x);
        int next = _slots.Length;
        foreach (object cotangent in outputCotangents)
        {
            arguments[next++] = cotangent;
        }

        var buffers = new Dictionary<MethodSlot, object>();
        foreach (MethodSlot slot in _slots.Where(s => s.IsBuffer && s.Active.Count > 0))
        {
            object? seed = null;
            seeds?.TryGetValue(slot, out seed);
            buffers[slot] = arguments[next++] = seed ?? Filled(slot, before(slot));
        }

        object? result = MemberInvoker.Invoke(member, arguments);
        twins = buffers.ToDictionary(b => b.Key, b => b.Key.ReadTwin(b.Value));
        return result is null ? [] : Flattening.Read(result).ToArray();
    }

    private object?[] WithDirections(MethodInfo member, double[] x, double[] direction, out Dictionary<MethodSlot, object> directions)
    {
        object?[] arguments = new object?[member.GetParameters().Length];
        FillInputs(member, arguments, x);
        var numbers = new Queue<double>(direction);
        directions = [];
        int next = _slots.Length;
        foreach (MethodSlot slot in _slots.Where(s => s.Active.Count > 0))
        {
            directions[slot] = arguments[next++] = slot.WriteTwin(numbers);
        }

        return arguments;
    }

    private void FillInputs(MethodInfo member, object?[] arguments, double[] x)
    {
        Assume(x.Length == InputTypes.Count, Name + ": " + x.Length + " inputs given, " + InputTypes.Count + " expected");
        int next = 0;
        foreach (ParameterInfo parameter in member.GetParameters().Where(p => !p.IsOut).Take(_slots.Length))
        {
            MethodSlot slot = _slots[next++];
            arguments[parameter.Position] = slot.Write(x.Skip(slot.Offset).Take(slot.Leaves.Count));
        }
    }

    private IEnumerable<double> Written(object?[] inputs) =>
        _slots.Zip(inputs, (slot, argument) => (slot, argument)).Where(p => p.slot.IsOutput).SelectMany(p => BufferForm.Read(p.argument));

    private static object Filled(MethodSlot slot, double number) => slot.WriteTwin(new Queue<double>(Enumerable.Repeat(number, slot.Active.Count)));

    /// <summary>Derivatives in the order of the inputs, from what was returned and from the buffers.</summary>
    private double[] InOrder(double[] returned, Dictionary<MethodSlot, double[]> twins)
    {
        var numbers = new Queue<double>(returned);
        var ordered = new List<double>();
        foreach (MethodSlot slot in _slots.Where(s => s.Active.Count > 0))
        {
            if (slot.IsBuffer)
            {
                ordered.AddRange(twins[slot]);
                continue;
            }

            // A struct comes back whole, its members that are not differentiated included.
            for (int i = 0; i < slot.Leaves.Count; i++)
            {
                double number = numbers.Dequeue();
                if (slot.Active.Contains(i))
                {
                    ordered.Add(number);
                }
            }
        }

        Assume(numbers.Count == 0, Name + ": more derivatives than inputs");
        return ordered.ToArray();
    }

    private MethodInfo Required(string suffix) => Member(suffix) ?? throw new MissingMethodException(Name + suffix + " was not generated.");

    private MethodInfo? Member(string suffix) => _container
        .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .SingleOrDefault(m => m.Name == _name + suffix && (!_method.IsGenericMethod || TakesInputs(m)));

    // Both instances of a generic method have members of one name.
    private bool TakesInputs(MethodInfo member) =>
        _slots.Select(s => s.Type).SequenceEqual(member.GetParameters().Take(_slots.Length).Select(p => p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType));

    private IEnumerable<Type> OutputParts() =>
        (_method.ReturnType == typeof(void) ? [] : new[] { _method.ReturnType }).Concat(_outs.Select(p => p.ParameterType.GetElementType()!));

    // One argument for each float scalar of a tuple, one for each struct or scalar.
    private List<object> OutputCotangents(IEnumerable<double> cotangents)
    {
        var next = new Queue<double>(cotangents);
        var arguments = new List<object>();
        bool first = _method.ReturnType != typeof(void);
        foreach (Type part in OutputParts())
        {
            bool isTuple = first && typeof(System.Runtime.CompilerServices.ITuple).IsAssignableFrom(part);
            first = false;
            foreach (Type element in isTuple ? Flattening.PartTypes(part) : [part])
            {
                Type[] leaves = Flattening.Leaves(element).ToArray();
                if (leaves.Any(Flattening.IsFloat))
                {
                    double[] numbers = leaves.Select(l => Flattening.IsFloat(l) ? next.Dequeue() : 0.0).ToArray();
                    arguments.Add(Flattening.Write(element, new Queue<double>(numbers)));
                }
            }
        }

        return arguments;
    }

    private static void Assume(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
