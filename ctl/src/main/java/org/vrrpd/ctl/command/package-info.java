/** One class a verb: each gets what it needs from the daemon or a journal and hands it to a renderer. */
package org.vrrpd.ctl.command;
