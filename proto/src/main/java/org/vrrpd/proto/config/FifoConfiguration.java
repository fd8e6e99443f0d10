package org.vrrpd.proto.config;

/**
 * A named pipe that gets a line for every change of state.
 *
 * @param user owner of the pipe when it is created; empty: as for scripts
 * @param reader started by the daemon with the pipe's path as its last argument; null: none
 */
public record FifoConfiguration(String path, String user, String group, ScriptCommand reader) {}
