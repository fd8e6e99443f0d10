/** What is printed, as text for people or as JSON for programs, behind one interface. */
package org.vrrpd.ctl.render;
