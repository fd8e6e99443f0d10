package org.vrrpd.ctl.render;

import java.time.ZoneId;

/** @param columns how wide the output may be before it is laid out another way */
public record Layout(ZoneId zone, int columns, boolean colour) {}
