using System.Text;
using System.Text.RegularExpressions;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// How library types are written: <c>Math</c> where the author's own names leave no doubt what that is,
/// <c>global::System.Math</c> elsewhere. Collects the using directives that the short names need.
/// </summary>
internal sealed class TypeNames
{
    /// <summary>The types that generated text names often enough for a short name to help.</summary>
    public static readonly string[] Shortenable =
    [
        "Math", "MathF", "SpecialFunctions", "DerivativeMath", "Span", "ReadOnlySpan", "NonFiniteOperation", "DerivativeWorkspace", "BufferChecks", "Rectangular", "InlineArrays", "Directions", "Vector512",
        "ArgumentException", "ArgumentNullException", "ArgumentOutOfRangeException", "InvalidOperationException", "NotSupportedException",
    ];

    // Only namespaces whose types we know, so that two of them never hold the same name.
    private static readonly string[] Importable = ["System", "System.Runtime.Intrinsics", "DiffCompile", "DiffCompile.Mathematics"];
    private static readonly Regex Qualified = new(@"global::((?:\w+\.)+)(\w+)", RegexOptions.CultureInvariant);
    private readonly HashSet<string>? _visible;
    private readonly bool _inNamespace;
    private readonly SortedDictionary<string, string> _usings = new(StringComparer.Ordinal);

    /// <param name="visible">
    /// Simple names that mean something of the author's inside the generated type: its members, inherited and nested ones
    /// included, type parameters, parameters of generated members, and the types and child namespaces of its namespace.
    /// Null when they are not known; then every name is written in full.
    /// </param>
    /// <param name="inNamespace">
    /// Directives inside a namespace hide those of the project. Outside of any namespace they would mix with the project's
    /// global usings, so there a type gets an alias, which cannot be ambiguous.
    /// </param>
    public TypeNames(IEnumerable<string>? visible, bool inNamespace)
    {
        _visible = visible is null ? null : new HashSet<string>(visible);
        _inNamespace = inNamespace;
    }

    /// <summary>Text of the using directives, in order.</summary>
    public IEnumerable<string> Usings => _usings.Values;

    /// <summary>A function "global::Namespace.Type.Method", or "double.Method".</summary>
    public string Function(string qualified)
    {
        int dot = qualified.LastIndexOf('.');
        return Type(qualified.Substring(0, dot)) + qualified.Substring(dot);
    }

    public string Type(IrType type) => Type(type.Part is { Item: TupleShape item } ? type.CSharp.Replace(item.CSharp, SignatureBuilder.TypeText(item)) : type.CSharp);

    public string Type(Shape shape)
    {
        if (shape is not TupleShape tuple)
        {
            return Type(shape.CSharp);
        }

        return "(" + string.Join(", ", tuple.Elements.Select(e => Type(e.Shape) + " " + Identifiers.Escape(e.Name))) + ")";
    }

    /// <summary>The text of a type with the names in it shortened where that is safe.</summary>
    public string Type(string text) =>
        text.IndexOf("global::", StringComparison.Ordinal) < 0 ? text : Qualified.Replace(text, match => Shorten(match, text));

    /// <summary>The expression of a throw, with the name of the exception type shortened where that is safe.</summary>
    public string Exception(string expression)
    {
        const string creation = "new ";
        int arguments = expression.IndexOf('(');
        return expression.StartsWith(creation + "global::", StringComparison.Ordinal) && arguments > 0
            ? creation + Type(expression.Substring(creation.Length, arguments - creation.Length)) + expression.Substring(arguments)
            : expression;
    }

    private string Shorten(Match match, string text)
    {
        string space = match.Groups[1].Value.TrimEnd('.');
        string name = match.Groups[2].Value;
        int end = match.Index + match.Length;
        bool isGeneric = end < text.Length && text[end] == '<';
        if (_visible is null || _visible.Contains(name) || !Importable.Contains(space) || !Shortenable.Contains(name) || (isGeneric && !_inNamespace))
        {
            return match.Value;
        }

        _usings[_inNamespace ? space : name] = _inNamespace ? $"using global::{space};" : $"using {name} = global::{space}.{name};";
        return name;
    }
}
