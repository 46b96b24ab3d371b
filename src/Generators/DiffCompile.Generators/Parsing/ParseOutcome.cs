using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>A parse together with what only a live compilation can use.</summary>
/// <param name="Result">Plain data; the only part that a generator may keep.</param>
/// <param name="Locations">Where each IR value of the method's own body comes from, by value id.</param>
internal sealed record ParseOutcome(ParseResult Result, IReadOnlyDictionary<int, Location> Locations);
