/** One test for each requirement of RFC 9568 that the core and the codecs can meet, named by section. */
package org.vrrpd.proto.rfc9568;
