using System.Runtime.InteropServices;
using DiffCompile.Corpus;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Arrays of structs: what is left alone, what is too short, what shares memory.</summary>
public sealed class StructBufferTests
{
    private static readonly Label[] Four = [new(0.5, 2, 1.0, true, Sign.Plus), new(0.25, 0, 2.0, true, Sign.Minus), new(1.0, 1, 0.5, false, Sign.Plus), new(-0.5, 3, 0.75, false, Sign.Minus)];

    private static Label[] Marked() => Enumerable.Range(0, 4).Select(i => new Label(10.0, 7 + i, 20.0, i % 2 == 0, Sign.Minus)).ToArray();

    [Fact]
    public void Members_that_are_not_differentiated_are_left_alone_in_twins()
    {
        Label[] bars = Marked();
        StructArrays.LabelsGradient([.. Four], 0.5, bars);
        bars.Select(b => (b.Kind, b.IsHeavy, b.Side)).ShouldBe(Marked().Select(b => (b.Kind, b.IsHeavy, b.Side)));
        bars.Select(b => b.X).ShouldAllBe(x => Math.Abs(x) < 5.0);

        bars = Marked();
        StructArrays.RelabelVjp([.. Four], 0.5, bars);
        bars.Select(b => (b.Kind, b.IsHeavy, b.Side)).ShouldBe(Marked().Select(b => (b.Kind, b.IsHeavy, b.Side)));

        Label[] dots = Marked(), primal = [.. Four], expected = [.. Four];
        StructArrays.RelabelJvp(primal, 0.5, dots, 1.0);
        dots.Select(b => (b.Kind, b.IsHeavy, b.Side)).ShouldBe(Marked().Select(b => (b.Kind, b.IsHeavy, b.Side)));
        StructArrays.Relabel(expected, 0.5);
        primal.ShouldBe(expected);

        dots = Marked();
        Label[] products = Marked();
        StructArrays.LabelsHessianVectorProduct([.. Four], 0.5, dots, 1.0, products);
        products.Select(b => (b.Kind, b.IsHeavy, b.Side)).ShouldBe(Marked().Select(b => (b.Kind, b.IsHeavy, b.Side)));
        dots.ShouldBe(Marked());
    }

    // Analytic: ∂/∂x of Σ m (x² + sin y).
    [Fact]
    public void A_gradient_is_an_array_of_the_same_struct()
    {
        Particle[] p = [new(0.5, 0.25, 2.0), new(-1.0, 1.5, 0.5)], bars = [new(9.0, 9.0, 9.0), new(9.0, 9.0, 9.0)];
        StructArrays.MomentGradient(p, bars);
        for (int i = 0; i < p.Length; i++)
        {
            bars[i].X.ShouldBe(2.0 * p[i].Mass * p[i].X, 1e-15);
            bars[i].Y.ShouldBe(p[i].Mass * Math.Cos(p[i].Y), 1e-15);
            bars[i].Mass.ShouldBe((p[i].X * p[i].X) + Math.Sin(p[i].Y), 1e-15);
        }

        StructArrays.MomentVjp(p, 2.0, bars);
        bars[1].X.ShouldBe(3.0 * 2.0 * p[1].Mass * p[1].X, 1e-15);
    }

    [Fact]
    public void The_columns_of_a_Jacobian_are_the_numbers_as_they_stand_in_memory()
    {
        Particle[] p = [new(0.5, 0.25, 2.0), new(-1.0, 1.5, 0.5)];
        double[] jacobian = new double[14];
        StructArrays.CentreJacobian(p, 3.0, jacobian);
        double[] expected = [2.0, 0.0, 0.5, 0.5, 0.0, -1.0, 0.0, 0.0, 6.0, 0.75, 0.0, 1.5, 4.5, 1.25];
        for (int i = 0; i < expected.Length; i++)
        {
            jacobian[i].ShouldBe(expected[i], 1e-15);
        }

        Should.Throw<ArgumentException>(() => StructArrays.CentreJacobian(p, 3.0, new double[12])).ParamName.ShouldBe("jacobian");
    }

    [Fact]
    public void An_index_out_of_range_throws_what_the_method_throws()
    {
        Particle[] one = [new(0.5, 0.25, 2.0)];
        Should.Throw<IndexOutOfRangeException>(() => StructArrays.Leapfrog([.. one], 0.5));
        Should.Throw<IndexOutOfRangeException>(() => StructArrays.LeapfrogGradient([.. one], 0.5, new Particle[1]));
        Should.Throw<IndexOutOfRangeException>(() => StructArrays.LeapfrogVjp([.. one], 0.5, 1.0, new Particle[1]));
        Should.Throw<IndexOutOfRangeException>(() => StructArrays.LeapfrogJvp([.. one], 0.5, new Particle[1], 1.0));
        Should.Throw<IndexOutOfRangeException>(() => StructArrays.LeapfrogHessianVectorProduct([.. one], 0.5, new Particle[1], 1.0, new Particle[1]));

        // The value needs two elements, its derivative only one of them.
        Particle[] three = [one[0], one[0], one[0]];
        Should.Throw<IndexOutOfRangeException>(() => StructArrays.Excluded([.. one], three));
        Should.Throw<IndexOutOfRangeException>(() => StructArrays.ExcludedGradient([.. one], three, new Particle[3]));
        Should.Throw<IndexOutOfRangeException>(() => StructArrays.ExcludedJvp([.. one], three, new Particle[3]));
    }

    // Whatever nobody needs was looked at all the same.
    [Fact]
    public void An_element_that_only_the_value_needs_is_still_looked_at()
    {
        Particle[] p = [new(0.5, 0.25, 2.0)];
        Should.Throw<IndexOutOfRangeException>(() => StructArrays.Unneeded(p, 1.0, 1));
        Should.Throw<IndexOutOfRangeException>(() => StructArrays.UnneededGradient(p, 1.0, 1, new Particle[1]));
        Should.Throw<IndexOutOfRangeException>(() => StructArrays.UnneededJvp(p, 1.0, 1, new Particle[1], 1.0));
        StructArrays.UnneededGradient(p, 1.0, 0, new Particle[1]).ShouldBe(2.0);
    }

    [Fact]
    public void A_twin_of_another_length_is_named()
    {
        Should.Throw<ArgumentException>(() => StructArrays.MomentGradient(new Particle[2], new Particle[3])).ParamName.ShouldBe("pBar");
        Should.Throw<ArgumentException>(() => StructArrays.MomentJvp(new Particle[2], new Particle[1])).ParamName.ShouldBe("pDot");
    }

    [Fact]
    public void Memory_that_is_written_and_shared_is_named()
    {
        Particle[] p = [new(0.5, 0.25, 2.0), new(1.0, 1.5, 0.5)];
        Should.Throw<ArgumentException>(() => StructArrays.LeapfrogGradient(p, 0.5, p)).Message.ShouldContain("must not share memory");
        Should.Throw<ArgumentException>(() => StructArrays.DriftVjp(p.AsSpan(0, 1), 0.5, p.AsSpan(0, 1))).Message.ShouldContain("must not share memory");
        StructArrays.DriftVjp(p.AsSpan(0, 1), 0.5, p.AsSpan(1, 1));
    }

    // A span of numbers may be the same memory, seen otherwise.
    [Fact]
    public void Structs_and_their_numbers_are_the_same_memory()
    {
        Point2[] p = [new(0.5, 0.25), new(1.0, 1.5)];
        Point2[] bars = new Point2[2];
        double[] numbers = [1.0, 2.0, 3.0, 4.0], numberBars = new double[4];
        StructArrays.WeightedVjp(p, numbers, bars, numberBars);
        ArgumentException shared = Should.Throw<ArgumentException>(() => StructArrays.WeightedVjp(p, MemoryMarshal.Cast<Point2, double>(p.AsSpan()), bars, numberBars));
        shared.Message.ShouldContain("p is written to and must not share memory with w");
        Should.Throw<ArgumentException>(() => StructArrays.WeightedVjp(p, numbers, bars, MemoryMarshal.Cast<Point2, double>(bars.AsSpan()))).Message.ShouldContain("must not share memory");
        Should.Throw<ArgumentException>(() => StructArrays.WeightedJvp(p, numbers, bars, MemoryMarshal.Cast<Point2, double>(p.AsSpan()))).Message.ShouldContain("must not share memory");
    }

    // Names of tuple elements are no part of their type.
    [Fact]
    public void Arrays_of_tuples_with_other_names_are_the_same_type()
    {
        (double, double)[] t = [(0.5, 0.25), (1.0, 1.5)];
        Should.Throw<ArgumentException>(() => StructArrays.TwoNamesVjp(t, t, new (double, double)[2], new (double, double)[2])).Message.ShouldContain("must not share memory");
    }
}
