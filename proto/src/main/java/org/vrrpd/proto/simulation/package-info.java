/** A LAN in one process: real cores on modelled kernels, one wire and one virtual clock, nothing left to chance. */
package org.vrrpd.proto.simulation;
