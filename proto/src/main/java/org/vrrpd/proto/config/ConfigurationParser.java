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
        return parse(text, fileName, configId, Includes.REFUSED, new Problems());
    }

    /**
     * Reads what {@link ConfigurationPrinter} wrote. Conditional lines, definitions and includes are not looked for, so
     * that any string survives. Throws IllegalArgumentException that names the first error.
     *
     * <p>The text read last is not read again: whoever reads one here before the protocol thread does saves it the time,
     * tens of milliseconds for hundreds of instances, and cannot change what comes out.
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
        StatementBuilder builder = new StatementBuilder(problems);
        new SourceReader(builder, problems, Includes.REFUSED, "", true).read(CANONICAL, text);
        LoadResult result = result(builder.finish(), "", problems);
        for (Problem problem : result.problems()) {
            if (problem.severity() == Severity.ERROR) {
                throw new IllegalArgumentException(problem.toString());
            }
        }
        return result.configuration();
    }

    static LoadResult parse(String text, String fileName, String configId, Includes includes, Problems problems) {
        StatementBuilder builder = new StatementBuilder(problems);
        new SourceReader(builder, problems, includes, configId, false).read(fileName, text);
        return result(builder.finish(), configId, problems);
    }

    private static LoadResult result(List<Statement> statements, String configId, Problems problems) {
        Configuration configuration = new ConfigurationBuilder(configId, problems).build(statements);
        return new LoadResult(problems.hasErrors() ? null : configuration, problems.sorted());
    }
}
