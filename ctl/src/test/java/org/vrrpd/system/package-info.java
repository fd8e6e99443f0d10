/** Real daemons on a real kernel: routers in network namespaces, an observer on their wire, and promises held to it. */
package org.vrrpd.system;
