using System.Reflection;
using System.Runtime.CompilerServices;

namespace DiffCompile.TestKit;

/// <summary>Takes C# values (scalars, tuples, record structs) apart into numbers and puts them together again.</summary>
public static class Flattening
{
    /// <summary>The scalar types inside <paramref name="type"/>, in order.</summary>
    public static IEnumerable<Type> Leaves(Type type) => Parts(type) is { } parts ? parts.SelectMany(p => Leaves(p.Type)) : [type];

    /// <summary>The numbers inside <paramref name="value"/>, in order.</summary>
    public static IEnumerable<double> Read(object? value)
    {
        Type type = value!.GetType();
        return Parts(type) is { } parts ? parts.SelectMany(p => Read(p.Get(value))) : [ToNumber(value)];
    }

    /// <summary>A value of <paramref name="type"/> made of the next numbers.</summary>
    public static object Write(Type type, Queue<double> numbers)
    {
        if (Parts(type) is { } parts)
        {
            object[] arguments = parts.Select(p => Write(p.Type, numbers)).ToArray();
            return Activator.CreateInstance(type, arguments)!;
        }

        double number = numbers.Dequeue();
        return type == typeof(bool) ? number != 0.0
            : type.IsEnum ? Enum.ToObject(type, (int)number)
            : Convert.ChangeType(number, type, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Types of the elements of a tuple, of the members of a struct.</summary>
    public static IEnumerable<Type> PartTypes(Type type) => Parts(type)?.Select(p => p.Type) ?? [type];

    public static bool IsFloat(Type type) => type == typeof(double) || type == typeof(float);

    private static double ToNumber(object value) => value switch
    {
        bool b => b ? 1.0 : 0.0,
        Enum e => Convert.ToInt64(e, System.Globalization.CultureInfo.InvariantCulture),
        _ => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static List<(Type Type, Func<object, object?> Get)>? Parts(Type type)
    {
        if (typeof(ITuple).IsAssignableFrom(type))
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Instance)
                .OrderBy(f => f.Name == "Rest" ? "Item9" : f.Name, StringComparer.Ordinal)
                .Select(f => (f.FieldType, (Func<object, object?>)f.GetValue)).ToList();
        }

        if (type.IsPrimitive || type.IsEnum || !type.IsValueType)
        {
            return null;
        }

        ConstructorInfo constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        return constructor.GetParameters()
            .Select(p => (p.ParameterType, (Func<object, object?>)type.GetProperty(p.Name!)!.GetValue)).ToList();
    }
}
