// Calls from your PBX to the telephone network.
package main

import (
	"github.com/pulumi-plivo/pulumi-plivo/sdk/go/plivo"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		// Who may call out: a PBX that knows this username and password ...
		pbx, err := plivo.NewCredential(ctx, "pbx", &plivo.CredentialArgs{
			Username: pulumi.String("pbxlondon"),
			Password: config.RequireSecret(ctx, "sipPassword"),
		})
		if err != nil {
			return err
		}

		// ... from one of these addresses. Order and spelling do not matter: a reordered list is no change.
		offices, err := plivo.NewIpAccessControlList(ctx, "offices", &plivo.IpAccessControlListArgs{
			IpAddresses: pulumi.ToStringArray([]string{"203.0.113.10", "198.51.100.0/24", "2001:db8:40::/48"}),
		})
		if err != nil {
			return err
		}

		trunk, err := plivo.NewTrunk(ctx, "calls-out", &plivo.TrunkArgs{
			TrunkDirection: plivo.TrunkDirectionOutbound,
			Secure:         pulumi.Bool(true),
			CredentialUuid: pbx.CredentialUuid,
			IpaclUuid:      offices.IpaclUuid,
		})
		if err != nil {
			return err
		}

		// What to set in the PBX: the SIP domain to register with.
		ctx.Export("sipDomain", trunk.TrunkDomain)
		return nil
	})
}
