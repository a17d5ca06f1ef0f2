/** The examples of the resource pages, in every language of which the repository has a generator. */
import { type ResourceToken, resources } from "../resources/index";

interface Example {
  readonly python: string;
  readonly go: string;
  readonly yaml: string;
}

const inboundTrunk = `resources:
  pbx:
    type: plivo:OriginationUri
    properties:
      uri: sip.example.com:5060;transport=tcp
  support:
    type: plivo:Trunk
    properties:
      trunkDirection: inbound
      primaryUriUuid: \${pbx.uriUuid}`;

/**
 * The same program as the definition's TypeScript example. A resource without one does not compile. A `trunk` that an
 * example does not make is one of the program around it; YAML has no such place, and makes it.
 */
const examples: Readonly<Record<ResourceToken, Example>> = {
  Trunk: {
    python: `uri = plivo.OriginationUri("pbx", uri="sip.example.com:5060;transport=tcp")
trunk = plivo.Trunk("support",
    trunk_direction=plivo.TrunkDirection.INBOUND,
    primary_uri_uuid=uri.uri_uuid)
pulumi.export("domain", trunk.trunk_domain)`,
    go: `uri, err := plivo.NewOriginationUri(ctx, "pbx", &plivo.OriginationUriArgs{
    Uri: pulumi.String("sip.example.com:5060;transport=tcp"),
})
if err != nil {
    return err
}
trunk, err := plivo.NewTrunk(ctx, "support", &plivo.TrunkArgs{
    TrunkDirection: plivo.TrunkDirectionInbound,
    PrimaryUriUuid: uri.UriUuid,
})
if err != nil {
    return err
}
ctx.Export("domain", trunk.TrunkDomain)`,
    yaml: `${inboundTrunk}
outputs:
  domain: \${support.trunkDomain}`,
  },
  Credential: {
    python: `config = pulumi.Config()
credential = plivo.Credential("pbx",
    username="pbxlondon",
    password=config.require_secret("sipPassword"))`,
    go: `_, err := plivo.NewCredential(ctx, "pbx", &plivo.CredentialArgs{
    Username: pulumi.String("pbxlondon"),
    Password: config.New(ctx, "").RequireSecret("sipPassword"),
})
if err != nil {
    return err
}`,
    yaml: `config:
  sipPassword:
    type: string
    secret: true
resources:
  pbx:
    type: plivo:Credential
    properties:
      username: pbxlondon
      password: \${sipPassword}`,
  },
  IpAccessControlList: {
    python: `offices = plivo.IpAccessControlList("offices",
    ip_addresses=["203.0.113.10", "198.51.100.0/24", "2001:db8::/48"])`,
    go: `_, err := plivo.NewIpAccessControlList(ctx, "offices", &plivo.IpAccessControlListArgs{
    IpAddresses: pulumi.ToStringArray([]string{"203.0.113.10", "198.51.100.0/24", "2001:db8::/48"}),
})
if err != nil {
    return err
}`,
    yaml: `resources:
  offices:
    type: plivo:IpAccessControlList
    properties:
      ipAddresses: [203.0.113.10, 198.51.100.0/24, "2001:db8::/48"]`,
  },
  OriginationUri: {
    python: `primary = plivo.OriginationUri("primary", uri="sip.example.com:5061;transport=tls")
fallback = plivo.OriginationUri("fallback", uri="[2001:db8::5]:5060")`,
    go: `_, err := plivo.NewOriginationUri(ctx, "primary", &plivo.OriginationUriArgs{
    Uri: pulumi.String("sip.example.com:5061;transport=tls"),
})
if err != nil {
    return err
}
_, err = plivo.NewOriginationUri(ctx, "fallback", &plivo.OriginationUriArgs{
    Uri: pulumi.String("[2001:db8::5]:5060"),
})
if err != nil {
    return err
}`,
    yaml: `resources:
  primary:
    type: plivo:OriginationUri
    properties:
      uri: sip.example.com:5061;transport=tls
  fallback:
    type: plivo:OriginationUri
    properties:
      uri: "[2001:db8::5]:5060"`,
  },
  TrunkPhoneNumbers: {
    python: `plivo.TrunkPhoneNumbers("support-lines",
    trunk_id=trunk.trunk_id,
    numbers=["+1 415 555 0100", "+1 415 555 0101", "+1 415 555 0102"])`,
    go: `_, err := plivo.NewTrunkPhoneNumbers(ctx, "support-lines", &plivo.TrunkPhoneNumbersArgs{
    TrunkId: trunk.TrunkId,
    Numbers: pulumi.ToStringArray([]string{"+1 415 555 0100", "+1 415 555 0101", "+1 415 555 0102"}),
})
if err != nil {
    return err
}`,
    yaml: `${inboundTrunk}
  support-lines:
    type: plivo:TrunkPhoneNumbers
    properties:
      trunkId: \${support.trunkId}
      numbers: [+1 415 555 0100, +1 415 555 0101, +1 415 555 0102]`,
  },
  PhoneNumberAttachment: {
    python: `plivo.PhoneNumberAttachment("hotline",
    number="+1 415 555 0100",
    trunk_id=trunk.trunk_id)`,
    go: `_, err := plivo.NewPhoneNumberAttachment(ctx, "hotline", &plivo.PhoneNumberAttachmentArgs{
    Number:  pulumi.String("+1 415 555 0100"),
    TrunkId: trunk.TrunkId,
})
if err != nil {
    return err
}`,
    yaml: `${inboundTrunk}
  hotline:
    type: plivo:PhoneNumberAttachment
    properties:
      number: +1 415 555 0100
      trunkId: \${support.trunkId}`,
  },
};

/** Pulumi shows readers the block of their language. */
export function examplesOf(token: ResourceToken): string {
  const blocks = { typescript: resources[token].example, ...examples[token] };
  const fences = Object.entries(blocks).map(([language, text]) => `\`\`\`${language}\n${text}\n\`\`\``);
  return `{{% examples %}}\n## Example Usage\n{{% example %}}\n${fences.join("\n")}\n{{% /example %}}\n{{% /examples %}}`;
}
