package org.vrrpd.daemon.runtime;

/** Where in the code something went wrong, short enough for one log line. */
final class Failures {

    private static final int FRAMES = 6;

    private Failures() {}

    static String place(Throwable failure) {
        StringBuilder text = new StringBuilder();
        StackTraceElement[] trace = failure.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, trace.length); i++) {
            text.append(i == 0 ? " at " : " < ").append(trace[i].getClassName().replaceFirst(".*\\.", ""))
                    .append('.').append(trace[i].getMethodName()).append(':').append(trace[i].getLineNumber());
        }
        return text.toString();
    }
}
