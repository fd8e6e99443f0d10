/** The threads and what they share: the loop that sequences, applies and executes, and the journal behind it. */
package org.vrrpd.daemon.runtime;
