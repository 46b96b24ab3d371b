using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Linking;

/// <summary>One method with everything that it reaches: all that its generated file depends on.</summary>
/// <param name="Method">The parsed method.</param>
/// <param name="Callees">Specs of the methods that it calls, directly or not, in a fixed order.</param>
/// <param name="RefusedCallees">Keys of called methods that are refused themselves.</param>
internal sealed record LinkUnit(ParseResult Method, EquatableArray<FunctionSpec> Callees, EquatableArray<string> RefusedCallees);
