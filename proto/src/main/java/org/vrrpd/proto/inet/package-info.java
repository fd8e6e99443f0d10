/** Addresses as immutable values: what every other package means by "an IP address", a "family" or a "MAC". */
package org.vrrpd.proto.inet;
