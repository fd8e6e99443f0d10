/** Serves the control socket: at normal priority, on threads of its own, never waiting for the protocol thread. */
package org.vrrpd.daemon.control;
