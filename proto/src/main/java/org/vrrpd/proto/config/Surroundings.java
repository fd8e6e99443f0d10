package org.vrrpd.proto.config;

import java.util.function.UnaryOperator;

/**
 * What a text can see of the world around it.
 *
 * @param configId what conditional lines compare with, and the router_id unless one is given
 * @param seed of ${_RANDOM}, until the text itself gives one
 * @param environment the value of a variable, or null
 */
public record Surroundings(String configId, long seed, UnaryOperator<String> environment, Limits limits) {

    /** This process: its environment and its heap. */
    public static Surroundings ofProcess(String configId, long seed) {
        long heap = Runtime.getRuntime().maxMemory();
        return new Surroundings(configId, seed, System::getenv, Limits.ofHeap(heap));
    }

    /** The same always: no environment. */
    public static Surroundings fixed(String configId) {
        return new Surroundings(configId, 0, name -> null, Limits.LARGEST);
    }
}
