/** What `pulumi preview --diff` prints for the fleet of preview.test.ts. Ids and generated suffixes are replaced. */

export const created = `
Previewing update (dev):
+ pulumi:pulumi:Stack: (create)
    [urn=urn:pulumi:dev::world::pulumi:pulumi:Stack::world-dev]
    + plivo:index:Credential: (create)
        [urn=urn:pulumi:dev::world::plivo:index:Credential::pbx]
        [provider]
        forceDestroy: false
        name        : "pbx-<hex>"
        password    : [secret]
        username    : "pbxlondon"
    + plivo:index:IpAccessControlList: (create)
        [urn=urn:pulumi:dev::world::plivo:index:IpAccessControlList::offices]
        [provider]
        forceDestroy: false
        ipAddresses : [
            [0]: "192.0.2.1"
        ]
        name        : "offices"
    + plivo:index:OriginationUri: (create)
        [urn=urn:pulumi:dev::world::plivo:index:OriginationUri::uri]
        [provider]
        authenticationNeeded: false
        forceDestroy        : false
        name                : "pbx"
        uri                 : "sip.example.com"
    + plivo:index:Trunk: (create)
        [urn=urn:pulumi:dev::world::plivo:index:Trunk::eu]
        [provider]
        credentialUuid: [unknown]
        forceDestroy  : false
        ipaclUuid     : [unknown]
        name          : "eu"
        secure        : false
        trunkDirection: "outbound"
        trunkStatus   : "enabled"
    --outputs:--
    domain: [unknown]
Resources:
    + 5 to create
`;

const unchangedStack = `
Previewing update (dev):
  pulumi:pulumi:Stack: (same)
    [urn=urn:pulumi:dev::world::pulumi:pulumi:Stack::world-dev]
`;

function changed(resource: string, summary: string): string {
  return `${unchangedStack}${resource.slice(1)}Resources:\n    ${summary}\n    4 unchanged\n`;
}

export const fieldChanged = changed(
  `
    ~ plivo:index:Trunk: (update)
        [id=<id>]
        [urn=urn:pulumi:dev::world::plivo:index:Trunk::eu]
        [provider]
      ~ secure: false => true
`,
  "~ 1 to update",
);

export const elementAdded = changed(
  `
    ~ plivo:index:IpAccessControlList: (update)
        [id=<uuid>]
        [urn=urn:pulumi:dev::world::plivo:index:IpAccessControlList::offices]
        [provider]
      ~ ipAddresses: [
          + [1]: "192.0.2.2"
        ]
`,
  "~ 1 to update",
);

export const replaced = changed(
  `
    +-plivo:index:Trunk: (replace)
        [id=<id>]
        [urn=urn:pulumi:dev::world::plivo:index:Trunk::eu]
        [provider]
      - credentialUuid: "<uuid>"
      - ipaclUuid     : "<uuid>"
      + primaryUriUuid: "<uuid>"
      ~ trunkDirection: "outbound" => "inbound"
`,
  "+-1 to replace",
);

export const secretChanged = changed(
  `
    ~ plivo:index:Credential: (update)
        [id=<uuid>]
        [urn=urn:pulumi:dev::world::plivo:index:Credential::pbx]
        [provider]
      ~ password: [secret] => [secret]
`,
  "~ 1 to update",
);
