using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Decides whether a function is provably linear (not merely affine) in some of its inputs.</summary>
internal static class Linearity
{
    private enum Degree
    {
        /// <summary>Does not depend on the inputs in question.</summary>
        Constant,

        /// <summary>Linear and homogeneous in them.</summary>
        Linear,

        /// <summary>Anything else.</summary>
        Other,
    }

    public static bool IsLinear(IrFunction function, IEnumerable<int> inputs)
    {
        var degrees = new Dictionary<int, Degree>();
        foreach (int input in inputs)
        {
            degrees[function.Inputs[input].Id] = Degree.Linear;
        }

        Visit(function.Body, degrees);
        return function.Outputs.Where(o => o.Type.IsFloat).All(o => Of(o, degrees) == Degree.Linear || Literals.Is(o, 0.0));
    }

    private static Degree Of(Value value, Dictionary<int, Degree> degrees) =>
        !value.IsConstant && degrees.TryGetValue(value.Id, out Degree degree) ? degree : Degree.Constant;

    private static void Visit(Region region, Dictionary<int, Degree> degrees)
    {
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case PrimitiveEquation e:
                    degrees[e.Result.Id] = Primitive(e, degrees);
                    break;
                case IfEquation e when Of(e.Condition, degrees) == Degree.Constant:
                    Visit(e.Then, degrees);
                    Visit(e.Else, degrees);
                    for (int i = 0; i < e.Results.Count; i++)
                    {
                        degrees[e.Results[i].Id] = Join(e.Then.Yields[i], e.Else.Yields[i], degrees);
                    }

                    break;
                default:
                    bool depends = equation.AllOperands().Any(o => Of(o, degrees) != Degree.Constant);
                    foreach (Value result in equation.Results)
                    {
                        degrees[result.Id] = depends ? Degree.Other : Degree.Constant;
                    }

                    break;
            }
        }
    }

    private static Degree Primitive(PrimitiveEquation e, Dictionary<int, Degree> degrees)
    {
        Degree[] x = e.Arguments.Select(a => Of(a, degrees)).ToArray();
        if (x.All(d => d == Degree.Constant))
        {
            return Degree.Constant;
        }

        bool linear = e.Op switch
        {
            Op.Add or Op.Subtract => x[0] == Degree.Linear && x[1] == Degree.Linear,
            Op.Multiply => x[0] == Degree.Linear ^ x[1] == Degree.Linear && x.All(d => d != Degree.Other),
            Op.Divide => x[0] == Degree.Linear && x[1] == Degree.Constant,
            Op.Negate or Op.Convert => x[0] == Degree.Linear && e.Result.Type.IsFloat,
            Op.Mul0 => x[0] == Degree.Linear && x[1] == Degree.Constant && x[2] == Degree.Constant,
            _ => false,
        };
        return linear ? Degree.Linear : Degree.Other;
    }

    private static Degree Join(Value a, Value b, Dictionary<int, Degree> degrees)
    {
        Degree x = Of(a, degrees), y = Of(b, degrees);
        return x == y ? x
            : (x == Degree.Linear && Literals.Is(b, 0.0)) || (y == Degree.Linear && Literals.Is(a, 0.0)) ? Degree.Linear
            : Degree.Other;
    }
}
