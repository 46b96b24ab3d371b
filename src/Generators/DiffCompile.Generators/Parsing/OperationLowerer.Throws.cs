using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Exceptions. The thrown object is kept as C# text, so it may name nothing that other code does not see.
internal sealed partial class OperationLowerer
{
    private void LowerThrow(IThrowOperation operation)
    {
        IOperation? thrown = operation.Exception;
        while (thrown is IConversionOperation { IsImplicit: true } conversion)
        {
            thrown = conversion.Operand;
        }

        if (thrown is not IObjectCreationOperation { Initializer: null, Type: INamedTypeSymbol { IsGenericType: false } type } creation)
        {
            Refuse(Descriptors.ThrowArgument, operation, "this is not such an expression");
            return;
        }

        List<string> arguments = [];
        bool named = false;
        for (int i = 0; i < creation.Arguments.Length; i++)
        {
            IArgumentOperation argument = creation.Arguments[i];
            if (argument.ArgumentKind == ArgumentKind.DefaultValue)
            {
                named = true;
                continue;
            }

            if (TextOfArgument(argument.Value) is not { } text || argument.ArgumentKind != ArgumentKind.Explicit)
            {
                Refuse(Descriptors.ThrowArgument, argument.Value, "'" + argument.Value.Syntax + "' is not constant");
                return;
            }

            named |= argument.Parameter!.Ordinal != i;
            arguments.Add(named ? KnownSymbols.Escape(argument.Parameter.Name) + ": " + text : text);
        }

        _builder.Add(new ThrowEquation($"new {type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}({string.Join(", ", arguments)})") { Reach = Reach.Of(type) });
    }

    private static string? TextOfArgument(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion && !value.ConstantValue.HasValue)
        {
            value = conversion.Operand;
        }

        return value.ConstantValue is not { HasValue: true } constant ? null : constant.Value switch
        {
            null => "null",
            string s => SymbolDisplay.FormatLiteral(s, quote: true),
            char c => SymbolDisplay.FormatLiteral(c, quote: true),
            bool b => b ? "true" : "false",
            double d => Literals.FormatDouble(d),
            float f => Literals.FormatSingle(f),
            int i when value.Type?.TypeKind != TypeKind.Enum => Literals.Int32(i).Literal!.Text,
            long l when value.Type?.TypeKind != TypeKind.Enum => Literals.Int64(l).Literal!.Text,
            _ => null,
        };
    }
}
