/** Neighbour discovery on the wire: the advertisement with which a new MASTER tells its IPv6 neighbours the same. */
package org.vrrpd.proto.ndp;
