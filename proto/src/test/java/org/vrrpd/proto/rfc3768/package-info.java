/** One test for each requirement in which RFC 3768 (VRRPv2) differs from RFC 9568. */
package org.vrrpd.proto.rfc3768;
