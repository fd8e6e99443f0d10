package org.vrrpd.daemon.input;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Unix signals, by the JVM's own dispatcher thread. The class behind it is exported by every JDK but not part of the
 * compiler's view of release 17, hence the reflection.
 */
public final class Signals {

    public static final int HANG_UP = 1;
    public static final int INTERRUPT = 2;
    public static final int TERMINATE = 15;
    /** The size of a terminal has changed. */
    private static final String HARMLESS = "WINCH";

    private static final int REHEARSALS = 5;
    private static final long REHEARSAL_MILLIS = 20;

    private Signals() {}

    /**
     * Sends the process a signal that means nothing to it, so that the JVM's way from a signal to the handler is
     * loaded before a signal that matters comes.
     */
    public static void rehearse() throws InterruptedException {
        Semaphore arrived = new Semaphore(0);
        handle(HARMLESS, number -> arrived.release());
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Object signal = signalClass.getConstructor(String.class).newInstance(HARMLESS);
            for (int i = 0; i < REHEARSALS; i++) {
                signalClass.getMethod("raise", signalClass).invoke(null, signal);
                if (!arrived.tryAcquire(REHEARSAL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return; // on a machine so busy, a slow first stop is the least
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Expected a JDK that can raise SIG" + HARMLESS + ", but found " + e, e);
        }
    }

    /** From now on the signal, such as "TERM", calls the handler with its number, on a thread of the JVM's. */
    public static void handle(String name, IntConsumer handler) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            Object signal = signalClass.getConstructor(String.class).newInstance(name);
            int number = (int) signalClass.getMethod("getNumber").invoke(signal);
            InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    handler.accept(number);
                    yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "handler of SIG" + name;
            };
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerClass}, invocation);
            signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Expected a JDK that can handle SIG" + name + ", but found " + e, e);
        }
    }
}
