/** keepalived.conf's language: from text with places to values, every default filled in, every problem named. */
package org.vrrpd.proto.config;
