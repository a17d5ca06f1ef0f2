import type { ReportViolation, ResourceValidation } from "@pulumi/policy";
import { PolicyPack, validateResourceOfType } from "@pulumi/policy";
import type { Unwrap } from "@pulumi/pulumi";
// The same classes for programs with dynamic resources and for those with the plugin. These rules hold for both.
import * as plivo from "pulumi-plivo";
import * as plugin from "pulumi-plivo/plugin";

type Check<Args> = (resource: Unwrap<Args>, report: ReportViolation) => void;

function trunks(check: Check<plivo.TrunkArgs>): ResourceValidation[] {
  return [
    validateResourceOfType(plivo.Trunk, (trunk, _, report) => check(trunk, report)),
    validateResourceOfType(plugin.Trunk, (trunk, _, report) => check(trunk, report)),
  ];
}

function addressLists(check: Check<plivo.IpAccessControlListArgs>): ResourceValidation[] {
  return [
    validateResourceOfType(plivo.IpAccessControlList, (list, _, report) => check(list, report)),
    validateResourceOfType(plugin.IpAccessControlList, (list, _, report) => check(list, report)),
  ];
}

new PolicyPack("plivo-policies", {
  policies: [
    {
      name: "trunk-is-secure",
      description: "Signalling and media of every trunk are encrypted.",
      enforcementLevel: "mandatory",
      severity: "high",
      validateResource: trunks(({ secure }, report) => {
        if (!secure) report("Set `secure: true`, and let your PBX use TLS and SRTP.");
      }),
      // Runs where the pack's configuration says `"trunk-is-secure": "remediate"`.
      remediateResource: (args) => {
        if (!args.asType(plivo.Trunk) && !args.asType(plugin.Trunk)) return undefined;
        if (args.props.secure) return undefined;
        // Changed in place: a copy would read the properties that a preview does not know yet, and fail.
        args.props.secure = true;
        return args.props;
      },
    },
    {
      name: "address-range-is-narrow",
      description: "No IP access control list accepts calls from a range wider than /8.",
      enforcementLevel: "mandatory",
      severity: "critical",
      validateResource: addressLists(({ ipAddresses }, report) => {
        for (const range of ipAddresses.filter(isWide)) report(`${range} lets calls in from too many addresses.`);
      }),
    },
    {
      name: "inbound-trunk-has-fallback",
      description: "Calls to an inbound trunk ring elsewhere when its primary URI fails.",
      enforcementLevel: "advisory",
      severity: "medium",
      validateResource: trunks((trunk, report) => {
        // Asked for by name: in a preview the id of a new URI is not known yet, and reading it would end the check.
        const hasFallback = Object.keys(trunk).includes("fallbackUriUuid");
        if (trunk.trunkDirection === "inbound" && !hasFallback) report("Set `fallbackUriUuid` to a second PBX.");
      }),
    },
  ],
});

/** `10.0.0.0/7`, or an IPv4 range that is written as IPv6: `::ffff:10.0.0.0/103`. */
function isWide(range: string): boolean {
  const [address = "", length = "128"] = range.split("/");
  return Number(length) - (/^::ffff:/i.test(address) ? 96 : 0) < 8;
}
