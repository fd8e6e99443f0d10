/** The one way an event meets the core, live and offline, and the offline runs over a journal. */
package org.vrrpd.proto.replay;
