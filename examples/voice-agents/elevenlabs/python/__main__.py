"""Plivo phone numbers for ElevenLabs agents, in and out."""

import pulumi
import pulumi_plivo as plivo

config = pulumi.Config()
HOSTS = {"global": "sip.rtc.elevenlabs.io", "in": "sip.rtc.in.residency.elevenlabs.io"}
PORTS = {"tls": 5061, "tcp": 5060}


def one_of(key: str, allowed: list[str]) -> str:
    """The value of a setting, the first one allowed by default."""
    value = config.get(key) or allowed[0]
    if value not in allowed:
        raise ValueError(f"{key} is {value!r}; it must be one of {', '.join(allowed)}")
    return value


host = HOSTS[one_of("region", list(HOSTS))]
transport = one_of("transport", list(PORTS))
secure = config.get_bool("secure")

# Calls to the number go to ElevenLabs, which finds the agent by the number.
uri = plivo.OriginationUri("elevenlabs", uri=f"{host}:{PORTS[transport]};transport={transport}")
inbound = plivo.Trunk(
    "elevenlabs-inbound",
    trunk_direction=plivo.TrunkDirection.INBOUND,
    primary_uri_uuid=uri.uri_uuid,
)
# Destroying the stack routes the number back to where it went before.
plivo.PhoneNumberAttachment("elevenlabs-number", number=config.require("number"), trunk_id=inbound.trunk_id)

# Calls from ElevenLabs are accepted with this username and password only.
login = plivo.Credential(
    "elevenlabs",
    username=config.get("sipUsername") or "elevenlabs",
    password=config.require_secret("sipPassword"),
)
outbound = plivo.Trunk(
    "elevenlabs-outbound",
    trunk_direction=plivo.TrunkDirection.OUTBOUND,
    # ElevenLabs must use TLS for outbound calls exactly when this is true.
    secure=True if secure is None else secure,
    credential_uuid=login.credential_uuid,
)

# Where Plivo sends calls to the number.
pulumi.export("inboundUri", uri.uri)
# The outbound address and username in ElevenLabs.
pulumi.export("outboundDomain", outbound.trunk_domain)
pulumi.export("outboundUsername", login.username)
