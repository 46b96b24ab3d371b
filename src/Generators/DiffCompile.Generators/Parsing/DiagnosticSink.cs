using DiffCompile.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>Collects what is found in one method.</summary>
internal sealed class DiagnosticSink
{
    private readonly List<DiagnosticInfo> _items = [];

    public IReadOnlyList<DiagnosticInfo> Items => _items;

    public bool HasErrors { get; private set; }

    public void Report(DiagnosticDescriptor descriptor, Location location, params string[] arguments)
    {
        DiagnosticInfo item = DiagnosticInfo.Create(descriptor, location, arguments);
        if (!_items.Contains(item))
        {
            _items.Add(item);
        }

        HasErrors |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
    }

    public void AddRange(DiagnosticSink other)
    {
        _items.AddRange(other.Items.Where(i => !_items.Contains(i)));
        HasErrors |= other.HasErrors;
    }
}
