using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace DiffCompile.TestKit;

/// <summary>Calls static methods by reflection, spans included: an array is handed over for each.</summary>
internal static class MemberInvoker
{
    private static readonly ConcurrentDictionary<MethodInfo, Func<object?[], object?>> s_calls = new();

    /// <summary>Calls the method; out arguments are put back into <paramref name="arguments"/>.</summary>
    public static object? Invoke(MethodInfo method, object?[] arguments) => s_calls.GetOrAdd(method, Compile)(arguments);

    private static Func<object?[], object?> Compile(MethodInfo method)
    {
        ParameterExpression given = Expression.Parameter(typeof(object?[]));
        var locals = new List<ParameterExpression>();
        var after = new List<Expression>();
        var arguments = new List<Expression>();
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            Expression slot = Expression.ArrayAccess(given, Expression.Constant(parameter.Position));
            Type type = parameter.ParameterType;
            if (type.IsByRef)
            {
                ParameterExpression local = Expression.Variable(type.GetElementType()!);
                locals.Add(local);
                after.Add(Expression.Assign(slot, Expression.Convert(local, typeof(object))));
                arguments.Add(parameter.IsOut ? local : Expression.Block(Expression.Assign(local, Expression.Convert(slot, local.Type)), local));
            }
            else if (type.IsByRefLike)
            {
                Type array = type.GetGenericArguments()[0].MakeArrayType();
                MethodInfo convert = type.GetMethods(BindingFlags.Public | BindingFlags.Static)
                    .Single(m => m.Name == "op_Implicit" && m.ReturnType == type && m.GetParameters()[0].ParameterType == array);
                arguments.Add(Expression.Call(convert, Expression.Convert(slot, array)));
            }
            else
            {
                arguments.Add(Expression.Convert(slot, type));
            }
        }

        Expression call = Expression.Call(method, arguments);
        ParameterExpression result = Expression.Variable(typeof(object));
        Expression kept = method.ReturnType == typeof(void)
            ? Expression.Block(call, Expression.Assign(result, Expression.Constant(null)))
            : Expression.Assign(result, Expression.Convert(call, typeof(object)));
        Expression body = Expression.Block(locals.Append(result), after.Prepend(kept).Append(result));
        return Expression.Lambda<Func<object?[], object?>>(body, given).Compile();
    }
}
