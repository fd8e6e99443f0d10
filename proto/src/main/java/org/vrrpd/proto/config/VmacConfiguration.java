package org.vrrpd.proto.config;

/**
 * use_vmac of an instance.
 *
 * @param name the macvlan's name, at most 15 characters; null: vrrp.VRID, or another that is free
 * @param mac -1: the virtual router MAC of RFC 9568 section 7.3
 * @param transmitOnBase vmac_xmit_base: advertisements leave from the interface itself, with its own MAC
 */
public record VmacConfiguration(String name, long mac, boolean transmitOnBase) {

    public static final long STANDARD_MAC = -1;
}
