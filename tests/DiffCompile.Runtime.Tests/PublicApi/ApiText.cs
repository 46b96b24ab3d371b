using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace DiffCompile.Runtime.Tests.PublicApi;

/// <summary>
/// The public surface of an assembly as text: types and members that other assemblies can name, in ordinal order. What the
/// compiler adds to records, and what our generator makes, is left out.
/// </summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().Where(t => !IsGenerated(t)).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Head(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return $"delegate {Return(invoke)} {TypeText.Of(type)}({Parameters(invoke)})";
        }

        IEnumerable<Type> bases = type is { IsEnum: true } ? [Enum.GetUnderlyingType(type)]
            : (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? new[] { parent } : [])
                .Concat(type.GetInterfaces().Where(i => i.IsPublic).OrderBy(TypeText.Of, StringComparer.Ordinal));
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => (Has<IsReadOnlyAttribute>(type) ? "readonly " : "") + (Has<IsByRefLikeAttribute>(type) ? "ref " : "") + "struct",
            _ => (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + "class",
        };
        string list = string.Join(", ", bases.Select(TypeText.Of));
        return $"{kind} {TypeText.Of(type)}" + (list.Length > 0 ? " : " + list : "");
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return [];
        }

        if (type.IsEnum)
        {
            return Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => $"{Enum.GetName(type, v)} = {TypeText.Constant(v)}").Distinct();
        }

        return type.GetFields(Declared).Where(f => IsVisible(f.Attributes & FieldAttributes.FieldAccessMask) && !IsGenerated(f)).Select(Field)
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsVisible) && !IsGenerated(p)).Select(Property))
            .Concat(type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)).Select(e => $"event {TypeText.Of(e.EventHandlerType!)} {e.Name}"))
            .Concat(type.GetConstructors(Declared).Where(c => !c.IsStatic && IsVisible(c)).Select(c => $"{Access(c)}.ctor({Parameters(c)})"))
            .Concat(type.GetMethods(Declared).Where(m => IsVisible(m) && !IsGenerated(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))).Select(Method));
    }

    private static string Field(FieldInfo field)
    {
        string type = TypeText.Of(new NullabilityInfoContext().Create(field), TupleNames(field));
        return field.IsLiteral
            ? $"const {type} {field.Name} = {TypeText.Constant(field.GetRawConstantValue())}"
            : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "") + $"{type} {field.Name}";
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo accessor = property.GetAccessors(true).First(IsVisible);
        string set = property.SetMethod is not { } setter || !IsVisible(setter) ? ""
            : setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";
        string index = property.GetIndexParameters().Length == 0 ? "" : $"[{Parameters(property.GetIndexParameters())}]";
        string get = property.GetMethod is { } getter && IsVisible(getter) ? " get;" : "";
        string required = Has<RequiredMemberAttribute>(property) ? "required " : "";
        return $"{Access(accessor)}{(accessor.IsStatic ? "static " : "")}{required}{TypeText.Of(new NullabilityInfoContext().Create(property), TupleNames(property))} {property.Name}{index} {{{get}{set} }}";
    }

    private static string Method(MethodInfo method)
    {
        string generic = method.IsGenericMethod ? "<" + string.Join(", ", method.GetGenericArguments().Select(a => a.Name)) + ">" : "";
        string kind = method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method.GetBaseDefinition() != method ? "override " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
        string extended = Has<ExtensionAttribute>(method) ? "this " : "";
        return $"{Access(method)}{kind}{Return(method)} {method.Name}{generic}({extended}{Parameters(method)})";
    }

    private static string Return(MethodInfo method) =>
        (method.ReturnType.IsByRef ? "ref " : "") + TypeText.Of(new NullabilityInfoContext().Create(method.ReturnParameter), TupleNames(method.ReturnParameter));

    private static string Parameters(MethodBase method) => Parameters(method.GetParameters());

    private static string Parameters(IEnumerable<ParameterInfo> parameters) => string.Join(", ", parameters.Select(p =>
    {
        string mode = p.IsOut ? "out " : p.IsIn && p.ParameterType.IsByRef ? "in " : p.ParameterType.IsByRef ? "ref " : Has<ParamArrayAttribute>(p) ? "params " : "";
        string value = !p.HasDefaultValue ? "" : " = " + (p.ParameterType.IsValueType && p.RawDefaultValue is null ? "default" : TypeText.Constant(p.DefaultValue));
        return mode + TypeText.Of(new NullabilityInfoContext().Create(p), TupleNames(p)) + " " + p.Name + value;
    }));

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static bool IsVisible(MethodBase method) =>
        (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !(method.DeclaringType!.IsSealed && !method.IsPublic);

    private static bool IsVisible(FieldAttributes access) => access is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static bool IsGenerated(MemberInfo member) =>
        member.GetCustomAttribute<GeneratedCodeAttribute>()?.Tool == "DiffCompile"
        || member.GetCustomAttributesData().Any(a => a.AttributeType.Name == "GeneratedDerivativeAttribute")
        || (Has<CompilerGeneratedAttribute>(member) && member.Name != "Deconstruct");

    private static Queue<string?>? TupleNames(ICustomAttributeProvider typed) =>
        typed.GetCustomAttributes(typeof(TupleElementNamesAttribute), false) is [TupleElementNamesAttribute names] ? new(names.TransformNames) : null;

    private static bool Has<T>(MemberInfo member)
        where T : Attribute => member.IsDefined(typeof(T), inherit: false);

    private static bool Has<T>(ParameterInfo parameter)
        where T : Attribute => parameter.IsDefined(typeof(T), inherit: false);
}
