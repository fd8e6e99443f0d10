/** Turns what arrives, from the kernel, the wire, signals and clients, into the payloads of events. */
package org.vrrpd.daemon.input;
