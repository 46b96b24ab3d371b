using DiffCompile.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Diagnostics;

/// <summary>DC1xxx: how a differentiable method is declared.</summary>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor ContainerNotPartial = Error(
        "DC1001", "Container is not partial",
        "'{0}' must be partial, because the derivative members of '{1}' are added to it; write 'partial' before its kind");

    public static readonly DiagnosticDescriptor InstanceMethod = Error(
        "DC1002", "Differentiable method is not static",
        "'{0}' must be static; pass the values of the instance as parameters, for example in a readonly record struct");

    public static readonly DiagnosticDescriptor GenericMethod = Error(
        "DC1003", "Differentiable method is generic",
        "'{0}' may have one type parameter only, for a number that double and float are, and must take a parameter of it ('T F<T>(T x) where T : IFloatingPointIeee754<T>'); or write one overload for double and one for float, each with its own Name");

    public static readonly DiagnosticDescriptor AsyncMethod = Error(
        "DC1004", "Differentiable method is async",
        "'{0}' must not be async; compute the value in a plain method and await around its call");

    public static readonly DiagnosticDescriptor IteratorMethod = Error(
        "DC1005", "Differentiable method is an iterator",
        "'{0}' must not be an iterator; return the values in a tuple or a readonly record struct");

    public static readonly DiagnosticDescriptor UnsafeMethod = Error(
        "DC1006", "Differentiable method is unsafe",
        "'{0}' must not be unsafe; differentiable code uses values and spans instead of pointers");

    public static readonly DiagnosticDescriptor RefParameter = Error(
        "DC1007", "Parameter passed by ref",
        "Parameter '{0}' of '{1}' must not be 'ref'; take it by value or 'in', and hand a changed value back as the result or an 'out' parameter");

    public static readonly DiagnosticDescriptor ParamsParameter = Error(
        "DC1008", "params parameter",
        "Parameter '{0}' of '{1}' must not be 'params'; write out the parameters one by one");

    public static readonly DiagnosticDescriptor RefReturn = Error(
        "DC1009", "Result returned by ref",
        "'{0}' must return its result by value; remove 'ref'");

    public static readonly DiagnosticDescriptor TypeReference = Error(
        "DC1010", "Reference type in the signature",
        "{0} has the reference type '{1}'; use double or float, or a readonly record struct of such members");

    public static readonly DiagnosticDescriptor TypeText = Error(
        "DC1011", "Text in the signature",
        "{0} has the type '{1}'; choose between variants by an enum instead of text");

    public static readonly DiagnosticDescriptor TypeDecimal = Error(
        "DC1012", "decimal in the signature",
        "{0} has the type '{1}', which has no derivative rules; use double");

    public static readonly DiagnosticDescriptor TypeNarrowInteger = Error(
        "DC1013", "Integer type that is not int or long in the signature",
        "{0} has the type '{1}'; the accepted integer types are int and long");

    public static readonly DiagnosticDescriptor TypeOtherNumber = Error(
        "DC1014", "Number type without rules in the signature",
        "{0} has the type '{1}', which has no derivative rules; use double or float, one per component");

    public static readonly DiagnosticDescriptor TypeArray = Error(
        "DC1015", "Array in the signature",
        "{0} has the type '{1}'; parameters may be arrays and spans of double, float, int, long, bool and of structs and tuples of these, and their arrays of two and three dimensions (one array and an index of your own for arrays of arrays), and a method writes into an array that it is given instead of returning one");

    public static readonly DiagnosticDescriptor TypeNullable = Error(
        "DC1016", "Nullable value in the signature",
        "{0} has the type '{1}'; use the value itself and a bool that says whether it is present");

    public static readonly DiagnosticDescriptor TypeNotReadonlyRecord = Error(
        "DC1017", "Struct that is more than its public members",
        "{0} has the struct type '{1}'; declare it as a record struct with positional members only, or as a struct whose fields and automatic properties are all public");

    public static readonly DiagnosticDescriptor TypeInlineArray = Error(
        "DC1024", "Inline array that is not accepted",
        "{0} has the inline array type '{1}'; its elements must be double, float, int, long, bool or structs of these, and at most 64; pass a span for more");

    public static readonly DiagnosticDescriptor TypeNotPositional = Error(
        "DC1018", "Record struct with members that are not positional",
        "{0} has the type '{1}', whose state must be exactly its positional members; move every field and property with storage into the parameter list of the record");

    public static readonly DiagnosticDescriptor TypeTypeParameter = Error(
        "DC1019", "Type parameter in the signature",
        "{0} has the type '{1}', a type parameter of the container; use double or float");

    public static readonly DiagnosticDescriptor TypeEnumUnderlying = Error(
        "DC1020", "Enum with an underlying type that is not int or long",
        "{0} has the enum type '{1}'; enums in differentiable code must have the underlying type int or long");

    public static readonly DiagnosticDescriptor TypePointer = Error(
        "DC1021", "Pointer in the signature",
        "{0} has the pointer type '{1}'; use values or spans");

    public static readonly DiagnosticDescriptor TypeDynamic = Error(
        "DC1022", "dynamic in the signature",
        "{0} has the type '{1}'; the type must be known at build time, use double");

    public static readonly DiagnosticDescriptor TypeUnresolved = Error(
        "DC1023", "Unknown type in the signature",
        "{0} has the type '{1}', which the compiler does not find; correct the C# error first");

    public static readonly DiagnosticDescriptor NoDifferentiableInput = Error(
        "DC1030", "No input to differentiate",
        "'{0}' has no input to differentiate; give it at least one double or float parameter without [NoGradient]");

    public static readonly DiagnosticDescriptor NoFloatingOutput = Error(
        "DC1031", "No output to differentiate",
        "'{0}' has no double or float output; return one, or a tuple or readonly record struct that holds one");

    public static readonly DiagnosticDescriptor VoidWithoutOut = Error(
        "DC1032", "No result at all",
        "'{0}' returns void and has no 'out' parameter; return the value that is to be differentiated");

    public static readonly DiagnosticDescriptor NoBody = Error(
        "DC1033", "Differentiable method without a body",
        "'{0}' has no body to differentiate (it is extern, abstract or an unimplemented partial method); write the body, or give it a custom rule by [DerivativeOf]");

    public static readonly DiagnosticDescriptor NameTaken = Error(
        "DC1034", "Generated member name is taken",
        "The members generated for '{0}' would clash with existing members of '{1}': {2}; set another base name by [Differentiable(Name = \"...\")]");

    public static readonly DiagnosticDescriptor OverloadsShareName = Error(
        "DC1035", "Differentiable overloads share a member name",
        "The members generated for '{0}' would have the same names as those of another overload: {1}; give each overload its own [Differentiable(Name = \"...\")]");

    public static readonly DiagnosticDescriptor InvalidName = Error(
        "DC1036", "Name is not an identifier",
        "'{0}' cannot be the base name of generated members; Name must be a C# identifier that is not a keyword");

    public static readonly DiagnosticDescriptor AttributedLocalFunction = Error(
        "DC1037", "Differentiable local function",
        "Local function '{0}' cannot be [Differentiable], because no member can be added beside it; make it a static method of the type");

    public static readonly DiagnosticDescriptor AttributedOtherMember = Error(
        "DC1038", "Differentiable member that is not a method",
        "{0} cannot be [Differentiable]; move the computation to a static method and mark that");

    public static readonly DiagnosticDescriptor FileLocalContainer = Error(
        "DC1039", "Container is file-local",
        "'{0}' is file-local, so no generated file can add members to it; remove 'file'");

    public static readonly DiagnosticDescriptor InvalidDomain = Error(
        "DC1040", "Domain is empty",
        "The domain [{0}, {1}] of parameter '{2}' is empty; the first bound must be a number less than or equal to the second");

    public static readonly DiagnosticDescriptor InvalidModes = Error(
        "DC1041", "Unknown derivative mode",
        "The value {0} contains bits that are not members of DerivativeModes; combine members such as DerivativeModes.Default | DerivativeModes.Hessian");

    public static readonly DiagnosticDescriptor MemberNotInCSharp = Error(
        "DC1042", "Container is an extension block",
        "'{0}' is declared in an extension block, to which no members can be added; make it a static method of the type");

    /// <summary>The diagnostic for a type that a signature must not contain.</summary>
    public static DiagnosticDescriptor OfSignature(TypeProblem problem) => problem switch
    {
        TypeProblem.Text => TypeText,
        TypeProblem.Decimal => TypeDecimal,
        TypeProblem.NarrowInteger => TypeNarrowInteger,
        TypeProblem.OtherNumber => TypeOtherNumber,
        TypeProblem.Array => TypeArray,
        TypeProblem.Nullable => TypeNullable,
        TypeProblem.NotReadonlyRecord => TypeNotReadonlyRecord,
        TypeProblem.NotPositional => TypeNotPositional,
        TypeProblem.InlineArray => TypeInlineArray,
        TypeProblem.TypeParameter => TypeTypeParameter,
        TypeProblem.EnumUnderlying => TypeEnumUnderlying,
        TypeProblem.Pointer => TypePointer,
        TypeProblem.Dynamic => TypeDynamic,
        TypeProblem.Unresolved => TypeUnresolved,
        _ => TypeReference,
    };

    public static readonly DiagnosticDescriptor CheckpointSlots = Error(
        "DC1050", "Number of checkpoints is missing",
        "[Checkpoint] needs a number of states that is at least 1, for example [Checkpoint(slots: 10)]; or a schedule without one, [Checkpoint(CheckpointSchedule.SquareRoot)]");

    public static readonly DiagnosticDescriptor CheckpointWithoutLoop = Error(
        "DC1051", "Checkpoint without a loop",
        "{0} has no loop of its own that could be checkpointed; mark the method that holds the loop, or remove [Checkpoint]");

    public static readonly DiagnosticDescriptor CheckpointLoop = Error(
        "DC1052", "Loop that cannot be checkpointed",
        "This loop of a method marked [Checkpoint] does not count an int by one to a bound that no trip changes, or is left by break or return; write it as for (int i = 0; i < n; i++), move it to a method without [Checkpoint], or remove that");
}
