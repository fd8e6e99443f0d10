/** What crosses the control socket: JSON-RPC 2.0, one message a line, and the views that daemon and client agree on. */
package org.vrrpd.proto.control;
