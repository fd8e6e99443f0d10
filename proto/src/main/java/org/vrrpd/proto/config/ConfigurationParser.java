package org.vrrpd.proto.config;

import java.util.List;

/** From text to a configuration. Pure: no I/O, no clock, and the same text always gives the same result. */
public final class ConfigurationParser {

    private static final String CANONICAL = "configuration";

    /** The text read last and what it means, which nothing can change. */
    private record Known(String text, Configuration configuration) {}

    private static volatile Known known = new Known("", null);

    private ConfigurationParser() {}

    /**
     * Never throws for any text. An include in it is an error, since there is no directory to look in.
     *
     * @param configId what conditional lines compare with, and the router_id unless one is given
     */
    public static LoadResult parse(String text, String fileName, String configId) {
        return parse(text, fileName, Surroundings.fixed(configId));
    }

    /** Never throws for any text. An include in it is an error, since there is no directory to look in. */
    public static LoadResult parse(String text, String fileName, Surroundings surroundings) {
        return parse(text, fileName, surroundings, Includes.REFUSED, new Problems());
    }

    /**
     * Reads what {@link ConfigurationPrinter} wrote. Conditional lines, definitions and includes are not looked for, so
     * that any string survives. Throws IllegalArgumentException that names the first error.
     *
     * <p>The text read last is not read again: whoever reads one here before the protocol thread does saves it the
     * time, tens of milliseconds for hundreds of instances, and cannot change what comes out.
     */
    public static Configuration parseCanonical(String text) {
        Known last = known;
        if (last.configuration() != null && last.text().equals(text)) {
            return last.configuration();
        }
        Configuration configuration = read(text);
        known = new Known(text, configuration);
        return configuration;
    }

    private static Configuration read(String text) {
        Problems problems = new Problems();
        SourceReader reader = new SourceReader(problems, Includes.REFUSED, Surroundings.fixed(""), true);
        LoadResult result = result(reader.read(CANONICAL, text), "", problems);
        for (Problem problem : result.problems()) {
            if (problem.severity() == Severity.ERROR) {
                throw new IllegalArgumentException(problem.toString());
            }
        }
        return result.configuration();
    }

    static LoadResult parse(
            String text, String fileName, Surroundings surroundings, Includes includes, Problems problems) {
        SourceReader reader = new SourceReader(problems, includes, surroundings, false);
        return result(reader.read(fileName, text), surroundings.configId(), problems);
    }

    private static LoadResult result(List<Statement> statements, String configId, Problems problems) {
        ConfigurationBuilder builder = new ConfigurationBuilder(configId, problems);
        Configuration configuration = builder.build(statements);
        return new LoadResult(problems.hasErrors() ? null : configuration, problems.sorted(), builder.places());
    }
}
