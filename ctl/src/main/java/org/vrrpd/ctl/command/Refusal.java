package org.vrrpd.ctl.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import org.vrrpd.proto.control.ControlProtocol;
import org.vrrpd.proto.control.RpcException;

/**
 * What the daemon would not do, for people: it knows their number, and here their name is known too, without asking a
 * directory server on their behalf.
 */
public final class Refusal {

    private static final String NAMELESS = "?";

    private Refusal() {}

    /** @param user as the JDK tells it: "?" for one without a name */
    public static String text(RpcException refused, String user) {
        ObjectNode data = refused.data();
        if (refused.code() != ControlProtocol.NOT_PERMITTED || data == null || !data.hasNonNull("needs")) {
            return refused.getMessage();
        }
        boolean named = user != null && !user.isEmpty() && !user.equals(NAMELESS);
        String hint = data.path("hint").asText();
        return "you are uid " + data.path("uid").asText() + (named ? " (" + user + ")" : "") + ": "
                + data.path("verb").asText() + " " + data.path("needs").asText() + "\n"
                + (named ? hint.replaceAll("\\bNAME\\b", Matcher.quoteReplacement(user)) : hint);
    }
}
