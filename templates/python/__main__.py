"""An inbound SIP trunk."""

import pulumi
import pulumi_plivo as plivo

config = pulumi.Config()

# Where calls arrive: your PBX.
pbx = plivo.OriginationUri("pbx", uri=config.require("sipUri"))

trunk = plivo.Trunk(
    "inbound",
    trunk_direction=plivo.TrunkDirection.INBOUND,
    primary_uri_uuid=pbx.uri_uuid,
)

pulumi.export("trunkId", trunk.trunk_id)
