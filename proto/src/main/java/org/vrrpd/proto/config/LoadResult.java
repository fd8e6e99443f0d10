package org.vrrpd.proto.config;

import java.util.List;

/**
 * What became of a text: all problems, in the order of their places, and the configuration if none is an error.
 *
 * @param configuration null when there is an error
 */
public record LoadResult(Configuration configuration, List<Problem> problems) {

    public boolean hasErrors() {
        return configuration == null;
    }
}
