/** The journal's nouns: facts in the past tense, each one record of bytes, read in place and never copied. */
package org.vrrpd.proto.event;
