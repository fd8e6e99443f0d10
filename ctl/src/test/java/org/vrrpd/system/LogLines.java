package org.vrrpd.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The lines a process prints, each with the time of its arrival. */
public final class LogLines {

    public record Line(long time, String text) {}

    private final List<Line> lines = new ArrayList<>();

    /** Goes on after the lines of an earlier run, so that a restarted daemon has one log. */
    public void follow(InputStream stream, String name) {
        Thread reader = new Thread(() -> read(stream), "log-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                add(new Line(Await.now(), text));
            }
        } catch (IOException e) {
            add(new Line(Await.now(), "(the log ended: " + e.getMessage() + ")"));
        }
    }

    private synchronized void add(Line line) {
        lines.add(line);
    }

    public synchronized List<Line> all() {
        return List.copyOf(lines);
    }

    public Stream<Line> since(long time, Predicate<String> text) {
        return all().stream().filter(line -> line.time() >= time && text.test(line.text()));
    }

    public String tail(int count) {
        List<Line> all = all();
        StringBuilder text = new StringBuilder();
        for (Line line : all.subList(Math.max(0, all.size() - count), all.size())) {
            text.append(Times.clock(line.time())).append(' ').append(line.text()).append('\n');
        }
        return text.toString();
    }
}
