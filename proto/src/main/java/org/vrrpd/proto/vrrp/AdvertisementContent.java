package org.vrrpd.proto.vrrp;

import org.vrrpd.proto.inet.IpAddress;

/**
 * What all advertisements of a router have in common while its configuration stays the same.
 *
 * @param version 2 or 3; version 2 carries an interval of whole seconds, at least 1
 * @param authentication of version 2 over IPv4; elsewhere {@link MessageAuthentication#NONE}
 */
public record AdvertisementContent(
        int version, int vrid, long intervalNanos, IpAddress[] addresses, MessageAuthentication authentication) {}
