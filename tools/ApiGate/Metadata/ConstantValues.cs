using Netboot.ApiGate.Lists;

namespace Netboot.ApiGate.Metadata;

/// <summary>The values of constants and of default parameters.</summary>
internal static class ConstantValues
{
    /// <summary>The value of a literal; <paramref name="declared"/> null means a value of <paramref name="owner"/>, an enum.</summary>
    public static object? Of(MetadataContext context, ApiType owner, string literal, TypeUse? declared, Place place)
    {
        if (declared == null)
        {
            return Literals.Parse(literal, TypeWriter.UnderlyingType(owner).Name, place);
        }

        if (literal is "null" or Literals.DefaultOfStruct || declared.ArrayDepth > 0 || TypeIndex.Keywords.ContainsKey(declared.Name))
        {
            return Literals.Parse(literal, declared.ArrayDepth > 0 ? "array" : declared.Name, place);
        }

        // A default value of an enum is only its member's name.
        ApiType enumType = context.Resolve(declared, place);
        ApiMember value = enumType.Members.Find(member => member.Kind == MemberKind.Constant && member.Name == literal)
            ?? throw new ListException(place, $"{enumType.FullName} has no value named '{literal}'");
        return Literals.Parse(value.Literal!, TypeWriter.UnderlyingType(enumType).Name, value.Place);
    }
}
