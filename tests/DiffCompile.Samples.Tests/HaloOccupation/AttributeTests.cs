using System.Text.RegularExpressions;
using DiffCompile.Model.Occupation;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace DiffCompile.Samples.Tests.HaloOccupation;

/// <summary>The derivatives come from the generator and from nowhere else: without the attribute there is no program.</summary>
public partial class AttributeTests
{
    [Fact]
    public void With_the_attribute_the_program_builds()
    {
        GeneratedCompilation built = Build(text => text);
        built.Diagnostics.ShouldBeEmpty();
        Errors(built).ShouldBeEmpty();
        built.Files.Values.ShouldContain(file => file.Contains("MeanGalaxiesValueAndGradient("));
    }

    [Fact]
    public void Without_the_attribute_it_does_not()
    {
        int removed = 0;
        GeneratedCompilation built = Build(text => Attribute().Replace(text, _ =>
        {
            removed++;
            return string.Empty;
        }));

        removed.ShouldBe(1);
        built.Files.Values.ShouldNotContain(file => file.Contains("MeanGalaxiesValueAndGradient("));

        // "Does not contain a definition", and in its wake "cannot infer the type" of what the member returns.
        Diagnostic[] errors = Errors(built);
        Diagnostic[] missing = [.. errors.Where(error => error.Id == "CS0117")];
        missing.ShouldNotBeEmpty();
        missing.ShouldAllBe(error => error.GetMessage(null).Contains("MeanGalaxiesValueAndGradient"));
        errors.ShouldAllBe(error => error.Id == "CS0117" || error.Id == "CS8130");
    }

    [GeneratedRegex(@"\[Differentiable(\([^)]*\))?\]")]
    private static partial Regex Attribute();

    private static GeneratedCompilation Build(Func<string, string> change)
    {
        string[] sources =
        [
            """
            global using System;
            global using System.Collections.Generic;
            global using System.IO;
            global using System.Linq;
            global using System.Threading;
            global using System.Threading.Tasks;
            """,
            .. typeof(AttributeTests).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith("HaloOccupation/", StringComparison.Ordinal))
                .Select(name => change(Text(name))),
        ];
        MetadataReference model = MetadataReference.CreateFromFile(typeof(Zheng07).Assembly.Location);
        return GeneratorHarness.Generate(GeneratorHarness.Compilation(sources, "HaloOccupation", [model]));
    }

    private static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(AttributeTests).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private static Diagnostic[] Errors(GeneratedCompilation built)
        => [.. built.Compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)];
}
