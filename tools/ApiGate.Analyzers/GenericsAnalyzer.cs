using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Netboot.ApiGate.Analyzers;

/// <summary>Generics: declared, named, or brought in by the compiler without being named.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GenericsAnalyzer : GateAnalyzer
{
    /// <inheritdoc/>
    protected override void Register(AnalysisContext context)
    {
        context.RegisterSyntaxNodeAction(CheckParameters, SyntaxKind.TypeParameterList);
        context.RegisterSyntaxNodeAction(CheckName, SyntaxKind.GenericName);
        context.RegisterSyntaxNodeAction(CheckNullable, SyntaxKind.NullableType);
        context.RegisterOperationAction(CheckInvocation, OperationKind.Invocation);
        context.RegisterOperationAction(CheckDelegate, OperationKind.DelegateCreation);
        context.RegisterOperationAction(CheckVariable, OperationKind.VariableDeclarator);
        context.RegisterOperationAction(CheckConditionalAccess, OperationKind.ConditionalAccess);
    }

    private static void CheckParameters(SyntaxNodeAnalysisContext context)
    {
        (DiagnosticDescriptor rule, SyntaxToken name) = context.Node.Parent switch
        {
            MethodDeclarationSyntax method => (Rules.GenericMethod, method.Identifier),
            LocalFunctionStatementSyntax function => (Rules.GenericMethod, function.Identifier),
            DelegateDeclarationSyntax type => (Rules.GenericDeclaration, type.Identifier),
            TypeDeclarationSyntax type => (Rules.GenericDeclaration, type.Identifier),
            _ => (Rules.GenericDeclaration, context.Node.GetFirstToken()),
        };
        context.ReportDiagnostic(Diagnostic.Create(rule, name.GetLocation(), name.Text + context.Node));
    }

    private static void CheckName(SyntaxNodeAnalysisContext context)
    {
        if (!context.Node.IsPartOfStructuredTrivia())
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.GenericUse, context.Node.GetLocation(), context.Node.ToString()));
        }
    }

    private static void CheckNullable(SyntaxNodeAnalysisContext context)
    {
        // "string?" is only a note to the compiler; "int?" is another type.
        if (context.SemanticModel.GetTypeInfo(context.Node, context.CancellationToken).Type is { } type
            && (type.IsValueType || IsNullableValue(type)))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.NullableValue, context.Node.GetLocation(), context.Node.ToString()));
        }
    }

    private static void CheckInvocation(OperationAnalysisContext context)
    {
        var invocation = (IInvocationOperation)context.Operation;
        if (invocation.TargetMethod.IsGenericMethod)
        {
            Report(context, invocation.Syntax, invocation.TargetMethod.Name);
        }
    }

    private static void CheckDelegate(OperationAnalysisContext context)
    {
        if (IsGeneric(context.Operation.Type))
        {
            Report(context, context.Operation.Syntax,
                context.Operation.Type!.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        }
    }

    private static void CheckVariable(OperationAnalysisContext context)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        bool inferred = declarator.Syntax.Parent is VariableDeclarationSyntax { Type.IsVar: true };
        if (inferred && IsNullableValue(declarator.Symbol.Type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.NullableValue, declarator.Syntax.GetLocation(), declarator.Symbol.Name));
        }
        else if (inferred && IsGeneric(declarator.Symbol.Type))
        {
            Report(context, declarator.Syntax, declarator.Symbol.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        }
    }

    private static void CheckConditionalAccess(OperationAnalysisContext context)
    {
        if (IsNullableValue(context.Operation.Type))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.NullableValue, context.Operation.Syntax.GetLocation(),
                context.Operation.Syntax.ToString()));
        }
    }

    private static bool IsGeneric(ITypeSymbol? type) => type is INamedTypeSymbol { IsGenericType: true, IsTupleType: false };

    private static void Report(OperationAnalysisContext context, SyntaxNode where, string name) =>
        context.ReportDiagnostic(Diagnostic.Create(Rules.GenericUse, where.GetLocation(), name));
}
