/** Whole machines: a Debian with systemd as its first process, on which the package is installed and boots. */
package org.vrrpd.boot;
