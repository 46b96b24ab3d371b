using System.Text.RegularExpressions;
using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Tests.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.MustRefuse;

/// <summary>Every diagnostic of the parser has a program that gets it and a page, whose advice is accepted.</summary>
public partial class DocumentationTests
{
    /// <summary>Shown by two assemblies instead of a program: see OtherAssemblyTests.</summary>
    private static readonly string[] NeedTwoAssemblies = ["DC2056", "DC3003", "DC3005"];

    /// <summary>Found only when a method is put together with its callees: see AgreementTests.</summary>
    private static readonly string[] NeedCallees = ["DC2008"];

    /// <summary>What to do instead is not a program of its own: another package, a generated member.</summary>
    private static readonly string[] WithoutProgram = ["DC3003", "DC3005", "DC3006"];

    /// <summary>Ids of what is accepted by now. Their pages say so.</summary>
    private static readonly string[] Retired = ["DC2001", "DC2003", "DC2004", "DC2022"];

    private static readonly string Pages = FindPages();

    public static IEnumerable<object[]> Ids => Parsed.Select(d => new object[] { d.Id });

    // Diagnostics of linking and internal errors are not the parser's.
    private static IEnumerable<DiagnosticDescriptor> Parsed => Descriptors.All
        .Where(d => d.Id[2] is '1' or '2' or '3' && !d.Id.StartsWith("DC31", StringComparison.Ordinal)).OrderBy(d => d.Id, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_diagnostic_has_a_program_and_a_page_with_its_title_and_message(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.Get(id);
        (NeedTwoAssemblies.Concat(NeedCallees).Contains(id) || RefusedProgram.All.Any(p => p.Expected.Any(e => e.Id == id))).ShouldBeTrue();
        string page = File.ReadAllText(Path.Combine(Pages, id + ".md"));
        page.ShouldStartWith($"# {id}: {descriptor.Title}\n");
        page.ShouldContain("> " + descriptor.MessageFormat);
    }

    [Fact]
    public void Ids_are_not_used_again_and_every_page_has_one()
    {
        Descriptors.All.Select(d => d.Id).Intersect(Retired).ShouldBeEmpty();
        foreach (string id in Directory.GetFiles(Pages, "*.md").Select(f => Path.GetFileNameWithoutExtension(f)!).Except(Descriptors.All.Select(d => d.Id)))
        {
            Retired.ShouldContain(id);
            File.ReadAllText(Path.Combine(Pages, id + ".md")).ShouldStartWith($"# {id}: retired\n");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_the_page_says_to_write_instead_is_accepted(string id)
    {
        if (WithoutProgram.Contains(id))
        {
            return;
        }

        string page = File.ReadAllText(Path.Combine(Pages, id + ".md"));
        string code = Instead().Match(page).Groups["code"].Value;
        CSharpCompilation compilation = ParserHarness.Compile(Usings + (code.Contains("partial class", StringComparison.Ordinal) ? code : Types(code) + "public static partial class C\n{\n" + code + "\n}\n"));
        ParserHarness.Errors(compilation).ShouldBeEmpty();
        ParserHarness.MethodsWith(compilation, "DerivativeOfAttribute").SelectMany(r => RuleCheck.Validate(r, compilation, CancellationToken.None)).Select(d => d.Message).ShouldBeEmpty();
        ParserHarness.MethodsWith(compilation, "RootAttribute").Select(m => ImplicitCheck.Of(m, compilation, CancellationToken.None)?.Problem?.Message).ShouldAllBe(m => m == null);
        foreach (ParseOutcome outcome in ParserHarness.Parse(compilation))
        {
            outcome.Result.Diagnostics.Select(d => d.Id + ": " + d.Message).ShouldBeEmpty();
        }
    }

    private const string Usings = "using System.Runtime.InteropServices;\nusing System.Threading.Tasks;\n";

    // Pages of rules show the rule only, and some name a struct of the refused program.
    private static string Types(string code) =>
        (code.Contains("record struct P", StringComparison.Ordinal) ? "" : "public readonly record struct P(double A, double B);\n")
        + (code.Contains("record struct R", StringComparison.Ordinal) ? "" : code.Contains(".B,", StringComparison.Ordinal) ? "public readonly record struct R(double A, double B);\n" : "public readonly record struct R(double A);\n")
        + (code.Contains("nameof(F)", StringComparison.Ordinal) && !code.Contains(" F(", StringComparison.Ordinal)
            ? $"public static partial class C {{ [Differentiable] public static double F({(code.Contains("double y", StringComparison.Ordinal) ? "double x, double y" : "double x")}) => x; }}\n" : "")
        + (code.Contains("nameof(G)", StringComparison.Ordinal) && !code.Contains(" G(", StringComparison.Ordinal) ? "public static partial class C { static double G(double x) => x; }\n" : "");

    private static string FindPages()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string pages = Path.Combine(folder.FullName, "docs", "diagnostics");
            if (Directory.Exists(pages))
            {
                return pages;
            }
        }

        throw new DirectoryNotFoundException("No folder docs/diagnostics above " + AppContext.BaseDirectory);
    }

    [GeneratedRegex(@"\*\*Instead:\*\*\s+```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Instead();
}
