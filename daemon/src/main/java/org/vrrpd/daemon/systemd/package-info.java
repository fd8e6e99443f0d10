/** Tells systemd how the service stands, by sd_notify, and that its protocol thread is alive. */
package org.vrrpd.daemon.systemd;
