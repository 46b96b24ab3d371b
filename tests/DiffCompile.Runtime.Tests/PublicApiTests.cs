using System.Reflection;
using DiffCompile.Runtime.Tests.PublicApi;
using Shouldly;
using Xunit;

namespace DiffCompile.Runtime.Tests;

/// <summary>
/// No public member comes, goes or changes unseen: each assembly's public surface is recorded beside this file in
/// <c>PublicApi.Assembly.verified.txt</c>.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Assemblies => ["DiffCompile.Runtime", "DiffCompile.Runtime.MathNet", "DiffCompile.Model"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_members_are_those_on_record(string name)
    {
        string text = ApiText.Of(Assembly.Load(name));
        string verified = Path.Combine(Folder(), $"PublicApi.{name}.verified.txt");
        string received = Path.Combine(Folder(), $"PublicApi.{name}.received.txt");
        string expected = File.Exists(verified) ? File.ReadAllText(verified) : "";
        if (text == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        text.Split('\n').ShouldBe(
            expected.Split('\n'),
            $"The public members of {name} have changed. If that is meant, replace {Path.GetFileName(verified)} by {Path.GetFileName(received)}, which now stands beside it, and note the change in the changelog.");
    }

    [Fact]
    public void The_text_shows_what_a_caller_sees()
    {
        string text = ApiText.Of(Assembly.Load("DiffCompile.Runtime"));

        text.ShouldContain("static class DiffCompile.Mathematics.SpecialFunctions\n");
        text.ShouldContain("    static double Erf(double x)\n");
        text.ShouldContain("    required string Name { get; init; }\n");
        text.ShouldContain("delegate void DiffCompile.Verification.VectorFunction(System.ReadOnlySpan<double> x, System.Span<double> result)\n");
        text.ShouldContain("    static DiffCompile.Verification.GradientCheckReport Run(DiffCompile.Verification.GradientCheckTarget target, DiffCompile.Verification.GradientCheckOptions? options = null, System.Threading.CancellationToken cancellation = default)\n");
        text.ShouldNotContain("SeededNumbers");
    }

    [Fact]
    public void Generated_members_are_not_on_record_but_their_methods_are()
    {
        typeof(DiffCompile.Model.Occupation.Zheng07).GetMethod("MeanCentralGradient").ShouldNotBeNull();

        string text = ApiText.Of(Assembly.Load("DiffCompile.Model"));

        text.ShouldContain("    static double MeanCentral(double logM, double logMmin, double sigmaLogM)\n");
        text.ShouldNotContain("MeanCentralGradient");
    }

    // Found from the test assembly upwards: paths that a compiler records are not those of the disk in reproducible builds.
    private static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DiffCompile.Runtime.Tests.csproj")))
        {
            folder = folder.Parent;
        }

        return folder.ShouldNotBeNull("the tests run outside of their project folder").FullName;
    }
}
