namespace DiffCompile.Objectives.AdBench;

public sealed partial class HandTrackingByHand
{
    /// <summary>Rotation of the whole hand R = c I + s [a]× + (1 − c) a aᵀ and its derivatives in the rotation vector.</summary>
    private void TurnHand()
    {
        double x = _input.Pose[0], y = _input.Pose[1], z = _input.Pose[2];
        double angle = Math.Sqrt(x * x + y * y + z * z);
        _rotationDots.AsSpan().Clear();
        if (angle < HandTracking.SmallestAngle)
        {
            _rotation.AsSpan().Clear();
            _rotation[0] = _rotation[4] = _rotation[8] = 1.0;
            return;
        }

        double inverse = 1.0 / angle;
        ReadOnlySpan<double> a = [x * inverse, y * inverse, z * inverse];
        ReadOnlySpan<double> cross = [0.0, -a[2], a[1], a[2], 0.0, -a[0], -a[1], a[0], 0.0];
        (double s, double c) = Math.SinCos(angle);
        double v = 1.0 - c, perS = s * inverse, perV = v * inverse;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                int at = 3 * i + j;
                double one = i == j ? 1.0 : 0.0, outer = a[i] * a[j];
                _rotation[at] = c * one + s * cross[at] + v * outer;
                double byAngle = s * (outer - one) + (c - perS) * cross[at] - 2.0 * perV * outer;
                for (int k = 0; k < 3; k++)
                {
                    _rotationDots[9 * k + at] = a[k] * byAngle;
                }

                _rotationDots[9 * i + at] += perV * a[j];
                _rotationDots[9 * j + at] += perV * a[i];
            }
        }

        // The part of [e_k]×.
        _rotationDots[5] -= perS;
        _rotationDots[7] += perS;
        _rotationDots[9 + 2] += perS;
        _rotationDots[9 + 6] -= perS;
        _rotationDots[18 + 1] -= perS;
        _rotationDots[18 + 3] += perS;
    }

    /// <summary>Transforms of all bones and their derivatives.</summary>
    private void PoseBones()
    {
        for (int bone = 0; bone < _model.Bones; bone++)
        {
            ReadOnlySpan<double> atRest = _model.BaseRelatives.AsSpan(bone * Size, Size);
            Span<double> relative = _relatives.AsSpan(bone * Size, Size);
            Span<double> absolute = _absolutes.AsSpan(bone * Size, Size);
            ReadOnlySpan<double> inverse = _model.InverseBaseAbsolutes.AsSpan(bone * Size, Size);
            (int column, int angles) = AnglesOf(bone);
            int parent = _model.Parents[bone];
            if (angles == 0)
            {
                atRest.CopyTo(relative);
            }
            else
            {
                // Bend about x after spread about z; the derivative in the spread needs both.
                Span<double> spread = angles == 2 ? _spread : default;
                Bend(atRest, _input.Pose[column + (angles == 2 ? 0 : angles - 1)], angles == 2 ? _input.Pose[column + 1] : 0.0, relative, spread);
                if (angles == 2)
                {
                    MultiplyByDot(_turned.AsSpan(parent * Size, Size), spread, Dot(_absoluteDots, bone, 1));
                }
            }

            if (parent < 0)
            {
                relative.CopyTo(absolute);
            }
            else
            {
                Multiply(_absolutes.AsSpan(parent * Size, Size), relative, absolute);
            }

            Multiply(absolute, inverse, _transforms.AsSpan(bone * Size, Size));
            Span<double> turned = _turned.AsSpan(bone * Size, Size);
            TurnWithHand(absolute, turned);
            if (angles > 0)
            {
                Differentiate(bone, parent, angles, relative, turned, inverse);
            }
        }
    }

    private void Differentiate(int bone, int parent, int angles, ReadOnlySpan<double> relative, ReadOnlySpan<double> turned, ReadOnlySpan<double> inverse)
    {
        // The angles of the joints before act through the parent.
        for (int k = 0; k < (angles == 2 ? 0 : angles - 1); k++)
        {
            Multiply(Dot(_absoluteDots, parent, k), relative, Dot(_absoluteDots, bone, k));
        }

        // A turn about x takes the second axis to the third and that to minus the second.
        Span<double> bend = Dot(_absoluteDots, bone, angles == 2 ? 0 : angles - 1);
        for (int row = 0; row < Size; row += 4)
        {
            bend[row] = 0.0;
            bend[row + 1] = turned[row + 2];
            bend[row + 2] = -turned[row + 1];
            bend[row + 3] = 0.0;
        }

        for (int k = 0; k < angles; k++)
        {
            Multiply(Dot(_absoluteDots, bone, k), inverse, Dot(_transformDots, bone, k));
        }
    }

    private static Span<double> Dot(double[] dots, int bone, int k) => dots.AsSpan((bone * Joints + k) * Size, Size);

    /// <summary>A Rz Rx, and where <paramref name="spread"/> is not empty A (dRz/dz) Rx.</summary>
    private static void Bend(ReadOnlySpan<double> a, double x, double z, Span<double> product, Span<double> spread)
    {
        (double sx, double cx) = Math.SinCos(x);
        (double sz, double cz) = spread.IsEmpty ? (0.0, 1.0) : Math.SinCos(z);
        for (int row = 0; row < Size; row += 4)
        {
            double first = a[row] * cz + a[row + 1] * sz;
            double second = a[row + 1] * cz - a[row] * sz;
            double third = a[row + 2];
            product[row] = first;
            product[row + 1] = second * cx + third * sx;
            product[row + 2] = third * cx - second * sx;
            product[row + 3] = a[row + 3];
            if (!spread.IsEmpty)
            {
                spread[row] = second;
                spread[row + 1] = -first * cx;
                spread[row + 2] = first * sx;
                spread[row + 3] = 0.0;
            }
        }
    }

    private void TurnWithHand(ReadOnlySpan<double> a, Span<double> product)
    {
        ReadOnlySpan<double> r = _rotation;
        for (int column = 0; column < 4; column++)
        {
            double x = a[column], y = a[4 + column], z = a[8 + column];
            product[column] = r[0] * x + r[1] * y + r[2] * z;
            product[4 + column] = r[3] * x + r[4] * y + r[5] * z;
            product[8 + column] = r[6] * x + r[7] * y + r[8] * z;
        }
    }

    /// <summary>Product of an affine transform, or of the derivative of one, and an affine transform.</summary>
    private static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> product)
    {
        MultiplyByDot(a, b, product);
        product[3] += a[3];
        product[7] += a[7];
        product[11] += a[11];
    }

    /// <summary>Product of an affine transform and the derivative of one, whose last row is zero.</summary>
    private static void MultiplyByDot(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> product)
    {
        for (int row = 0; row < Size; row += 4)
        {
            double x = a[row], y = a[row + 1], z = a[row + 2];
            product[row] = x * b[0] + y * b[4] + z * b[8];
            product[row + 1] = x * b[1] + y * b[5] + z * b[9];
            product[row + 2] = x * b[2] + y * b[6] + z * b[10];
            product[row + 3] = x * b[3] + y * b[7] + z * b[11];
        }
    }
}
