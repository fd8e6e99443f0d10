package org.vrrpd.proto.control;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Which build this is: version and commit, such as {@code 0.1.0+3f2c1a9}. */
public final class Build {

    private static final String UNSTAMPED = "0.1.0";

    private Build() {}

    public static String id() {
        try (InputStream in = Build.class.getResourceAsStream("/org/vrrpd/proto/build.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("build", UNSTAMPED);
        } catch (IOException e) {
            return UNSTAMPED;
        }
    }

    /** The part of a build id that people remember. */
    public static String version(String build) {
        int plus = build.indexOf('+');
        return plus < 0 ? build : build.substring(0, plus);
    }
}
