using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Netboot.ApiGate.Analyzers;

/// <summary>Interfaces that hold more than declarations.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InterfaceAnalyzer : GateAnalyzer
{
    /// <inheritdoc/>
    protected override void Register(AnalysisContext context) => context.RegisterSymbolAction(Check, SymbolKind.NamedType);

    private static void Check(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Interface)
        {
            return;
        }

        foreach (ISymbol member in type.GetMembers())
        {
            bool hasBody = member is IMethodSymbol { IsAbstract: false } or IFieldSymbol { IsConst: false };
            if (hasBody && !member.Locations.IsEmpty && !(member.IsImplicitlyDeclared && member is IFieldSymbol))
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.DefaultInterfaceMember, member.Locations[0],
                    $"{type.Name}.{member.Name}"));
            }
        }
    }
}
