using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Netboot.ApiGate.Analyzers;

/// <summary>Strings that mean something else on the device: enums in text, indexed strings, NUL inside.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TextAnalyzer : GateAnalyzer
{
    /// <inheritdoc/>
    protected override void Register(AnalysisContext context)
    {
        context.RegisterSyntaxNodeAction(CheckLiteral, SyntaxKind.StringLiteralExpression, SyntaxKind.InterpolatedStringText);
        context.RegisterOperationAction(CheckInvocation, OperationKind.Invocation);
        context.RegisterOperationAction(CheckCreation, OperationKind.ObjectCreation);
        context.RegisterOperationAction(found =>
            CheckPiece(found, ((IInterpolationOperation)found.Operation).Expression), OperationKind.Interpolation);
        context.RegisterOperationAction(CheckConcatenation, OperationKind.Binary);
        context.RegisterOperationAction(CheckAppend, OperationKind.CompoundAssignment);
        context.RegisterOperationAction(CheckIndexer, OperationKind.PropertyReference);
        context.RegisterOperationAction(CheckImplicitIndexer, OperationKind.ImplicitIndexerReference);
    }

    private static void CheckLiteral(SyntaxNodeAnalysisContext context)
    {
        SyntaxToken token = context.Node is LiteralExpressionSyntax literal ? literal.Token : ((InterpolatedStringTextSyntax)context.Node)
            .TextToken;
        if (token.ValueText.IndexOf('\0') >= 0)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.NulInString, context.Node.GetLocation()));
        }
    }

    private static void CheckInvocation(OperationAnalysisContext context)
    {
        var invocation = (IInvocationOperation)context.Operation;
        if (invocation.TargetMethod.Name == nameof(ToString) && invocation.Instance is { } instance)
        {
            if (Unwrap(instance).Type is { } type && (type.TypeKind == TypeKind.Enum || type.SpecialType == SpecialType.System_Enum))
            {
                Report(context, Rules.EnumText, invocation.Syntax);
            }
        }
        else if (BuildsText(invocation.TargetMethod.ContainingType))
        {
            CheckArguments(context, invocation.Arguments);
        }
    }

    private static void CheckCreation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (BuildsText(creation.Type))
        {
            CheckArguments(context, creation.Arguments);
        }
    }

    private static void CheckArguments(OperationAnalysisContext context, ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (IOperation value in arguments.SelectMany(Values))
        {
            CheckPiece(context, value);
        }
    }

    // The values behind "params object[]" stand in an array that the compiler makes.
    private static IEnumerable<IOperation> Values(IArgumentOperation argument) =>
        argument.ArgumentKind == ArgumentKind.ParamArray && argument.Value is IArrayCreationOperation { Initializer: { } initializer }
            ? initializer.ElementValues
            : new[] { argument.Value };

    private static void CheckConcatenation(OperationAnalysisContext context)
    {
        var binary = (IBinaryOperation)context.Operation;
        if (binary.OperatorKind == BinaryOperatorKind.Add && binary.Type?.SpecialType == SpecialType.System_String)
        {
            CheckPiece(context, binary.LeftOperand);
            CheckPiece(context, binary.RightOperand);
        }
    }

    private static void CheckAppend(OperationAnalysisContext context)
    {
        var assignment = (ICompoundAssignmentOperation)context.Operation;
        if (assignment.OperatorKind == BinaryOperatorKind.Add && assignment.Type?.SpecialType == SpecialType.System_String)
        {
            CheckPiece(context, assignment.Value);
        }
    }

    private static void CheckIndexer(OperationAnalysisContext context)
    {
        var reference = (IPropertyReferenceOperation)context.Operation;
        if (reference.Property.IsIndexer && reference.Property.ContainingType.SpecialType == SpecialType.System_String)
        {
            Report(context, Rules.StringIndex, reference.Syntax);
        }
    }

    private static void CheckImplicitIndexer(OperationAnalysisContext context)
    {
        var reference = (IImplicitIndexerReferenceOperation)context.Operation;
        if (reference.Instance.Type?.SpecialType == SpecialType.System_String)
        {
            Report(context, Rules.StringIndex, reference.Syntax);
        }
    }

    /// <summary>A value on its way into a text.</summary>
    private static void CheckPiece(OperationAnalysisContext context, IOperation piece)
    {
        IOperation value = Unwrap(piece);
        if (value.Type?.TypeKind == TypeKind.Enum)
        {
            Report(context, Rules.EnumText, value.Syntax);
        }
        else if (value.Type?.SpecialType == SpecialType.System_Char && value.ConstantValue is { HasValue: true, Value: '\0' })
        {
            Report(context, Rules.NulInString, value.Syntax);
        }
    }

    private static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    private static bool BuildsText(ITypeSymbol? type) =>
        type is { SpecialType: SpecialType.System_String } or { Name: "StringBuilder",
        ContainingNamespace: { Name: "Text", ContainingNamespace.Name: "System" } };

    private static void Report(OperationAnalysisContext context, DiagnosticDescriptor rule, SyntaxNode where) =>
        context.ReportDiagnostic(Diagnostic.Create(rule, where.GetLocation(), where.ToString()));
}
