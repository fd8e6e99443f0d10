package org.vrrpd.proto.config;

/** A user and perhaps a group, as they stand in the file; both empty: not given. */
record Account(String user, String group) {

    static final Account NONE = new Account("", "");

    /** Reads USER [GROUP], or null after an error. */
    static Account read(Arguments arguments) {
        Word user = arguments.text("a user, and a group if it is not the user's own");
        Word group = arguments.hasNext() ? arguments.text("a group") : null;
        return user == null ? null : new Account(user.text(), group == null ? "" : group.text());
    }

    /** Reads what may stand behind a command. */
    static Account readOptional(Arguments arguments) {
        Word user = arguments.hasNext() ? arguments.text("a user") : null;
        Word group = arguments.hasNext() ? arguments.text("a group") : null;
        return user == null ? NONE : new Account(user.text(), group == null ? "" : group.text());
    }

    Account or(Account otherwise) {
        return user.isEmpty() ? otherwise : this;
    }
}
