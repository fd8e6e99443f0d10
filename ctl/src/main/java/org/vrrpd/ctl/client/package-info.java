/** The only part that opens sockets: one connection to the daemon's control socket. */
package org.vrrpd.ctl.client;
