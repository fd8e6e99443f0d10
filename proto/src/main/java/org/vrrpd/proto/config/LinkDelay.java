package org.vrrpd.proto.config;

/**
 * One line of interface_up_down_delays: how long a link must be down, or up, until that counts. Not before it was up
 * once.
 */
public record LinkDelay(String interfaceName, long downNanos, long upNanos) {}
