package org.vrrpd.proto.config;

import java.util.List;

/**
 * What became of a text: all problems, in the order of their places, and the configuration if none is an error.
 *
 * @param configuration null when there is an error
 * @param places of the instances; none where nobody asks for them
 */
public record LoadResult(Configuration configuration, List<Problem> problems, Places places) {

    LoadResult(Configuration configuration, List<Problem> problems) {
        this(configuration, problems, Places.NONE);
    }

    public boolean hasErrors() {
        return configuration == null;
    }
}
