package org.vrrpd.proto.config;

import java.util.List;

/**
 * What an instance watches; that of its sync group is included.
 *
 * @param trackPrimary the instance's own interface going down is a fault (unless dont_track_primary)
 * @param scripts by the name of a vrrp_script
 * @param files by the name of a track_file
 * @param processes by the name of a vrrp_track_process
 */
public record TrackingConfiguration(
        boolean trackPrimary,
        List<Tracked> interfaces,
        List<Tracked> scripts,
        List<Tracked> files,
        List<Tracked> processes) {}
