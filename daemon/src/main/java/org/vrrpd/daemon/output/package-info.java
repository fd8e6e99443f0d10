/**
 * Does what the core asks for: sends frames and kernel requests, opens sockets, writes sysctls, answers clients and
 * logs, in the order in which the core asked.
 */
package org.vrrpd.daemon.output;
