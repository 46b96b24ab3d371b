using System.Globalization;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace DiffCompile.Runtime.Tests.Mathematics;

/// <summary>Value and partial of every special function against the tables, at the stated bounds.</summary>
public sealed class AccuracyTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. AccuracyTable.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_is_within_its_bound(string name)
    {
        AccuracyRow row = Row(name);
        Check(row.Name, "value", row.ValueUlp, row.Value, point => point.Value, row.ValueScale);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Partial_is_within_its_bound(string name)
    {
        AccuracyRow row = Row(name);
        Check(row.Name, "partial", row.PartialUlp, row.Partial, point => point.Derivative, row.PartialScale);
    }

    private static AccuracyRow Row(string name) => AccuracyTable.Rows.Single(row => row.Name == name);

    private void Check(string name, string column, double bound, Func<double[], double> function,
        Func<ReferencePoint, Exact> exact, Func<double[], double>? scale)
    {
        IReadOnlyList<ReferencePoint> points = ReferenceTable.Read(name);
        points.Count.ShouldBeGreaterThan(200);
        var worst = points
            .Select(point => (point, computed: function(point.Arguments)))
            .Select(p => (p.point, p.computed, error: exact(p.point).ErrorInUlp(p.computed, scale?.Invoke(p.point.Arguments) ?? 0.0)))
            .OrderByDescending(p => p.error)
            .First();
        string at = string.Join(", ", worst.point.Arguments.Select(a => a.ToString("R", CultureInfo.InvariantCulture)));
        string report = string.Create(CultureInfo.InvariantCulture,
            $"{name} {column}: largest error {worst.error:F2} ulp at ({at}): computed {worst.computed:R}, exact {exact(worst.point).Rounded:R}");
        output.WriteLine(report);
        worst.error.ShouldBeLessThanOrEqualTo(bound, report);
    }
}
