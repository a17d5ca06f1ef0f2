/**
 * Warnings that belong on a resource. The dynamic provider host can print but not say for which resource, so they come
 * from the classes.
 */
import * as pulumi from "@pulumi/pulumi";

/** Warns of address ranges wider than /8: whoever learns the domain of a trunk could place calls on the account. */
export function warnOfRiskyRanges(
  resource: pulumi.Resource,
  ranges: pulumi.Input<pulumi.Input<string>[]> | undefined,
): void {
  pulumi.output(ranges).apply((known) => {
    for (const [index, range] of (known ?? []).entries()) {
      if (!isRiskyRange(range)) continue;
      const risk = "whoever learns the domain of a trunk can place calls on your account";
      // By its place and not by its value, which may be a secret.
      void pulumi.log.warn(`ipAddresses[${index}] is wider than /8: ${risk}`, resource);
    }
  });
}

/** The provider's own rule once more: it is not loaded into the program for the sake of this. A test compares the two. */
export function isRiskyRange(range: unknown): boolean {
  const [address = "", prefix] = typeof range === "string" ? range.split("/") : [];
  const isMapped = /^::ffff:/i.test(address);
  return prefix !== undefined && Number(prefix) - (isMapped ? 96 : 0) < 8;
}
