/** VRRP advertisements on the wire: read in place from a received packet, written as whole Ethernet frames. */
package org.vrrpd.proto.vrrp;
