using System.Linq.Expressions;
using System.Reflection;
using DiffCompile.Corpus;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Members of scalar methods allocate nothing.</summary>
public sealed class AllocationTests
{
    public static TheoryData<string> Names => MatrixTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Members_allocate_nothing(string name)
    {
        MethodInfo method = MatrixTests.Find(typeof(PointAttribute).Assembly, name);
        foreach (MethodInfo member in MembersOf(method))
        {
            Action call = Call(member, Inputs(method), new DifferentiableMethod(method));
            call();
            call();
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0, member.Name);
        }
    }

    private static IEnumerable<MethodInfo> MembersOf(MethodInfo method)
    {
        string name = method.GetCustomAttribute<DifferentiableAttribute>()!.Name ?? method.Name;
        return method.DeclaringType!.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(m => m.GetCustomAttribute<GeneratedDerivativeAttribute>() is { } generated && m.Name == name + generated.Kind);
    }

    // The first given point, at which nothing throws; else one inside the stated domains.
    private static double[] Inputs(MethodInfo method) =>
        CorpusFunctions.Points(new DifferentiableMethod(method), randomPoints: 1, new Random(20261121)).First().X;

    private static Action Call(MethodInfo member, double[] inputs, DifferentiableMethod method)
    {
        var numbers = new Queue<double>(inputs.Concat(Enumerable.Repeat(0.5, 1000)));
        (int[] rows, int[] columns) = method.JacobianShape(inputs);
        int size = member.Name.EndsWith("Hessian", StringComparison.Ordinal) ? method.Active.Count * method.Active.Count : rows.Length * columns.Length;
        Expression[] arguments = [.. member.GetParameters().Select(p => Argument(p, numbers, OwnerOf(p, method), size))];
        return Expression.Lambda<Action>(Expression.Block(typeof(void), Expression.Call(member, arguments))).Compile();
    }

    // A twin is as long as the parameter whose name it begins with; null for a matrix.
    private static ParameterInfo? OwnerOf(ParameterInfo parameter, DifferentiableMethod method) => method.Method.GetParameters()
        .FirstOrDefault(p => parameter.Name == p.Name || (parameter.Name!.StartsWith(p.Name!, StringComparison.Ordinal) && parameter.Name[p.Name!.Length..].Trim('_') is "Bar" or "Dot" or "BarDot" or "Product"));

    // Arrays are made beforehand.
    private static Expression Argument(ParameterInfo parameter, Queue<double> numbers, ParameterInfo? owner, int size)
    {
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        if (parameter.HasDefaultValue)
        {
            return Expression.Constant(null, type);
        }

        if (!type.IsByRefLike && !type.IsArray)
        {
            return Expression.Constant(Flattening.Write(type, numbers), type);
        }

        BufferForm form = owner is null ? new BufferForm(type.GetGenericArguments()[0], [size], IsJagged: false) : BufferForm.Of(type, owner)!;
        Array buffer = form.Create(numbers);
        if (type.IsArray)
        {
            return Expression.Constant(buffer);
        }

        MethodInfo convert = type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(m => m.Name == "op_Implicit" && m.ReturnType == type && m.GetParameters()[0].ParameterType == buffer.GetType());
        return Expression.Call(convert, Expression.Constant(buffer));
    }
}
