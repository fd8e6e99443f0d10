/** The simulated LAN, tried out, and then let loose on the core. */
package org.vrrpd.proto.simulation;
