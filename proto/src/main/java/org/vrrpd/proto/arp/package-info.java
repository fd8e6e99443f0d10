/** ARP on the wire: the gratuitous request with which a new MASTER tells its IPv4 neighbours where an address is. */
package org.vrrpd.proto.arp;
