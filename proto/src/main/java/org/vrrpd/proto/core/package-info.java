/** The pure state machine: events in, effects out; no clock, no input or output, no thread, no chance. */
package org.vrrpd.proto.core;
