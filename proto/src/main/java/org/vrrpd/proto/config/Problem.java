package org.vrrpd.proto.config;

/**
 * Something that an operator should know about a configuration.
 *
 * @param line from 1; 0: the file as a whole
 * @param column from 1, in characters; 0: the file as a whole
 */
public record Problem(Severity severity, String file, int line, int column, String message) {

    /** file:line:column: error: message. */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + ": " + severity.text() + ": " + message;
    }
}
