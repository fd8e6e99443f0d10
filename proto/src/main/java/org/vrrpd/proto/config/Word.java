package org.vrrpd.proto.config;

/** One word with its place; what a definition expands to has the place of the definition's use. */
record Word(String text, boolean quoted, String file, int line, int column) {

    private static final int SHOWN = 60;

    /** The text as messages show it: short. */
    String shown() {
        return shown(text);
    }

    static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    /** For messages: where it stands, seen from another word. */
    String place(Word from) {
        return (file.equals(from.file) ? "" : file + " ") + "line " + line;
    }

    @Override
    public String toString() {
        return text;
    }
}
