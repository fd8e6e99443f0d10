package org.vrrpd.proto.effect;

/** How the parameters of a process are compared with those looked for. Numbers in the journal are the order here. */
public enum ParameterMatch {
    /** They are not. */
    NONE,
    /** All, as they stand. */
    EXACT,
    /** The process may have more behind them. */
    INITIAL,
    /** As INITIAL, and the last may go on. */
    PARTIAL
}
