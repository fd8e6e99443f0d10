/** The daemon's process: its command line, and the wiring of what comes in, what decides, and what goes out. */
package org.vrrpd.daemon;
