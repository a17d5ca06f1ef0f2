/** `urn:pulumi:stack::project::type::name`: a logical name may hold `::` itself. */
export function logicalName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
