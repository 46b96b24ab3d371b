using DiffCompile.Objectives.AdBench;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.AdBench;

/// <summary>The readers: every input that there is, and files that break off or hold something else.</summary>
public sealed class InputTests
{
    private const string Folder = "data/adbench";
    private const string Model = "data/adbench/hand/model";

    [SharedDataFact(Folder)]
    public void Every_input_is_read()
    {
        foreach (string file in Files("gmm"))
        {
            GaussianMixtureInput input = GaussianMixtureInput.Read(file);
            input.X.Length.ShouldBe(input.Points * input.Dimensions);
        }

        foreach (string file in Files("ba"))
        {
            BundleAdjustmentInput input = BundleAdjustmentInput.Read(file);
            input.CameraOf.Max().ShouldBe(input.Cameras.Length / 11 - 1);
        }

        foreach (string file in Files("lstm"))
        {
            LstmInput.Read(file).Sequence.Length.ShouldBeGreaterThan(14000);
        }

        HandModel model = HandModel.Read(SharedData.PathOf(Model));
        (model.Bones, model.Vertices, model.Triangles.Length).ShouldBe((22, 544, 3 * 1084));
        for (int vertex = 0; vertex < model.Vertices; vertex++)
        {
            // The influences of a vertex share it out among the bones.
            model.InfluenceWeights[model.InfluenceStart[vertex]..model.InfluenceStart[vertex + 1]].Sum().ShouldBe(1.0, 1e-6);
        }

        foreach (string file in Files("hand"))
        {
            bool complicated = Path.GetFileName(file).Contains("complicated", StringComparison.Ordinal);
            HandInput.Read(file, model, complicated).PointCount.ShouldBeGreaterThanOrEqualTo(2);
        }
    }

    [Theory]
    [InlineData("2 3", "line 1: the file ends where the number of points was expected")]
    [InlineData("2 0 1", "line 1: the number of components is 0; expected at least 1")]
    [InlineData("1 1 1\n0.5\nx", "line 3: 'x' where the means, number 1 of 1 was expected, a finite number")]
    [InlineData("1 1 1\n0.5\n1\nNaN", "line 4: 'NaN' where the inverse covariance factors, number 1 of 1 was expected, a finite number")]
    [InlineData("1 1 2\n0.5\n1\n1\n3\n4", "line 6: the file ends where gamma of the Wishart prior was expected")]
    [InlineData("1 1 1\n0.5\n1\n1\n3\n0 0", "line 6: gamma of the Wishart prior is not above 0")]
    [InlineData("1 1 1\n0.5\n1\n1\n3\n1 0.5", "line 6: '0.5' where m of the Wishart prior was expected, an integer")]
    [InlineData("1 1 1\n0.5\n1\n1\n3\n1 0\n7", "line 7: '7' after the last number that was expected")]
    public void A_wrong_mixture_is_refused(string text, string message) => Refused(text, file => GaussianMixtureInput.Read(file), message);

    [Theory]
    [InlineData("", "the file ends where the number of cameras was expected")]
    [InlineData("2 -1 1", "line 1: the number of points is -1; expected from 1 to")]
    public void A_wrong_adjustment_is_refused(string text, string message) => Refused(text, file => BundleAdjustmentInput.Read(file), message);

    [Theory]
    [InlineData("2 1 14", "line 1: the number of characters is 1; expected at least 2")]
    [InlineData("1 2 1\n1 2 3 4 5 6 7", "line 2: the file ends where the parameters of the layers, number 8 of 8 was expected")]
    public void A_wrong_text_is_refused(string text, string message) => Refused(text, file => LstmInput.Read(file), message);

    [SharedDataTheory(Model)]
    [InlineData("1 25", "line 1: the number of pose parameters is 25; expected from 26 to 26")]
    [InlineData("1 26\n544 0 0 0", "line 2: the vertex of a point is 544; expected from 0 to 543")]
    public void A_wrong_hand_is_refused(string text, string message) =>
        Refused(text, file => HandInput.Read(file, HandModel.Read(SharedData.PathOf(Model)), complicated: false), message);

    [SharedDataTheory(Model)]
    [InlineData("bones.txt", "wrist:0:1", "bones.txt, line 1: '0' where the bone's parent was expected, an integer from -1 to -1")]
    [InlineData("bones.txt", "wrist:-1:1:2", "bones.txt, line 1: the line ends where the relative transform was expected")]
    [InlineData("vertices.txt", "0:0:0:0:0:0:0:0:1:22:1", "vertices.txt, line 1: '22' where the bone of an influence was expected, an integer from 0 to 21")]
    [InlineData("triangles.txt", "0:1:2\n0:1:2:3", "triangles.txt, line 2: '3' after the last field that was expected")]
    public void A_wrong_model_is_refused(string name, string text, string message)
    {
        string folder = Directory.CreateTempSubdirectory("hand-model-").FullName;
        try
        {
            foreach (string file in Directory.GetFiles(SharedData.PathOf(Model)))
            {
                File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), File.ReadAllText(file));
            }

            File.WriteAllText(Path.Combine(folder, name), text);
            Should.Throw<ObjectiveInputException>(() => HandModel.Read(folder)).Message.ShouldContain(message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Files(string objective)
    {
        string[] files = Directory.GetFiles(SharedData.PathOf($"{Folder}/{objective}"), "*.txt");
        files.ShouldNotBeEmpty();
        return files;
    }

    private static void Refused(string text, Action<string> read, string message)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            var error = Should.Throw<ObjectiveInputException>(() => read(file));
            error.Message.ShouldStartWith(file);
            error.Message.ShouldContain(message);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
