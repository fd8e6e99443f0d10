/**
 * Every native call of the daemon, and nothing else: sockets, epoll, timers, clocks and scheduling of Linux, through
 * functions that take numbers only, so that the protocol thread allocates nothing.
 */
package org.vrrpd.daemon.linux;
