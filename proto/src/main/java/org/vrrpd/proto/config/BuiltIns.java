package org.vrrpd.proto.config;

/** The names that are defined from the start and whose text depends on where they are used. */
final class BuiltIns {

    private static final int LARGEST_RANDOM = 32767;

    private final Surroundings surroundings;
    private final Problems problems;
    /** Of our own generator: the same numbers from the same seed in every JVM. */
    private long state;
    private String directory = ".";

    BuiltIns(Surroundings surroundings, Problems problems) {
        this.surroundings = surroundings;
        this.problems = problems;
        this.state = surroundings.seed();
    }

    void seed(long seed) {
        state = seed;
    }

    /** That of the file that is being read. */
    void enter(String newDirectory) {
        directory = newDirectory;
    }

    String directory() {
        return directory;
    }

    static boolean has(String name) {
        return name.equals("_PWD") || hasParameters(name);
    }

    /** In the braces behind the name: then the braces must be there. */
    static boolean hasParameters(String name) {
        return name.equals("_RANDOM") || name.equals("_ENV");
    }

    /** Null after reporting what is wrong with the parameters. */
    String value(String name, String parameters, Word place) {
        return switch (name) {
            case "_PWD" -> directory;
            case "_RANDOM" -> random(parameters.strip(), place);
            default -> environment(parameters.strip(), place);
        };
    }

    private String random(String parameters, Word place) {
        String[] words = parameters.isEmpty() ? new String[0] : parameters.split("[ \t]+");
        Integer least = words.length > 0 ? Arguments.integer(words[0]) : Integer.valueOf(0);
        Integer most = words.length > 1 ? Arguments.integer(words[1]) : Integer.valueOf(LARGEST_RANDOM);
        if (words.length > 2 || least == null || most == null || least < 0 || least > most) {
            problems.error(place, "${_RANDOM " + parameters + "}: expected ${_RANDOM [MIN [MAX]]} with"
                    + " 0 <= MIN <= MAX, which is " + LARGEST_RANDOM + " unless given");
            return null;
        }
        return String.valueOf(least + Long.remainderUnsigned(next(), (long) most - least + 1));
    }

    /** SplitMix64. */
    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    private String environment(String name, Word place) {
        if (Definitions.nameEnd(name, 0) != name.length() || name.isEmpty()) {
            problems.error(place, "${_ENV " + name + "}: expected ${_ENV VARIABLE}");
            return null;
        }
        String value = surroundings.environment().apply(name);
        if (value == null) {
            problems.warning(place, "${_ENV " + name + "}: no such variable in the environment: taken as empty");
            return "";
        }
        return value;
    }
}
