package org.vrrpd.proto.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * JSON-RPC 2.0, one message a line. Only the tree model is used: binding to classes costs a client 100 ms a start.
 */
public final class JsonRpc {

    private static final String VERSION = "2.0";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonRpc() {}

    /** @param id null for a notification; else a number, a text or JSON's null */
    public record Request(JsonNode id, String method, ObjectNode params) {

        /** Null when absent or JSON's null. */
        public String text(String name) throws RpcException {
            JsonNode value = params.get(name);
            if (value == null || value.isNull()) {
                return null;
            }
            if (!value.isTextual()) {
                throw invalid("a text as " + name, value);
            }
            return value.textValue();
        }

        public boolean flag(String name) throws RpcException {
            JsonNode value = params.get(name);
            if (value == null || value.isNull()) {
                return false;
            }
            if (!value.isBoolean()) {
                throw invalid("true or false as " + name, value);
            }
            return value.booleanValue();
        }

        public int number(String name, int whenAbsent, int most) throws RpcException {
            JsonNode value = params.get(name);
            if (value == null || value.isNull()) {
                return whenAbsent;
            }
            if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 0
                    || value.intValue() > most) {
                throw invalid("a number of 0 to " + most + " as " + name, value);
            }
            return value.intValue();
        }

        private static RpcException invalid(String expected, JsonNode found) {
            return new RpcException(ControlProtocol.INVALID_PARAMS,
                    "Expected " + expected + ", but found " + shortened(found.toString()));
        }
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static String request(long id, String method, ObjectNode params) {
        return message().put("id", id).put("method", method).set("params", params).toString();
    }

    public static String notification(String method, ObjectNode params) {
        return message().put("method", method).set("params", params).toString();
    }

    public static String result(JsonNode id, JsonNode result) {
        ObjectNode message = message();
        message.set("id", id);
        message.set("result", result);
        return message.toString();
    }

    /** @param id null when the request's is not known, which JSON-RPC writes as null */
    public static String error(JsonNode id, int code, String text) {
        ObjectNode message = message();
        message.set("id", id == null ? NullNode.getInstance() : id);
        message.set("error", object().put("code", code).put("message", text));
        return message.toString();
    }

    /** With the data of the error when it has some. */
    public static String error(JsonNode id, RpcException problem) {
        ObjectNode message = message();
        message.set("id", id == null ? NullNode.getInstance() : id);
        ObjectNode error = object().put("code", problem.code()).put("message", problem.getMessage());
        if (problem.data() != null) {
            error.set("data", problem.data());
        }
        message.set("error", error);
        return message.toString();
    }

    /** Throws PARSE_ERROR unless the line is one JSON object. */
    public static ObjectNode parse(String line) throws RpcException {
        JsonNode node;
        try {
            node = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new RpcException(ControlProtocol.PARSE_ERROR,
                    "Expected one JSON object a line, but found " + shortened(line));
        }
        if (!(node instanceof ObjectNode object)) {
            throw new RpcException(ControlProtocol.INVALID_REQUEST,
                    "Expected a JSON object, but found " + shortened(line));
        }
        return object;
    }

    public static Request request(ObjectNode message) throws RpcException {
        JsonNode method = message.get("method");
        if (!VERSION.equals(message.path("jsonrpc").textValue()) || method == null || !method.isTextual()) {
            throw new RpcException(ControlProtocol.INVALID_REQUEST,
                    "Expected {\"jsonrpc\":\"2.0\",\"id\":…,\"method\":…}, but found "
                            + shortened(message.toString()));
        }
        JsonNode id = message.get("id");
        if (id != null && !id.isNumber() && !id.isTextual() && !id.isNull()) {
            throw new RpcException(ControlProtocol.INVALID_REQUEST,
                    "Expected a number or a text as id, but found " + shortened(id.toString()));
        }
        JsonNode params = message.get("params");
        if (params != null && !params.isObject()) {
            throw new RpcException(ControlProtocol.INVALID_PARAMS,
                    "Expected an object as params, but found " + shortened(params.toString()));
        }
        return new Request(id, method.textValue(), params == null ? object() : (ObjectNode) params);
    }

    /** The text as it may appear in a message: short and free of control characters. */
    public static String shortened(String text) {
        String head = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        StringBuilder out = new StringBuilder();
        head.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static ObjectNode message() {
        return object().put("jsonrpc", VERSION);
    }
}
