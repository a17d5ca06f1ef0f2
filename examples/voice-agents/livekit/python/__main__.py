"""Plivo phone numbers for LiveKit agents, in and out."""

import re

import pulumi
import pulumi_plivo as plivo

config = pulumi.Config()
REGIONS = ["global", "eu", "india", "sa", "us", "japan", "aus", "uk", "canada"]


def one_of(key: str, allowed: list[str]) -> str:
    """The value of a setting, the first one allowed by default."""
    value = config.get(key) or allowed[0]
    if value not in allowed:
        raise ValueError(f"{key} is {value!r}; it must be one of {', '.join(allowed)}")
    return value


subdomain = config.require("sipSubdomain")
if not re.fullmatch(r"[a-z0-9-]+", subdomain):
    raise ValueError(f"sipSubdomain is {subdomain!r}; enter only what stands before .sip.livekit.cloud")
region = one_of("region", REGIONS)
transport = one_of("transport", ["tls", "tcp"])
secure = config.get_bool("secure")

# Calls to the number go to the SIP endpoint of the LiveKit project, in one region if that is wanted.
endpoint = subdomain if region == "global" else f"{subdomain}.{region}"
uri = plivo.OriginationUri("livekit", uri=f"{endpoint}.sip.livekit.cloud;transport={transport}")
inbound = plivo.Trunk(
    "livekit-inbound",
    trunk_direction=plivo.TrunkDirection.INBOUND,
    primary_uri_uuid=uri.uri_uuid,
)
# Destroying the stack routes the number back to where it went before.
plivo.PhoneNumberAttachment("livekit-number", number=config.require("number"), trunk_id=inbound.trunk_id)

# Calls from LiveKit are accepted with this username and password only.
login = plivo.Credential(
    "livekit",
    username=config.get("sipUsername") or "livekit",
    password=config.require_secret("sipPassword"),
)
outbound = plivo.Trunk(
    "livekit-outbound",
    trunk_direction=plivo.TrunkDirection.OUTBOUND,
    # The outbound trunk in LiveKit must be encrypted exactly when this one is.
    secure=True if secure is None else secure,
    credential_uuid=login.credential_uuid,
)

# Where Plivo sends calls to the number.
pulumi.export("inboundUri", uri.uri)
# `address` and `auth_username` of the outbound trunk in LiveKit.
pulumi.export("outboundDomain", outbound.trunk_domain)
pulumi.export("outboundUsername", login.username)
