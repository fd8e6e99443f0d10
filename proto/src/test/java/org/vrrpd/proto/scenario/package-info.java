/** Transcripts of what the core does, in the narrator's words, compared line by line; the diff is the review. */
package org.vrrpd.proto.scenario;
