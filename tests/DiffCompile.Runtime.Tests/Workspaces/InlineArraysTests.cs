using System.Runtime.CompilerServices;
using Shouldly;
using Xunit;

namespace DiffCompile.Runtime.Tests.Workspaces;

public sealed class InlineArraysTests
{
    [Fact]
    public void All_elements_are_taken_in_order()
    {
        Three made = InlineArrays.Of<Three, double>([1.5, -2.0, 4.0]);
        made[0].ShouldBe(1.5);
        made[1].ShouldBe(-2.0);
        made[2].ShouldBe(4.0);
    }

    [Fact]
    public void Another_number_or_type_of_elements_is_refused()
    {
        Should.Throw<ArgumentException>(() => InlineArrays.Of<Three, double>([1.5, -2.0])).Message.ShouldContain("Three, which has 24 bytes, got 2 of 8 bytes");
        Should.Throw<ArgumentException>(() => InlineArrays.Of<Three, double>([1.5, -2.0, 4.0, 0.5])).ParamName.ShouldBe("elements");
        Should.Throw<ArgumentException>(() => InlineArrays.Of<Three, float>([1.5f, -2.0f, 4.0f]));
        Should.Throw<ArgumentException>(() => InlineArrays.Of<Three, double>([]));
    }

    [InlineArray(3)]
    private struct Three
    {
        private double _element;
    }
}
