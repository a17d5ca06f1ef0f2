/** `urn:pulumi:stack::project::type::name`: a logical name may hold `::` itself. Blank for what is no URN. */
export function logicalName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
