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
            return parts.All(p => p.Set is null) ? Activator.CreateInstance(type, arguments)! : Filled(type, parts, arguments);
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

    private static Func<object, object?> ReaderOf(Type type, string name)
    {
        const BindingFlags anyCase = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        return type.GetProperty(name, anyCase) is { } property ? property.GetValue : type.GetField(name, anyCase)!.GetValue;
    }

    private static object Filled(Type type, List<(Type Type, Func<object, object?> Get, Action<object, object?>? Set)> parts, object[] arguments)
    {
        object made = Activator.CreateInstance(type)!;
        for (int i = 0; i < parts.Count; i++)
        {
            parts[i].Set!(made, arguments[i]);
        }

        return made;
    }

    /// <summary>Reads an element of a boxed inline array, or writes it.</summary>
    private static T ElementOf<TArray, T>(object whole, int index, object? value)
        where TArray : struct
    {
        ref T element = ref Unsafe.Add(ref Unsafe.As<TArray, T>(ref Unsafe.Unbox<TArray>(whole)), index);
        if (value is T given)
        {
            element = given;
        }

        return element;
    }

    // A tuple and a positional struct are made by their constructor, another struct by assigning its members.
    private static List<(Type Type, Func<object, object?> Get, Action<object, object?>? Set)>? Parts(Type type)
    {
        if (typeof(ITuple).IsAssignableFrom(type))
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Instance)
                .OrderBy(f => f.Name == "Rest" ? "Item9" : f.Name, StringComparer.Ordinal)
                .Select(f => (f.FieldType, (Func<object, object?>)f.GetValue, (Action<object, object?>?)null)).ToList();
        }

        if (type.IsPrimitive || type.IsEnum || !type.IsValueType)
        {
            return null;
        }

        if (type.GetCustomAttribute<InlineArrayAttribute>() is { } inline)
        {
            Type element = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single().FieldType;
            MethodInfo elements = typeof(Flattening).GetMethod(nameof(ElementOf), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type, element);
            List<(Type, Func<object, object?>, Action<object, object?>?)> parts = [];
            for (int i = 0; i < inline.Length; i++)
            {
                int index = i;
                parts.Add((element, whole => elements.Invoke(null, [whole, index, null]), (whole, value) => elements.Invoke(null, [whole, index, value])));
            }

            return parts;
        }

        if (type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault() is { } constructor)
        {
            return constructor.GetParameters()
                .Select(p => (p.ParameterType, ReaderOf(type, p.Name!), (Action<object, object?>?)null)).ToList();
        }

        return type.GetMembers(BindingFlags.Public | BindingFlags.Instance).OrderBy(m => m.MetadataToken)
            .Select(m => m switch
            {
                FieldInfo f => (f.FieldType, f.GetValue, f.SetValue),
                PropertyInfo p => (p.PropertyType, p.GetValue, p.SetValue),
                _ => (typeof(void), (Func<object, object?>)(_ => null), (Action<object, object?>?)null),
            })
            .Where(p => p.Item3 is not null).ToList();
    }
}
