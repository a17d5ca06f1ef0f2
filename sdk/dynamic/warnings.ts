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
    for (const range of known ?? []) {
      const prefix = typeof range === "string" ? range.split("/")[1] : undefined;
      if (prefix === undefined || !(Number(prefix) < 8)) continue;
      const risk = "whoever learns the domain of a trunk can place calls on your account";
      void pulumi.log.warn(`ipAddresses: ${range} is wider than /8: ${risk}`, resource);
    }
  });
}
