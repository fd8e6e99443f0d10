package org.vrrpd.proto.config;

/**
 * Authentication of VRRP version 2.
 *
 * @param password as configured, at most 8 bytes in UTF-8; a secret: never in a message, a log line or a status
 */
public record AuthenticationConfiguration(Type type, String password) {

    /** Numbers of RFC 2338 section 5.3.6. */
    public enum Type {
        PASS(1),
        AH(2);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    @Override
    public String toString() {
        return "AuthenticationConfiguration[type=" + type + ", password=********]";
    }
}
