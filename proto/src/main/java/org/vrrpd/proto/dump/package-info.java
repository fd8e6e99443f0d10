/** The texts that keepalived writes when it gets a signal, in its layout, so that what reads them goes on working. */
package org.vrrpd.proto.dump;
