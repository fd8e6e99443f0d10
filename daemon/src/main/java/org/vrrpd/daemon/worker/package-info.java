/**
 * Runs scripts, writes to pipes, watches files and processes and sets firewall rules, on threads beside the protocol
 * thread, which only hands over what the core asks for; what they find is an event.
 */
package org.vrrpd.daemon.worker;
