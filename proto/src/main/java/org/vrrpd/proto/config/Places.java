package org.vrrpd.proto.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where instances say what they say, as {@code file:line}: for whoever compares one configuration with another.
 *
 * @param byInstance of each instance by its name: the place of each keyword's last line, that of the block itself under
 *     {@code vrrp_instance}
 */
public record Places(Map<String, Map<String, String>> byInstance) {

    public static final Places NONE = new Places(Collections.emptyMap());

    private static final String BLOCK = "vrrp_instance";

    static Places of(Iterable<InstanceDraft> drafts) {
        Map<String, Map<String, String>> found = new TreeMap<>();
        for (InstanceDraft draft : drafts) {
            Map<String, String> keywords = new TreeMap<>();
            draft.given.forEach((keyword, word) -> keywords.put(keyword, text(word)));
            keywords.put(BLOCK, text(draft.name));
            found.put(draft.name.text(), keywords);
        }
        return new Places(found);
    }

    private static String text(Word word) {
        return word.file() + ":" + word.line();
    }

    /** Of the keyword, or of the instance's block when it does not stand there; empty when that is not known either. */
    public String of(String instance, String keyword) {
        Map<String, String> keywords = byInstance.getOrDefault(instance, Collections.emptyMap());
        return keywords.getOrDefault(keyword, keywords.getOrDefault(BLOCK, ""));
    }
}
