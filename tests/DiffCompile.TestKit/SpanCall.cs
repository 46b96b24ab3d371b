using System.Linq.Expressions;
using System.Reflection;

namespace DiffCompile.TestKit;

/// <summary>Calls a member whose last parameter is a span, which plain reflection cannot.</summary>
internal static class SpanCall
{
    public static double[] Invoke(MethodInfo member, object?[] arguments, int length)
    {
        ParameterInfo last = member.GetParameters()[^1];
        bool single = last.ParameterType == typeof(Span<float>);
        Array buffer = single ? new float[length] : new double[length];

        // (buffer) => member(constants…, (Span<T>)buffer)
        ParameterExpression array = Expression.Parameter(buffer.GetType());
        MethodInfo convert = last.ParameterType.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(m => m.Name == "op_Implicit" && m.ReturnType == last.ParameterType && m.GetParameters()[0].ParameterType == buffer.GetType());
        IEnumerable<Expression> given = member.GetParameters().SkipLast(1)
            .Select((p, i) => Expression.Constant(arguments[i], p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType));
        Expression call = Expression.Call(member, given.Append(Expression.Call(convert, array)));
        Expression.Lambda(Expression.Block(typeof(void), call), array).Compile().DynamicInvoke(buffer);
        return buffer.Cast<object>().Select(v => Convert.ToDouble(v, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
    }
}
