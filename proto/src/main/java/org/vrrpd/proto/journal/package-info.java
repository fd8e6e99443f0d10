/** The journal: the ring that outlives the process, the Chronicle files behind it, and how to read them back. */
package org.vrrpd.proto.journal;
