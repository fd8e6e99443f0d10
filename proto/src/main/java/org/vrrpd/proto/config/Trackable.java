package org.vrrpd.proto.config;

/** A script, file or process as it was defined, with the weight it has unless an instance gives it another. */
record Trackable<T>(Word name, int weight, boolean reverse, T configuration) {}
