/** The one place where records become text: log, client, replays and test transcripts all say it with these words. */
package org.vrrpd.proto.narrate;
