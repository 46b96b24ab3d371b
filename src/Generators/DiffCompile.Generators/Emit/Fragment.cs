namespace DiffCompile.Generators.Emit;

/// <summary>A piece of C# expression text.</summary>
/// <param name="Bare">The text; see <paramref name="WantsUnchecked"/>.</param>
/// <param name="Precedence">Of its outermost operator.</param>
/// <param name="HasEffect">Does it hold a call or an operation that can throw, so that its place matters?</param>
/// <param name="WantsUnchecked">
/// It is integer arithmetic that must wrap around even where the consumer compiles with overflow checks. The keyword is
/// written once around the largest such expression.
/// </param>
/// <param name="IsConstant">Is it a constant expression to the compiler?</param>
/// <param name="Reads">Does it read memory, so that it must not move behind a write?</param>
internal readonly record struct Fragment(
    string Bare, Precedence Precedence, bool HasEffect = false, bool WantsUnchecked = false, bool IsConstant = false,
    bool Reads = false)
{
    /// <summary>The text for any context.</summary>
    public string Text => WantsUnchecked ? "unchecked(" + Bare + ")" : Bare;

    private Precedence Tightness => WantsUnchecked ? Precedence.Primary : Precedence;

    public static Fragment Name(string text) => new(text, Precedence.Primary);

    /// <summary>The text as an operand that must bind at least as tightly as <paramref name="minimum"/>.</summary>
    public string Operand(Precedence minimum) => Tightness >= minimum ? Text : "(" + Text + ")";

    /// <summary>The same inside an expression that is itself unchecked.</summary>
    public string OperandInUnchecked(Precedence minimum) => Precedence >= minimum ? Bare : "(" + Bare + ")";

    /// <summary>
    /// A list of arguments. Where one holds &lt; and one &gt;, comparisons are put in parentheses: F(a &lt; b, c &gt; (d))
    /// would read as a call of the generic method a&lt;b, c&gt;.
    /// </summary>
    public static string List(IEnumerable<Fragment> arguments) => string.Join(", ", Each(arguments));

    /// <summary>The texts of such a list, one by one.</summary>
    public static IReadOnlyList<string> Each(IEnumerable<Fragment> arguments)
    {
        Fragment[] all = arguments.ToArray();
        bool isAmbiguous = all.Any(a => a.Text.Contains('<')) && all.Any(a => a.Text.Contains('>'));
        return all.Select(a => isAmbiguous && a.Tightness < Precedence.Primary && a.Text.Contains('<') ? "(" + a.Text + ")" : a.Text).ToArray();
    }
}

/// <summary>How tightly an operator binds; later is tighter.</summary>
internal enum Precedence
{
    Conditional,
    OrElse,
    AndAlso,
    Or,
    Xor,
    And,
    Equality,
    Relational,
    Shift,
    Additive,
    Multiplicative,
    Unary,
    Primary,
}
