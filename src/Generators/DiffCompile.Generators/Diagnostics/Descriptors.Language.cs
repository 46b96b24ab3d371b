using DiffCompile.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Diagnostics;

/// <summary>DC2xxx: C# that differentiable code cannot contain.</summary>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor ForEachLoop = Error(
        "DC2002", "foreach loop", "'foreach' goes over arrays and spans of double, float, int, long, bool and structs of these here; pass the items as one of these");

    public static readonly DiagnosticDescriptor BufferReassigned = Error(
        "DC2007", "Array variable with several values", "{0} stands for different arrays on different paths or trips; give each array a variable of its own, and choose between elements instead of arrays");

    public static readonly DiagnosticDescriptor OverlappingCopy = Error(
        "DC2008", "Copy inside one array", "Elements are copied between two buffers that are parts of one array in this call; write the loop over the elements, in the order that is meant, or copy where the array itself is known");

    public static readonly DiagnosticDescriptor Goto = Error(
        "DC2005", "goto", "'goto' is not supported; write the choice with if and else, or call a helper method from both places");

    public static readonly DiagnosticDescriptor Label = Error(
        "DC2006", "Label", "The label '{0}' is not supported; write the choice with if and else");

    public static readonly DiagnosticDescriptor ArrayCreation = Error(
        "DC2010", "Array creation", "This array or span cannot be made here; write 'new T[n]', 'new T[n, m]' or 'new T[n, m, l]' with int lengths and T one of double, float, int, long, bool and structs of these");

    public static readonly DiagnosticDescriptor ElementAccess = Error(
        "DC2011", "Element access", "This element cannot be read or written; use int indices into an array or span of double, float, int, long, bool or structs of these");

    public static readonly DiagnosticDescriptor StackAlloc = Error(
        "DC2012", "stackalloc", "This 'stackalloc' is not supported; write 'stackalloc T[n]' or 'stackalloc T[] {{ … }}' with T one of double, float, int, long, bool and structs of these");

    public static readonly DiagnosticDescriptor RangeOperator = Error(
        "DC2013", "Range", "This range is not supported; write '..' in the brackets of an array or a span");

    public static readonly DiagnosticDescriptor IndexFromEnd = Error(
        "DC2014", "Index from the end", "'^' is supported in the brackets of an array or span only; write the index as an int");

    public static readonly DiagnosticDescriptor SpanUse = Error(
        "DC2015", "Use of a span", "'{0}' of an array or span is not supported; write the loop over the elements");

    public static readonly DiagnosticDescriptor Lambda = Error(
        "DC2020", "Lambda that is more than called", "This lambda is passed on, returned, stored or chosen; hold it in a local variable of its own that is only called, or write a static method and call it by name");

    public static readonly DiagnosticDescriptor MethodGroup = Error(
        "DC2021", "Method as a value", "'{0}' is used as a value; call it directly, or hold it in a local variable that is only called");

    public static readonly DiagnosticDescriptor DelegateCall = Error(
        "DC2023", "Delegate call", "A delegate is called that may hold any method, so the code that runs is unknown at build time; call a static method by name, or hold a lambda in a local variable that is only called");

    public static readonly DiagnosticDescriptor Try = Error(
        "DC2024", "try", "'try' is not supported; catch exceptions around the call of the differentiable method");

    public static readonly DiagnosticDescriptor Using = Error(
        "DC2025", "using", "'using' is not supported; hold resources outside of the differentiable method");

    public static readonly DiagnosticDescriptor Lock = Error(
        "DC2026", "lock", "'lock' is not supported; a differentiable method depends on its parameters only, lock around its call");

    public static readonly DiagnosticDescriptor Fixed = Error(
        "DC2027", "fixed", "'fixed' is not supported; differentiable code uses values instead of pointers");

    public static readonly DiagnosticDescriptor Pointer = Error(
        "DC2028", "Pointer or unsafe code", "Unsafe code and pointers are not supported; use values");

    public static readonly DiagnosticDescriptor Text = Error(
        "DC2031", "Text", "Text of type '{0}' is not supported except as a constant argument of an exception; choose between variants by an enum");

    public static readonly DiagnosticDescriptor InterpolatedText = Error(
        "DC2032", "Interpolated text", "Interpolated text is not supported; use a constant message");

    public static readonly DiagnosticDescriptor ClassCreation = Error(
        "DC2033", "Creation of an object", "'{0}' is a class; use a readonly record struct or a tuple");

    public static readonly DiagnosticDescriptor InstanceCall = Error(
        "DC2034", "Call of an instance method", "'{0}' is an instance method; make it a static method that takes the value as a parameter, or a method of a positional 'readonly record struct'");

    public static readonly DiagnosticDescriptor InstanceMember = Error(
        "DC2035", "Field or property of an object", "'{0}' is read from an object; pass its value as a parameter");

    public static readonly DiagnosticDescriptor MutableStatic = Error(
        "DC2036", "Mutable static field", "'{0}' can change between the value and its derivative; make it const or static readonly, or pass it as a parameter");

    public static readonly DiagnosticDescriptor StaticInitializer = Error(
        "DC2037", "static readonly field whose value is not known", "The value of '{0}' cannot be read at build time because {1}; make it const, or pass it as a parameter");

    public static readonly DiagnosticDescriptor StaticProperty = Error(
        "DC2038", "Static property", "'{0}' is a static property whose value is not computed in this project; use a const or static readonly field, or pass it as a parameter");

    public static readonly DiagnosticDescriptor RefLocal = Error(
        "DC2039", "Reference to a variable", "References to variables and elements are not supported; copy the value, or name the element by its index");

    public static readonly DiagnosticDescriptor RefArgument = Error(
        "DC2040", "ref argument", "'{0}' is passed by 'ref', which takes a variable or an element, and a method without [Differentiable] whose body is in this project; let the method return the new value");

    public static readonly DiagnosticDescriptor DeclarationPattern = Error(
        "DC2041", "Pattern that declares a variable", "Patterns that declare a variable are not supported; compare the value and use it by its own name");

    public static readonly DiagnosticDescriptor TypeTest = Error(
        "DC2042", "Type test", "Tests of a type are not supported; types are known at build time, choose between variants by an enum");

    public static readonly DiagnosticDescriptor ListPattern = Error(
        "DC2043", "List pattern", "List patterns are not supported; compare the length and the elements");

    public static readonly DiagnosticDescriptor RecursivePattern = Error(
        "DC2044", "Property or positional pattern", "Property and positional patterns are not supported; compare the members one by one with &&");

    public static readonly DiagnosticDescriptor Null = Error(
        "DC2045", "null", "null and operators on it are not supported; differentiable values are never null");

    public static readonly DiagnosticDescriptor Dynamic = Error(
        "DC2046", "dynamic", "'dynamic' is not supported; the type must be known at build time, use double");

    public static readonly DiagnosticDescriptor Decimal = Error(
        "DC2047", "decimal", "'{0}' has no derivative rules; use double");

    public static readonly DiagnosticDescriptor NarrowInteger = Error(
        "DC2048", "Integer type that is not int or long", "The type '{0}' is not supported; use int or long");

    public static readonly DiagnosticDescriptor OtherNumber = Error(
        "DC2049", "Number type without rules", "The type '{0}' has no derivative rules; use double or float, one per component");

    public static readonly DiagnosticDescriptor DirectRecursion = Error(
        "DC2050", "Recursion",
        "'{0}' calls itself ({1}); a static method, or a function that captures nothing, may call itself directly, with numbers only: write a loop or a closed form, or give a custom rule ([DerivativeOf])");

    public static readonly DiagnosticDescriptor VirtualCall = Error(
        "DC2051", "Virtual call", "'{0}' is abstract or virtual, so the code that runs is unknown at build time; call a method of a known type, or of a struct that is a type argument");

    public static readonly DiagnosticDescriptor Event = Error(
        "DC2052", "Event", "The event '{0}' cannot be used in differentiable code; raise it around the call of the method");

    public static readonly DiagnosticDescriptor Query = Error(
        "DC2053", "Query expression", "Queries (LINQ) are not supported; write the loop over an array or span");

    public static readonly DiagnosticDescriptor TypeOf = Error(
        "DC2054", "typeof", "Type objects are not supported; choose between variants by an enum");

    public static readonly DiagnosticDescriptor StructInitializer = Error(
        "DC2055", "Struct not made of its members", "'{0}' must be created from its members: by a constructor that stores each parameter in one of them and does nothing else, for example new {0}(...), by an initializer, or by 'with'");

    public static readonly DiagnosticDescriptor StructMember = Error(
        "DC2056", "Computed member of a struct", "'{0}' is neither a positional member of '{1}' nor computed in this project; compute it in a static method that takes the struct");

    public static readonly DiagnosticDescriptor OtherStruct = Error(
        "DC2057", "Struct that is more than its public members", "The type '{0}' is not supported; declare it as a record struct with positional members only, or as a struct whose fields and automatic properties are all public");

    public static readonly DiagnosticDescriptor AggregateComparison = Error(
        "DC2058", "Comparison of tuples or structs", "'{0}' compares whole tuples or structs; compare the members one by one");

    public static readonly DiagnosticDescriptor ThrowArgument = Error(
        "DC2059", "Exception that is not constant", "An exception must be made in place, as 'new X(...)' with constant arguments and nameof; {0}");

    public static readonly DiagnosticDescriptor AliasedOut = Error(
        "DC2060", "Variable passed twice", "'{0}' is passed by reference to a call that may change it through another argument; use two variables");

    public static readonly DiagnosticDescriptor GenericCall = Error(
        "DC2061", "Call of a generic method", "'{0}' is a generic method whose text is not known; write one for double (or float), or one in this project, and call that");

    public static readonly DiagnosticDescriptor AssignmentTarget = Error(
        "DC2062", "Assignment to something that is not a local variable", "Only local variables, parameters, elements of the method's own arrays and of those passed to it, and members of these can be assigned; hand other values back as results");

    public static readonly DiagnosticDescriptor ParamsCall = Error(
        "DC2063", "Call with a params list", "'{0}' takes a params list; give it an ordinary array or span parameter and pass one");

    public static readonly DiagnosticDescriptor Nullable = Error(
        "DC2064", "Nullable value", "The nullable type '{0}' is not supported; use the value itself and a bool that says whether it is present");

    public static readonly DiagnosticDescriptor ReferenceValue = Error(
        "DC2065", "Value of a reference type", "The type '{0}' is not supported in differentiable code; use double, float, int, long, bool, enums, tuples and readonly record structs");

    public static readonly DiagnosticDescriptor UnsupportedOperator = Error(
        "DC2067", "Operator", "The operator '{0}' on '{1}' is not supported; use the operators of double, float, int, long and bool");

    public static readonly DiagnosticDescriptor VoidCall = Error(
        "DC2068", "Call without a result", "'{0}' returns nothing that differentiable code could use; remove the call, or let the method return its value (a check becomes 'if (...) throw new X(...)')");

    public static readonly DiagnosticDescriptor AnonymousType = Error(
        "DC2069", "Anonymous type", "Anonymous types are not supported; use a tuple");

    public static readonly DiagnosticDescriptor CustomDeconstruct = Error(
        "DC2070", "Deconstruct method", "The Deconstruct method of '{0}' is not supported; read the members by name");

    public static readonly DiagnosticDescriptor NarrowEnum = Error(
        "DC2071", "Enum with an underlying type that is not int or long", "The enum '{0}' is not supported; enums in differentiable code must have the underlying type int or long");

    public static readonly DiagnosticDescriptor TypeParameterValue = Error(
        "DC2072", "Value of a type parameter", "The type parameter '{0}' is not supported; use double or float");

    public static readonly DiagnosticDescriptor Indexer = Error(
        "DC2074", "Indexer", "Indexers are supported for arrays and spans of double, float, int, long, bool and structs of these only; pass the values as one of these");

    public static readonly DiagnosticDescriptor HelperBody = Error(
        "DC2075", "Called method without a body", "'{0}' has no body that could be read; write the body, or give it a custom rule ([DerivativeOf])");

    public static readonly DiagnosticDescriptor DelegateValue = Error(
        "DC2076", "Delegate variable that is more than called", "The delegate '{0}' is passed on, returned, stored or assigned again; only call it, with a variable of its own for each function, or write a static method and call it by name");

    public static readonly DiagnosticDescriptor InlinedTooLarge = Error(
        "DC2077", "Too much text from functions that share variables", "A function that shares variables with its caller is written out at each call, and with '{0}' that becomes too long; give it values as parameters, and let it return the new ones");

    public static readonly DiagnosticDescriptor InlineArrayUse = Error(
        "DC2078", "Elements of an inline array that is no variable", "The elements of '{0}' are asked for by a computed index, as a span or by reference; copy it into a local variable first");

    public static readonly DiagnosticDescriptor InlineArrayValue = Error(
        "DC2079", "Inline array that is not accepted", "The inline array type '{0}' is not supported; its elements must be double, float, int, long, bool or structs of these, and at most 64; use 'stackalloc' or an array for more");

    public static readonly DiagnosticDescriptor InvalidCode = Error(
        "DC2098", "Code that does not compile", "This code has a C# error, so it cannot be differentiated; correct the error first");

    public static readonly DiagnosticDescriptor UnknownOperation = Error(
        "DC2099", "Construct that is not supported", "This construct ({0}) is not supported in differentiable code; use arithmetic, local variables, if, switch and calls of static methods");

    /// <summary>The diagnostic for a value of a type that differentiable code must not contain.</summary>
    public static DiagnosticDescriptor OfValue(TypeProblem problem) => problem switch
    {
        TypeProblem.Text => Text,
        TypeProblem.Decimal => Decimal,
        TypeProblem.NarrowInteger => NarrowInteger,
        TypeProblem.OtherNumber => OtherNumber,
        TypeProblem.Array => ArrayCreation,
        TypeProblem.Nullable => Nullable,
        TypeProblem.NotReadonlyRecord or TypeProblem.NotPositional => OtherStruct,
        TypeProblem.InlineArray => InlineArrayValue,
        TypeProblem.TypeParameter => TypeParameterValue,
        TypeProblem.EnumUnderlying => NarrowEnum,
        TypeProblem.Pointer => Pointer,
        TypeProblem.Dynamic => Dynamic,
        TypeProblem.Unresolved => InvalidCode,
        _ => ReferenceValue,
    };
}
