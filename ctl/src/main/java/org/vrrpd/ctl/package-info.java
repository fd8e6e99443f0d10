/** The client of a running daemon and of its journals: it looks, and asks, and never changes anything itself. */
package org.vrrpd.ctl;
