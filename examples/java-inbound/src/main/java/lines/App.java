package lines;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumiplivo.plivo.OriginationUri;
import com.pulumiplivo.plivo.OriginationUriArgs;
import com.pulumiplivo.plivo.PhoneNumberAttachment;
import com.pulumiplivo.plivo.PhoneNumberAttachmentArgs;
import com.pulumiplivo.plivo.Trunk;
import com.pulumiplivo.plivo.TrunkArgs;
import com.pulumiplivo.plivo.enums.TrunkDirection;

/** Calls from the telephone network to your PBX. */
public final class App {
    public static void main(String[] args) {
        Pulumi.run(App::program);
    }

    private static void program(Context context) {
        // Where calls arrive: your PBX, over TLS, which asks Plivo for a username and password.
        var primary = new OriginationUri("primary", OriginationUriArgs.builder()
            .uri("sip.example.com:5061;transport=tls")
            .authenticationNeeded(true)
            .username("plivo")
            .password(context.config().requireSecret("pbxPassword"))
            .build());

        // Where they arrive while the PBX does not answer.
        var fallback = new OriginationUri("fallback", OriginationUriArgs.builder()
            .uri("standby.example.net")
            .build());

        var trunk = new Trunk("support", TrunkArgs.builder()
            .trunkDirection(TrunkDirection.Inbound)
            .primaryUriUuid(primary.uriUuid())
            .fallbackUriUuid(fallback.uriUuid())
            .build());

        // The number itself is rented in Plivo's console. Destroying the stack routes it back to where it went before.
        new PhoneNumberAttachment("hotline", PhoneNumberAttachmentArgs.builder()
            .number("+1 415 555 0100")
            .trunkId(trunk.trunkId())
            .build());

        context.export("trunkId", trunk.trunkId());
    }
}
