package org.vrrpd.proto.control;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A JSON-RPC error: an answer, not an accident, so it carries no stack. */
public final class RpcException extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;
    private final transient ObjectNode data;

    public RpcException(int code, String message) {
        this(code, message, null);
    }

    /** @param data what programs want to know beside the message; null: nothing */
    public RpcException(int code, String message, ObjectNode data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    /** Null when there is none. */
    public ObjectNode data() {
        return data;
    }

    public int code() {
        return code;
    }
}
