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

    // The first given point, at which nothing throws; else small numbers.
    private static double[] Inputs(MethodInfo method)
    {
        var point = method.GetCustomAttributesData().FirstOrDefault(a => a.AttributeType.Name == nameof(PointAttribute));
        return point is not null
            ? [.. ((IEnumerable<CustomAttributeTypedArgument>)point.ConstructorArguments[0].Value!).Select(a => (double)a.Value!)]
            : [.. new DifferentiableMethod(method).InputTypes.Select((_, i) => 1.0 + (0.25 * i))];
    }

    private static Action Call(MethodInfo member, double[] inputs, DifferentiableMethod method)
    {
        var numbers = new Queue<double>(inputs.Concat(Enumerable.Repeat(0.5, 100)));
        int size = method.Active.Count * (member.Name.EndsWith("Hessian", StringComparison.Ordinal) ? method.Active.Count : method.FloatOutputs.Count);
        Expression[] arguments = [.. member.GetParameters().Select(p => Argument(p, numbers, size))];
        return Expression.Lambda<Action>(Expression.Block(typeof(void), Expression.Call(member, arguments))).Compile();
    }

    // Arrays of matrices are made beforehand.
    private static Expression Argument(ParameterInfo parameter, Queue<double> numbers, int size)
    {
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        if (!type.IsByRefLike)
        {
            return Expression.Constant(Flattening.Write(type, numbers), type);
        }

        Array buffer = type == typeof(Span<float>) ? new float[size] : new double[size];
        MethodInfo convert = type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(m => m.Name == "op_Implicit" && m.ReturnType == type && m.GetParameters()[0].ParameterType == buffer.GetType());
        return Expression.Call(convert, Expression.Constant(buffer));
    }
}
