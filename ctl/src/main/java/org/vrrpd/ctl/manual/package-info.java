/** The manual pages and the shell completion, made when the package is built from what the programs themselves say. */
package org.vrrpd.ctl.manual;
