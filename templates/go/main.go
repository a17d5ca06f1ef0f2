// An inbound SIP trunk.
package main

import (
	"github.com/pulumi-plivo/pulumi-plivo/sdk/go/plivo"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		// Where calls arrive: your PBX.
		pbx, err := plivo.NewOriginationUri(ctx, "pbx", &plivo.OriginationUriArgs{
			Uri: pulumi.String(config.Require(ctx, "sipUri")),
		})
		if err != nil {
			return err
		}

		trunk, err := plivo.NewTrunk(ctx, "inbound", &plivo.TrunkArgs{
			TrunkDirection: plivo.TrunkDirectionInbound,
			PrimaryUriUuid: pbx.UriUuid,
		})
		if err != nil {
			return err
		}

		ctx.Export("trunkId", trunk.TrunkId)
		return nil
	})
}
