package org.vrrpd.proto.control;

/** A JSON-RPC error: an answer, not an accident, so it carries no stack. */
public final class RpcException extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;

    public RpcException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
