using System.Globalization;
using System.Reflection;

namespace DiffCompile.Runtime.Tests.PublicApi;

/// <summary>C# spelling of types, with their namespaces and with nullable references marked.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(int)] = "int", [typeof(uint)] = "uint",
        [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double", [typeof(char)] = "char",
        [typeof(string)] = "string", [typeof(object)] = "object",
    };

    /// <param name="info">A type with what is known of its nullability.</param>
    /// <param name="tupleNames">
    /// Names of tuple elements as the compiler records them: those of a tuple, then those of the tuples inside. Null: none.
    /// </param>
    public static string Of(NullabilityInfo info, Queue<string?>? tupleNames)
    {
        Type type = info.Type;
        string text = type switch
        {
            { IsByRef: true } => Of(type.GetElementType()!),
            { IsArray: true } when info.ElementType is { } element => Of(element, tupleNames) + Brackets(info.Type),
            { IsGenericType: true } when info.GenericTypeArguments.Length == type.GetGenericArguments().Length => Generic(info, tupleNames),
            _ => Of(type),
        };
        return text + (info.ReadState == NullabilityState.Nullable && !type.IsValueType && !type.IsByRef ? "?" : "");
    }

    public static string Of(Type type) =>
        Keywords.TryGetValue(type, out string? keyword) ? keyword
        : type.IsGenericParameter ? type.Name
        : type.IsByRef ? Of(type.GetElementType()!)
        : type.IsArray ? Of(type.GetElementType()!) + Brackets(type)
        : type.IsPointer ? Of(type.GetElementType()!) + "*"
        : type.IsGenericType ? Generic(type, type.GetGenericArguments().Select(Of).ToArray())
        : Name(type);

    /// <summary>Name with the types around it, without type parameters.</summary>
    public static string Name(Type type)
    {
        string name = type.Name.Split('`')[0];
        return type.IsNested ? Name(type.DeclaringType!) + "." + name : type.Namespace is { Length: > 0 } space ? space + "." + name : name;
    }

    public static string Constant(object? value) => value switch
    {
        null => "null",
        string s => "\"" + s + "\"",
        bool b => b ? "true" : "false",
        Enum e => Of(e.GetType()) + "." + e,
        double d => d.ToString("R", CultureInfo.InvariantCulture),
        float f => f.ToString("R", CultureInfo.InvariantCulture) + "f",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Brackets(Type array) => "[" + new string(',', array.GetArrayRank() - 1) + "]";

    private static string Generic(NullabilityInfo info, Queue<string?>? tupleNames)
    {
        string?[] names = info.GenericTypeArguments.Select(_ => IsTuple(info.Type) && tupleNames is { Count: > 0 } ? tupleNames.Dequeue() : null).ToArray();
        return Generic(info.Type, info.GenericTypeArguments.Zip(names, (argument, name) => Of(argument, tupleNames) + (name is null ? "" : " " + name)).ToArray());
    }

    private static bool IsTuple(Type type) => type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true;

    private static string Generic(Type type, string[] arguments)
    {
        Type definition = type.GetGenericTypeDefinition();
        return definition == typeof(Nullable<>) ? arguments[0] + "?"
            : IsTuple(definition) ? "(" + string.Join(", ", arguments) + ")"
            : Name(type) + "<" + string.Join(", ", arguments) + ">";
    }
}
