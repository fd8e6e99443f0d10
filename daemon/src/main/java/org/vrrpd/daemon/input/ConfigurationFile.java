package org.vrrpd.daemon.input;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vrrpd.proto.config.ConfigurationLoader;
import org.vrrpd.proto.config.ConfigurationPrinter;
import org.vrrpd.proto.config.LoadResult;
import org.vrrpd.proto.config.Surroundings;

/** The configuration in a file, and in those that it includes. */
public final class ConfigurationFile implements ConfigurationSource {

    private final Path file;
    private final String configId;

    /** @param configId what conditional lines compare with */
    public ConfigurationFile(Path file, String configId) {
        this.file = file;
        this.configId = configId;
    }

    @Override
    public Loaded load() {
        LoadResult result = ConfigurationLoader.load(file, Surroundings.ofProcess(configId, System.nanoTime()));
        byte[] text = result.hasErrors() ? null
                : ConfigurationPrinter.print(result.configuration()).getBytes(StandardCharsets.UTF_8);
        // a file that is there but may not be read is a mistake, and none that is still to be made
        return new Loaded(text, result.problems(), Files.notExists(file),
                text != null && result.configuration().instances().isEmpty());
    }
}
