package org.vrrpd.proto.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.vrrpd.proto.config.AuthenticationConfiguration.Type;

/** The authentication block of an instance. The password is in no message, nor is any word that may be part of it. */
final class AuthenticationDraft {

    private static final int LONGEST = 8;

    private Type type;
    private boolean typeFailed;
    private String password;
    private Word passwordKeyword;
    private Word block;

    void read(Statement statement, Arguments arguments, String owner, Problems problems) {
        block = statement.keyword();
        String where = "authentication of " + owner;
        Repeats repeats = new Repeats(where, problems);
        List<Statement> lines = arguments.block();
        for (Statement line : lines) {
            Word keyword = line.keyword();
            Arguments words = new Arguments(line, where, problems);
            if (isBehindPassword(keyword)) {
                problems.error(keyword, "more than a password behind auth_pass in " + where
                        + ": expected quotes around a password with braces");
                continue;
            }
            repeats.check(line);
            switch (keyword.text()) {
                case "auth_type" -> readType(words);
                case "auth_pass" -> readPassword(line, words, where, problems);
                default -> Keywords.skip(Keywords.Scope.AUTHENTICATION, line, where, problems);
            }
        }
    }

    private void readType(Arguments arguments) {
        Word word = arguments.next("PASS or AH");
        if (word != null) {
            switch (word.text()) {
                case "PASS" -> type = Type.PASS;
                case "AH" -> type = Type.AH;
                default -> {
                    typeFailed = true;
                    arguments.bad(word, "PASS or AH");
                }
            }
        } else {
            typeFailed = true;
        }
        arguments.end();
    }

    private void readPassword(Statement line, Arguments arguments, String where, Problems problems) {
        passwordKeyword = line.keyword();
        Word word = arguments.next("a password of 1 to " + LONGEST + " bytes");
        if (word == null) {
            return;
        }
        if (arguments.hasNext() || line.hasBlock()) {
            problems.error(passwordKeyword, "more than a password behind auth_pass in " + where
                    + ": expected quotes around a password with blanks or braces");
        }
        byte[] bytes = word.text().getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || word.text().indexOf('\uFFFD') >= 0 || !word.text().equals(
                new String(bytes, StandardCharsets.UTF_8))) {
            problems.error(passwordKeyword, "the password behind auth_pass in " + where
                    + ": expected 1 to " + LONGEST + " bytes of UTF-8");
            return;
        }
        password = word.text();
        if (bytes.length > LONGEST) {
            password = new String(bytes, 0, LONGEST, StandardCharsets.UTF_8);
            if (password.indexOf('\uFFFD') >= 0) {
                problems.error(passwordKeyword, "the password behind auth_pass in " + where + ": expected at most "
                        + LONGEST + " bytes, or a character that ends there");
            } else {
                problems.warning(passwordKeyword, "the password behind auth_pass in " + where + " has "
                        + bytes.length + " bytes: only the first " + LONGEST + " count");
            }
        }
    }

    /**
     * Reports a word that another block does not know. A brace that nobody quoted ends a password and the block, so
     * what stands behind it may be the rest of the password.
     */
    void skip(Keywords.Scope scope, Statement statement, String where, Problems problems) {
        Word word = statement.keyword();
        if (isBehindPassword(word) && !Keywords.isKnown(word.text())) {
            problems.error(word, "a word behind the password of auth_pass in " + where
                    + ": expected quotes around a password with braces");
        } else {
            Keywords.skip(scope, statement, where, problems);
        }
    }

    private boolean isBehindPassword(Word word) {
        return passwordKeyword != null && passwordKeyword.line() == word.line()
                && passwordKeyword.column() < word.column() && passwordKeyword.file().equals(word.file());
    }

    boolean isAh() {
        return type == Type.AH && password != null;
    }

    /** Null: none. */
    AuthenticationConfiguration complete(int version, boolean strict, String where, Problems problems) {
        if (block == null || typeFailed) {
            return null;
        }
        String reason = type == null
                ? "no auth_type is given"
                : password == null
                        ? "no auth_pass is given"
                        : version == 3
                                ? "version 3 has no authentication (RFC 9568 section 9)"
                                : strict ? "strict_mode forbids it (RFC 3768 has none)" : null;
        if (reason != null) {
            problems.warning(block, "authentication in " + where + " is ignored: " + reason);
            return null;
        }
        return new AuthenticationConfiguration(type, password);
    }
}
