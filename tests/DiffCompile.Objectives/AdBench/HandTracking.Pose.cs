namespace DiffCompile.Objectives.AdBench;

public static partial class HandTracking
{
    internal const double SmallestAngle = 1e-4;

    /// <summary>Transforms that take the resting mesh along with each bone of the posed hand.</summary>
    internal static void Pose(
        ReadOnlySpan<double> pose,
        ReadOnlySpan<int> parents,
        ReadOnlySpan<double> baseRelatives,
        ReadOnlySpan<double> inverseBaseAbsolutes,
        Span<double> angles,
        Span<double> absolutes,
        Span<double> transforms)
    {
        JointAngles(pose, angles);
        for (int bone = 0; bone < parents.Length; bone++)
        {
            // The bone's transform relative to its parent is made where its absolute one will stand.
            int at = TransformSize * bone;
            Turn(baseRelatives, at, angles[3 * bone], angles[3 * bone + 1], angles[3 * bone + 2], transforms, at);
            if (parents[bone] < 0)
            {
                for (int i = 0; i < TransformSize; i++)
                {
                    absolutes[at + i] = transforms[at + i];
                }
            }
            else
            {
                Multiply(absolutes, TransformSize * parents[bone], transforms, at, absolutes, at);
            }
        }

        for (int bone = 0; bone < parents.Length; bone++)
        {
            Multiply(absolutes, TransformSize * bone, inverseBaseAbsolutes, TransformSize * bone, transforms, TransformSize * bone);
        }
    }

    /// <summary>Euler angles about x, z and y of every bone. The first bone of a finger does not turn.</summary>
    private static void JointAngles(ReadOnlySpan<double> pose, Span<double> angles)
    {
        for (int i = 0; i < angles.Length; i++)
        {
            angles[i] = 0.0;
        }

        int next = 6;
        for (int finger = 0; finger < Fingers; finger++)
        {
            int first = 2 + finger * BonesPerFinger;
            angles[3 * first] = pose[next];
            angles[3 * first + 1] = pose[next + 1];
            angles[3 * first + 3] = pose[next + 2];
            angles[3 * first + 6] = pose[next + 3];
            next += 4;
        }
    }

    /// <summary>Writes A R with R = Rz Ry Rx.</summary>
    private static void Turn(ReadOnlySpan<double> a, int from, double x, double z, double y, Span<double> product, int to)
    {
        double cx = Math.Cos(x), sx = Math.Sin(x);
        double cy = Math.Cos(y), sy = Math.Sin(y);
        double cz = Math.Cos(z), sz = Math.Sin(z);
        double r00 = cz * cy, r01 = cz * sy * sx - sz * cx, r02 = cz * sy * cx + sz * sx;
        double r10 = sz * cy, r11 = sz * sy * sx + cz * cx, r12 = sz * sy * cx - cz * sx;
        double r20 = -sy, r21 = cy * sx, r22 = cy * cx;
        for (int row = 0; row < 3; row++)
        {
            int i = from + 4 * row;
            int o = to + 4 * row;
            product[o] = a[i] * r00 + a[i + 1] * r10 + a[i + 2] * r20;
            product[o + 1] = a[i] * r01 + a[i + 1] * r11 + a[i + 2] * r21;
            product[o + 2] = a[i] * r02 + a[i + 1] * r12 + a[i + 2] * r22;
            product[o + 3] = a[i + 3];
        }
    }

    /// <summary>Writes the product A B of two affine transforms, neither of which may be the result.</summary>
    internal static void Multiply(ReadOnlySpan<double> a, int fromA, ReadOnlySpan<double> b, int fromB, Span<double> product, int to)
    {
        for (int row = 0; row < 3; row++)
        {
            int i = fromA + 4 * row;
            for (int column = 0; column < 4; column++)
            {
                int j = fromB + column;
                double sum = a[i] * b[j] + a[i + 1] * b[j + 4] + a[i + 2] * b[j + 8];
                product[to + 4 * row + column] = column == 3 ? sum + a[i + 3] : sum;
            }
        }
    }

    /// <summary>Matrix, row by row, of the rotation about a vector by its length in radians; none below 1e-4, as in ADBench.</summary>
    private static void RotationAbout(double x, double y, double z, Span<double> matrix)
    {
        double angle = Math.Sqrt(x * x + y * y + z * z);
        if (angle < SmallestAngle)
        {
            for (int i = 0; i < 9; i++)
            {
                matrix[i] = i % 4 == 0 ? 1.0 : 0.0;
            }

            return;
        }

        double ax = x / angle;
        double ay = y / angle;
        double az = z / angle;
        double s = Math.Sin(angle);
        double c = Math.Cos(angle);
        double v = 1.0 - c;
        matrix[0] = c + ax * ax * v;
        matrix[1] = ax * ay * v - az * s;
        matrix[2] = ax * az * v + ay * s;
        matrix[3] = ay * ax * v + az * s;
        matrix[4] = c + ay * ay * v;
        matrix[5] = ay * az * v - ax * s;
        matrix[6] = az * ax * v - ay * s;
        matrix[7] = az * ay * v + ax * s;
        matrix[8] = c + az * az * v;
    }
}
