using System.Reflection;
using DiffCompile.Model.StellarMass;
using DiffCompile.Model.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Model.Tests.StellarMass;

public class ThreeRollTests
{
    private static readonly PropertyInfo[] Fields = typeof(ThreeRollParameters).GetConstructors()
        .Single(c => c.GetParameters().Length == 11).GetParameters()
        .Select(p => typeof(ThreeRollParameters).GetProperty(p.Name!)!).ToArray();

    [Theory]
    [InlineData(10.0, 6.604181)]
    [InlineData(11.0, 9.079483)]
    [InlineData(11.35, 9.7)]
    [InlineData(12.0, 10.364495)]
    [InlineData(13.0, 10.744807)]
    [InlineData(14.0, 11.100276)]
    [InlineData(15.0, 11.546173)]
    public void Has_the_published_values(double logMhalo, double expected)
        => ThreeRoll.LogStellarMass(logMhalo, ThreeRollParameters.Fiducial).ShouldBeWithin(expected, 0.0, 5.1e-7);

    [Fact]
    public void Slopes_far_from_the_rolls_are_the_parameters()
    {
        var p = ThreeRollParameters.Fiducial with { LowSlopeBelow = 3.0, HighSlopeAbove = 0.7 };
        (ThreeRoll.LogStellarMass(-40.0, p) - ThreeRoll.LogStellarMass(-41.0, p)).ShouldBeWithin(3.0, 1e-12);
        (ThreeRoll.LogStellarMass(61.0, p) - ThreeRoll.LogStellarMass(60.0, p)).ShouldBeWithin(0.7, 1e-12);
    }

    [Fact]
    public void Derivatives_with_respect_to_pivot_ratio_and_roll_follow_from_the_formula()
    {
        var p = ThreeRollParameters.Fiducial;
        const double x = 12.4;
        double s = 1.0 / (1.0 + Math.Exp(-1.6 * (x - 11.35)));
        double slope = 2.5 - (2.0 * s);
        double slopePerPivot = 1.6 * 2.0 * s * (1.0 - s);

        FiniteDifference.Derivative(r => ThreeRoll.LogStellarMass(x, p with { LogRatio = r }), -1.65, 0.1).ShouldBeWithin(1.0, 1e-10);
        FiniteDifference.Derivative(m => ThreeRoll.LogStellarMass(x, p with { LogMcrit = m }), 11.35, 0.1)
            .ShouldBeWithin(1.0 - slope + (slopePerPivot * (x - 11.35)), 1e-10);
        FiniteDifference.Derivative(k => ThreeRoll.LogStellarMass(x, p with { RollSpeed = k }), 1.6, 0.1)
            .ShouldBeWithin(-2.0 * s * (1.0 - s) * (x - 11.35) * (x - 11.35), 1e-10);
    }

    [Fact]
    public void Bounds_are_the_limits_of_the_map_and_the_map_is_invertible()
    {
        ThreeRollParameters lower = ThreeRollParameters.LowerBounds;
        ThreeRollParameters upper = ThreeRollParameters.UpperBounds;
        var p = ThreeRollParameters.Fiducial;
        ThreeRollParameters u = ThreeRoll.Unbound(p, lower, upper);
        ThreeRollParameters back = ThreeRoll.Bound(u, lower, upper);
        ThreeRollParameters middle = ThreeRoll.Bound(default, lower, upper);
        foreach (PropertyInfo field in Fields)
        {
            double At(ThreeRollParameters q) => (double)field.GetValue(q)!;
            At(back).ShouldBeWithin(At(p), 1e-13);
            At(middle).ShouldBeWithin(0.5 * (At(lower) + At(upper)), 1e-15);
            At(p).ShouldBeInRange(At(lower), At(upper));
        }

        // Distinct values per field show that no field is mapped into another one's place.
        ThreeRoll.Bound(new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), lower, upper).HighLogM
            .ShouldBeWithin(9.0 + (7.5 / (1.0 + Math.Exp(-0.8))), 1e-15);
        ThreeRoll.BoundOne(1e5, 9.0, 16.0).ShouldBe(16.0);
        ThreeRoll.BoundOne(-1e5, 9.0, 16.0).ShouldBe(9.0);
        ThreeRoll.UnboundOne(16.5, 9.0, 16.0).ShouldBe(double.NaN);
    }

    [Fact]
    public void Every_field_is_mapped_by_its_own_variable_alone()
    {
        ThreeRollParameters lower = ThreeRollParameters.LowerBounds;
        ThreeRollParameters upper = ThreeRollParameters.UpperBounds;
        double[] u = [1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11];
        var mapped = ThreeRoll.Bound(
            new(u[0], u[1], u[2], u[3], u[4], u[5], u[6], u[7], u[8], u[9], u[10]), lower, upper);
        for (int i = 0; i < Fields.Length; i++)
        {
            double lo = (double)Fields[i].GetValue(lower)!;
            double hi = (double)Fields[i].GetValue(upper)!;
            ((double)Fields[i].GetValue(mapped)!).ShouldBeWithin(lo + ((hi - lo) / (1.0 + Math.Exp(-0.1 * u[i]))), 1e-14, 1e-15);
        }
    }

    [Fact]
    public void Scatter_steps_between_its_two_values_at_twelve()
    {
        ThreeRoll.Scatter(12.0, 0.4, 0.2).ShouldBeWithin(0.3, 1e-15);
        ThreeRoll.Scatter(13.0, 0.4, 0.2).ShouldBeWithin(0.4 - (0.2 / (1.0 + Math.Exp(-1.0))), 1e-15);
    }
}
