/** Which test shows which requirement of the RFCs, and the page that says so. */
package org.vrrpd.proto.rfc;
