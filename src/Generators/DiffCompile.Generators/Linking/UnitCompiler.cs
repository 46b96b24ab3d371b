using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Emit;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Linking;

/// <summary>What is generated for one method.</summary>
/// <param name="HintName">Name of the file.</param>
/// <param name="Text">Members, or the reasons why there are none.</param>
/// <param name="Specification">Text of a second file that embeds the method's specification for other assemblies, or empty.</param>
internal sealed record GeneratedFile(string HintName, string Text, string Specification)
{
    /// <summary>
    /// The method and what went wrong inside the compiler, if anything did. The analyzer finds what is wrong with a program;
    /// a defect of the compiler itself may show only here, and a build must not pass without the members.
    /// </summary>
    public EquatableArray<string> Defect { get; init; } = [];
}

/// <summary>Compiles one unit: checks it, makes the programs of its members and writes them; or says why not.</summary>
internal static class UnitCompiler
{
    public static GeneratedFile Compile(LinkUnit unit, GeneratorOptions options, CancellationToken cancellationToken)
    {
        string hintName = FileNames.HintName(unit.Method.Container, unit.Method.Spec?.MemberName ?? unit.Method.Display, unit.Method.Key);
        if (unit.Method.Spec is not { } spec)
        {
            return new GeneratedFile(hintName, ContainerEmitter.Refused(unit.Method.Display, unit.Method.Diagnostics.Where(IsError).Select(d => (d.Id, d.Message))), "");
        }

        (List<LinkDiagnostic> diagnostics, List<MemberProgram> programs, FunctionLibrary library) = Build(unit, options, cancellationToken);
        (string, string)[] errors = diagnostics.Where(d => d.IsError).Select(d => (d.Id, Message(d))).ToArray();
        return errors.Length > 0
            ? new GeneratedFile(hintName, ContainerEmitter.Refused(unit.Method.Display, errors), "")
            {
                Defect = diagnostics.Find(d => d.Id == Descriptors.InternalError.Id)?.Arguments ?? [],
            }
            : Write(hintName, unit, programs, library, options);
    }

    private static GeneratedFile Write(string hintName, LinkUnit unit, List<MemberProgram> programs, FunctionLibrary library, GeneratorOptions options)
    {
        try
        {
            return new GeneratedFile(hintName, UnitEmitter.Write(unit.Method.Spec!, programs, library, options.ChecksOverflow), SpecificationFile.Write(unit.Method));
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            LinkDiagnostic found = Defect(unit, defect);
            return new GeneratedFile(hintName, ContainerEmitter.Refused(unit.Method.Display, [(found.Id, Message(found))]), "") { Defect = found.Arguments };
        }
    }

    private static LinkDiagnostic Defect(LinkUnit unit, Exception defect) =>
        new(Descriptors.InternalError.Id, null, "", [unit.Method.Display, defect.GetType().Name + ": " + defect.Message]);

    /// <summary>What linking finds, for the analyzer. Programs are only made where a custom rule may refuse to be one.</summary>
    public static IReadOnlyList<LinkDiagnostic> Diagnose(LinkUnit unit, CancellationToken cancellationToken)
    {
        bool hasRules = unit.Callees.Prepend(unit.Method.Spec!).Any(s => s.Body.Body.AllEquations().Any(e => e is ExternalCallEquation));
        return Build(unit, new GeneratorOptions(Optimize: true), cancellationToken, checkOnly: !hasRules).Diagnostics;
    }

    private static (List<LinkDiagnostic> Diagnostics, List<MemberProgram> Programs, FunctionLibrary Library) Build(
        LinkUnit unit, GeneratorOptions options, CancellationToken cancellationToken, bool checkOnly = false)
    {
        FunctionSpec spec = unit.Method.Spec!;
        var library = new FunctionLibrary(unit.Callees.Prepend(spec), options.Optimize);
        List<LinkDiagnostic> diagnostics = LinkChecks.Calls(unit).ToList();
        var programs = new List<MemberProgram>();
        if (diagnostics.Any(d => d.IsError))
        {
            return (diagnostics, programs, library);
        }

        try
        {
            diagnostics.AddRange(LinkChecks.Flow(spec, library));
            if (!checkOnly && !diagnostics.Any(d => d.IsError))
            {
                var members = new MemberPrograms(spec, library);
                foreach (MemberKind kind in MemberPrograms.Requested(spec).Where(members.IsPossible))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    programs.Add(members.Program(kind));
                }
            }
        }
        catch (RefusalException refusal)
        {
            diagnostics.Add(new LinkDiagnostic(refusal.Descriptor.Id, refusal.ValueId, "", refusal.Arguments.ToEquatableArray()));
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            diagnostics.Add(Defect(unit, defect));
        }

        return (diagnostics, programs, library);
    }

    private static bool IsError(DiagnosticInfo diagnostic) => Descriptors.Get(diagnostic.Id).DefaultSeverity == DiagnosticSeverity.Error;

    private static string Message(LinkDiagnostic diagnostic) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture,
        Descriptors.Get(diagnostic.Id).MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture),
        diagnostic.Arguments.Cast<object>().ToArray());
}
