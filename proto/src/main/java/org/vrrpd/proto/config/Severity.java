package org.vrrpd.proto.config;

/** An error refuses the whole configuration; a warning says what will not be as the line says. */
public enum Severity {
    ERROR("error"),
    WARNING("warning");

    private final String text;

    Severity(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
