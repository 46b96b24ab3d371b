using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace DiffCompile.Samples.HaloOccupation;

/// <summary>Where the source of a method lies, as the compiler noted it in the debug symbols.</summary>
/// <param name="File">Path of the source file.</param>
/// <param name="Line">First line of the method's body, from 1.</param>
internal sealed record GeneratedSource(string File, int Line)
{
    /// <summary>The source of <paramref name="function"/>; null where its assembly has no symbol file beside it.</summary>
    public static GeneratedSource? Of(Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        MethodInfo method = function.Method;
        string symbols = Path.ChangeExtension(method.Module.Assembly.Location, ".pdb");
        if (!System.IO.File.Exists(symbols))
        {
            return null;
        }

        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(System.IO.File.OpenRead(symbols));
        MetadataReader reader = provider.GetMetadataReader();
        var definition = (MethodDefinitionHandle)MetadataTokens.EntityHandle(method.MetadataToken);
        foreach (SequencePoint point in reader.GetMethodDebugInformation(definition).GetSequencePoints())
        {
            if (!point.IsHidden)
            {
                return new GeneratedSource(reader.GetString(reader.GetDocument(point.Document).Name), point.StartLine);
            }
        }

        return null;
    }
}
