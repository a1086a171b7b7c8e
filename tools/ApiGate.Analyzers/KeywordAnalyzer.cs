using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Netboot.ApiGate.Analyzers;

/// <summary>Features that a keyword or a piece of syntax gives away.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeywordAnalyzer : GateAnalyzer
{
    /// <inheritdoc/>
    protected override void Register(AnalysisContext context)
    {
        context.RegisterSyntaxTreeAction(CheckTokens);
        context.RegisterSyntaxNodeAction(
            found => Report(found, Rules.IndexOrRange), SyntaxKind.IndexExpression, SyntaxKind.RangeExpression, SyntaxKind.SlicePattern);
        context.RegisterSyntaxNodeAction(found => Report(found, Rules.AnonymousType), SyntaxKind.AnonymousObjectCreationExpression);
        context.RegisterSyntaxNodeAction(found => Report(found, Rules.Query), SyntaxKind.QueryExpression);
        context.RegisterSyntaxNodeAction(found => Report(found, Rules.Utf8Literal), SyntaxKind.Utf8StringLiteralExpression);
        context.RegisterSyntaxNodeAction(found => Report(found, Rules.Tuple), SyntaxKind.TupleType);
        context.RegisterSyntaxNodeAction(CheckTuple, SyntaxKind.TupleExpression);
        context.RegisterSyntaxNodeAction(
            found =>
            Report(found, Rules.Unsafe, "*"), SyntaxKind.PointerType, SyntaxKind.FunctionPointerType, SyntaxKind.AddressOfExpression);
        context.RegisterSyntaxNodeAction(CheckRank, SyntaxKind.ArrayRankSpecifier, SyntaxKind.ImplicitArrayCreationExpression);
        context.RegisterSyntaxNodeAction(CheckDynamic, SyntaxKind.IdentifierName);
        context.RegisterCompilationAction(CheckOptions);
    }

    private static void CheckTokens(SyntaxTreeAnalysisContext context)
    {
        foreach (SyntaxToken token in context.Tree.GetRoot(context.CancellationToken).DescendantTokens())
        {
            DiagnosticDescriptor? rule = token.Kind() switch
            {
                SyntaxKind.UnsafeKeyword or SyntaxKind.StackAllocKeyword or SyntaxKind.FixedKeyword => Rules.Unsafe,
                SyntaxKind.CheckedKeyword => Rules.Checked,
                SyntaxKind.YieldKeyword => Rules.Yield,
                SyntaxKind.AsyncKeyword or SyntaxKind.AwaitKeyword => Rules.Async,
                SyntaxKind.RecordKeyword => Rules.Record,
                SyntaxKind.VolatileKeyword or SyntaxKind.DecimalKeyword => Rules.MissingKeyword,
                _ => null,
            };
            if (rule != null)
            {
                string instead = token.IsKind(SyntaxKind.DecimalKeyword) ? "long in a smaller unit" : "lock or Interlocked";
                context.ReportDiagnostic(Diagnostic.Create(rule, token.GetLocation(), token.Text, instead));
            }
        }
    }

    private static void CheckTuple(SyntaxNodeAnalysisContext context)
    {
        // "(a, b) = x" takes x apart through its Deconstruct method and needs no tuple.
        SyntaxNode outermost = context.Node;
        while (outermost.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax outer })
        {
            outermost = outer;
        }

        bool takesApart = (outermost.Parent is AssignmentExpressionSyntax assignment && assignment.Left == outermost)
            || (outermost.Parent is ForEachVariableStatementSyntax loop && loop.Variable == outermost);
        if (!takesApart)
        {
            Report(context, Rules.Tuple);
        }
    }

    private static void CheckRank(SyntaxNodeAnalysisContext context)
    {
        bool several =
            context.Node is ArrayRankSpecifierSyntax { Rank: > 1 } or ImplicitArrayCreationExpressionSyntax { Commas.Count: > 0 };
        if (several)
        {
            Report(context, Rules.MultidimensionalArray);
        }
    }

    private static void CheckDynamic(SyntaxNodeAnalysisContext context)
    {
        var name = (IdentifierNameSyntax)context.Node;
        if (name.Identifier.Text == "dynamic" && context.SemanticModel.GetSymbolInfo(name, context.CancellationToken)
            .Symbol is IDynamicTypeSymbol)
        {
            Report(context, Rules.MissingKeyword, "dynamic", "object and a cast");
        }
    }

    private static void CheckOptions(CompilationAnalysisContext context)
    {
        if (((CSharpCompilationOptions)context.Compilation.Options).CheckOverflow)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.Checked, Location.None));
        }
    }

    private static void Report(SyntaxNodeAnalysisContext context, DiagnosticDescriptor rule, params object[] arguments) =>
        context.ReportDiagnostic(Diagnostic.Create(rule, context.Node.GetLocation(), arguments));
}
