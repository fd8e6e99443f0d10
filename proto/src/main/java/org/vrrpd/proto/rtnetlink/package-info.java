/** What the Linux kernel says about links and addresses, and what it is asked to do with them, as rtnetlink bytes. */
package org.vrrpd.proto.rtnetlink;
