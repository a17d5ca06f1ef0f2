"""Calls from the telephone network to your PBX."""

import pulumi
import pulumi_plivo as plivo

config = pulumi.Config()

# Where calls arrive: your PBX, over TLS, which asks Plivo for a username and password.
primary = plivo.OriginationUri(
    "primary",
    uri="sip.example.com:5061;transport=tls",
    authentication_needed=True,
    username="plivo",
    password=config.require_secret("pbxPassword"),
)

# Where they arrive while the PBX does not answer.
fallback = plivo.OriginationUri("fallback", uri="standby.example.net")

trunk = plivo.Trunk(
    "support",
    trunk_direction=plivo.TrunkDirection.INBOUND,
    primary_uri_uuid=primary.uri_uuid,
    fallback_uri_uuid=fallback.uri_uuid,
)

# The number itself is rented in Plivo's console. Destroying the stack routes it back to where it went before.
plivo.PhoneNumberAttachment("hotline", number="+1 415 555 0100", trunk_id=trunk.trunk_id)

pulumi.export("trunkId", trunk.trunk_id)
