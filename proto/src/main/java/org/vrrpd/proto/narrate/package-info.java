/** The one place where records become text: the log, the client, replays and test transcripts all say it with these words. */
package org.vrrpd.proto.narrate;
