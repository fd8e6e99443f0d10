package org.vrrpd.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.vrrpd.system.Happening.Lane;

/**
 * What two daemons did, side by side. In each lane of each scene, for each virtual router, the longest common story
 * is found; what is left over only one of them did. What both did must have come at the same time, give or take the
 * tolerance; what came before the mark belongs to a start, which takes as long as it takes.
 */
final class Alignment {

    enum Verdict { SAME, AT_ANOTHER_TIME, ONLY_KEEPALIVED, ONLY_VRRPD }

    /**
     * One line of the comparison.
     *
     * @param keepalived null when keepalived did not do it
     * @param vrrpd null when vrrpd did not
     */
    record Row(Happening keepalived, Happening vrrpd, long keepalivedTime, long vrrpdTime, Verdict verdict) {

        Happening either() {
            return keepalived == null ? vrrpd : keepalived;
        }

        /** True when the machine may be to blame: it was late, or something of a steady stream was. */
        boolean isMatterOfTime() {
            String text = either().text();
            return verdict == Verdict.AT_ANOTHER_TIME || WireStory.isIrregular(text);
        }

        long order() {
            return keepalived == null ? vrrpdTime : keepalivedTime;
        }
    }

    /** One stimulus and what followed. */
    record SceneRows(String name, List<Row> rows) {}

    private final List<SceneRows> scenes = new ArrayList<>();
    private final Duration tolerance;

    Alignment(Duration tolerance) {
        this.tolerance = tolerance;
    }

    /** @param slack what the times may be off beside the tolerance */
    void scene(String name, List<Happening> left, long leftMark, List<Happening> right, long rightMark, long slack) {
        List<Row> rows = new ArrayList<>();
        for (Lane lane : Lane.values()) {
            Stream.concat(left.stream(), right.stream()).filter(happening -> happening.lane() == lane)
                    .map(Happening::router).distinct().sorted().forEach(router -> weave(rows,
                            align(only(lane, router, left), leftMark, only(lane, router, right), rightMark, slack)));
        }
        scenes.add(new SceneRows(name, rows));
    }

    /** Puts a lane's rows among those of others by their time, without changing the order within the lane. */
    private static void weave(List<Row> rows, List<Row> lane) {
        int at = 0;
        for (Row row : lane) {
            boolean timed = row.either().timed();
            while (at < rows.size() && rows.get(at).either().timed()
                    && (!timed || rows.get(at).order() <= row.order())) {
                at++;
            }
            at = timed ? at : rows.size();
            rows.add(at++, row);
        }
    }

    private static List<Happening> only(Lane lane, String router, List<Happening> all) {
        return all.stream().filter(happening -> happening.lane() == lane && happening.router().equals(router)).toList();
    }

    private List<Row> align(
            List<Happening> left, long leftMark, List<Happening> right, long rightMark, long slack) {
        int[][] common = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int j = right.size() - 1; j >= 0; j--) {
                common[i][j] = left.get(i).text().equals(right.get(j).text()) ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Row> rows = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.size() || j < right.size()) {
            Happening one = i < left.size() ? left.get(i) : null;
            Happening other = j < right.size() ? right.get(j) : null;
            if (one != null && other != null && one.text().equals(other.text())) {
                rows.add(both(one, one.time() - leftMark, other, other.time() - rightMark, slack));
                i++;
                j++;
            } else if (other == null || one != null && common[i + 1][j] >= common[i][j + 1]) {
                rows.add(new Row(one, null, one.time() - leftMark, 0, Verdict.ONLY_KEEPALIVED));
                i++;
            } else {
                rows.add(new Row(null, other, 0, other.time() - rightMark, Verdict.ONLY_VRRPD));
                j++;
            }
        }
        return rows;
    }

    private Row both(Happening one, long oneTime, Happening other, long otherTime, long slack) {
        long allowed = tolerance.toNanos() + slack + Math.max(one.slack(), other.slack());
        boolean starting = oneTime < 0 && otherTime < 0;
        boolean same = !one.timed() || starting || Math.abs(oneTime - otherTime) <= allowed;
        return new Row(one, other, oneTime, otherTime, same ? Verdict.SAME : Verdict.AT_ANOTHER_TIME);
    }

    List<Row> differences() {
        return scenes.stream().flatMap(scene -> scene.rows().stream())
                .filter(row -> row.verdict() != Verdict.SAME).toList();
    }

    /** The whole story, one line for what either did; lists that remained the same are left out. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("      keepalived       vrrpd  (milliseconds; the two may be "
                + tolerance.toMillis() + " apart)\n");
        boolean first = true;
        for (SceneRows scene : scenes) {
            text.append("--- ").append(scene.name()).append('\n');
            for (Row row : scene.rows()) {
                boolean same = row.verdict() == Verdict.SAME;
                if (!same || row.either().timed()) {
                    text.append(same ? "   " : first ? ">>>" : " > ").append(line(row)).append('\n');
                }
                first &= same;
            }
        }
        return text.toString();
    }

    private static String line(Row row) {
        String remark = switch (row.verdict()) {
            case SAME -> "";
            case AT_ANOTHER_TIME -> "   <- at another time";
            case ONLY_KEEPALIVED -> "   <- only keepalived";
            case ONLY_VRRPD -> "   <- only vrrpd";
        };
        return String.format(" %11s %11s  %-6s %s%s", time(row.keepalived(), row.keepalivedTime()),
                time(row.vrrpd(), row.vrrpdTime()), row.either().lane().toString().toLowerCase(Locale.ROOT),
                row.either().text(), remark);
    }

    private static String time(Happening happening, long time) {
        return happening == null ? "-" : !happening.timed() ? "yes"
                : String.format(Locale.ROOT, "%.1f", Await.millis(time));
    }
}
