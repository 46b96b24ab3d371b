using System.Runtime.CompilerServices;
using Shouldly;

namespace DiffCompile.TestKit;

/// <summary>Compares text with an approved file beside the test: <c>Class.Method.verified.cs</c>.</summary>
public static class Snapshot
{
    /// <summary>
    /// Fails when the text differs from the approved file, or when there is none yet; then the text is left in
    /// <c>Class.Method.received.cs</c>, to be looked at and renamed.
    /// </summary>
    /// <param name="text">What the test made.</param>
    /// <param name="variant">Tells apart several texts of one test; empty for one.</param>
    /// <param name="extension">Kind of the file.</param>
    /// <param name="testFile">Filled in by the compiler.</param>
    /// <param name="testMethod">Filled in by the compiler.</param>
    public static void Match(string text, string variant = "", string extension = "cs", [CallerFilePath] string testFile = "", [CallerMemberName] string testMethod = "")
    {
        string stem = Path.Combine(
            Path.GetDirectoryName(testFile)!,
            Path.GetFileNameWithoutExtension(testFile) + "." + testMethod + (variant.Length > 0 ? "." + variant : ""));
        string approved = stem + ".verified." + extension;
        string received = stem + ".received." + extension;
        string expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (text != expected)
        {
            File.WriteAllText(received, text);
        }
        else
        {
            File.Delete(received);
        }

        text.ShouldBe(expected, $"The approved text is in {approved}, the new one in {received}.");
    }
}
