package org.vrrpd.proto.config;

import java.nio.file.Path;

/** Reads a configuration file and all that it includes. What cannot be read is a problem like any other. */
public final class ConfigurationLoader {

    private ConfigurationLoader() {}

    /** Never throws for what is in the files or missing. */
    public static LoadResult load(Path file, Surroundings surroundings) {
        Problems problems = new Problems();
        FileIncludes files = new FileIncludes(surroundings.limits().bytes());
        String name = file.toString();
        problems.enterFile(name);
        String text = files.readMain(name, new Word("", false, name, 0, 0), problems);
        if (text == null) {
            return new LoadResult(null, problems.sorted());
        }
        return ConfigurationParser.parse(text, name, surroundings, files, problems);
    }
}
