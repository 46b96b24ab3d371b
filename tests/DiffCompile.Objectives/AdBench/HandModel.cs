using System.Globalization;

namespace DiffCompile.Objectives.AdBench;

/// <summary>The rigged hand of ADBench: bones, resting mesh, influences of bones on vertices, triangles.</summary>
public sealed class HandModel
{
    private HandModel()
    {
    }

    /// <summary>Parent of each bone, −1 where there is none.</summary>
    public required int[] Parents { get; init; }

    /// <summary>Transform of each bone relative to its parent at rest, [bone, 3, 4].</summary>
    public required double[] BaseRelatives { get; init; }

    /// <summary>Transform of the resting mesh into each bone's frame, [bone, 3, 4].</summary>
    public required double[] InverseBaseAbsolutes { get; init; }

    /// <summary>Vertices at rest, [vertex, 3].</summary>
    public required double[] BasePositions { get; init; }

    /// <summary>Where the influences of each vertex begin, and behind the last vertex their number.</summary>
    public required int[] InfluenceStart { get; init; }

    /// <summary>Bone of each influence.</summary>
    public required int[] InfluenceBones { get; init; }

    /// <summary>Weight of each influence.</summary>
    public required double[] InfluenceWeights { get; init; }

    /// <summary>Corners of the triangles, [triangle, 3].</summary>
    public required int[] Triangles { get; init; }

    /// <summary>Number of bones.</summary>
    public int Bones => Parents.Length;

    /// <summary>Number of vertices.</summary>
    public int Vertices => BasePositions.Length / 3;

    /// <summary>Reads <c>bones.txt</c>, <c>vertices.txt</c> and <c>triangles.txt</c> of a folder.</summary>
    /// <exception cref="ObjectiveInputException">One of them is not as ADBench writes it.</exception>
    public static HandModel Read(string folder)
    {
        var parents = new List<int>();
        var relatives = new List<double>();
        var inverses = new List<double>();
        foreach (Fields line in Fields.Of(Path.Combine(folder, "bones.txt")))
        {
            // name : parent : relative transform 16 : inverse of the absolute transform 16
            line.Word("the bone's name");
            parents.Add(line.Integer("the bone's parent", -1, parents.Count - 1));
            relatives.AddRange(line.Transform("the relative transform"));
            inverses.AddRange(line.Transform("the inverse absolute transform"));
            line.End();
        }

        if (parents.Count != 22)
        {
            throw new ObjectiveInputException(Path.Combine(folder, "bones.txt"), 0, $"{parents.Count} bones where 22 were expected");
        }

        var positions = new List<double>();
        var start = new List<int> { 0 };
        var bones = new List<int>();
        var weights = new List<double>();
        foreach (Fields line in Fields.Of(Path.Combine(folder, "vertices.txt")))
        {
            // position 3 : normal 3 : texture 2 : number of influences : (bone : weight) for each
            for (int i = 0; i < 3; i++)
            {
                positions.Add(line.Real("a coordinate"));
            }

            for (int i = 0; i < 5; i++)
            {
                line.Real("the normal and texture coordinates");
            }

            int count = line.Integer("the number of influences", 0, parents.Count);
            for (int i = 0; i < count; i++)
            {
                bones.Add(line.Integer("the bone of an influence", 0, parents.Count - 1));
                weights.Add(line.Real("the weight of an influence"));
            }

            line.End();
            start.Add(bones.Count);
        }

        return new HandModel
        {
            Parents = [.. parents],
            BaseRelatives = [.. relatives],
            InverseBaseAbsolutes = [.. inverses],
            BasePositions = [.. positions],
            InfluenceStart = [.. start],
            InfluenceBones = [.. bones],
            InfluenceWeights = [.. weights],
            Triangles = ReadTriangles(Path.Combine(folder, "triangles.txt"), start.Count - 1),
        };
    }

    private static int[] ReadTriangles(string file, int vertices)
    {
        var triangles = new List<int>();
        foreach (Fields line in Fields.Of(file))
        {
            for (int i = 0; i < 3; i++)
            {
                triangles.Add(line.Integer("a corner", 0, vertices - 1));
            }

            line.End();
        }

        return [.. triangles];
    }

    /// <summary>One line of fields parted by colons.</summary>
    private sealed class Fields(string file, int number, string[] words)
    {
        private int _next;

        public static IEnumerable<Fields> Of(string file)
        {
            int number = 0;
            foreach (string line in File.ReadLines(file))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line))
                {
                    yield return new Fields(file, number, line.Split(':', StringSplitOptions.TrimEntries));
                }
            }
        }

        public string Word(string what) =>
            _next < words.Length ? words[_next++] : throw Wrong($"the line ends where {what} was expected");

        public double Real(string what)
        {
            string word = Word(what);
            return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? value
                : throw Wrong($"'{word}' where {what} was expected, a finite number");
        }

        public int Integer(string what, int least, int most)
        {
            string word = Word(what);
            return int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
                ? value
                : throw Wrong($"'{word}' where {what} was expected, an integer from {least} to {most}");
        }

        /// <summary>The upper 3 × 4 of a 4 × 4 matrix, whose last row has to be 0 0 0 1.</summary>
        public double[] Transform(string what)
        {
            var matrix = new double[16];
            for (int i = 0; i < 16; i++)
            {
                matrix[i] = Real(what);
            }

            return matrix[12] == 0.0 && matrix[13] == 0.0 && matrix[14] == 0.0 && matrix[15] == 1.0
                ? matrix[..12]
                : throw Wrong($"the last row of {what} is not 0 0 0 1");
        }

        public void End()
        {
            if (_next < words.Length)
            {
                throw Wrong($"'{words[_next]}' after the last field that was expected");
            }
        }

        private ObjectiveInputException Wrong(string found) => new(file, number, found);
    }
}
