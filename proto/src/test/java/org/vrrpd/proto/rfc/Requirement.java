package org.vrrpd.proto.rfc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requirements of the RFCs that a test shows, by their ids in src/test/resources/rfc/requirements.txt. It is read from
 * the sources ({@link Annotations}), so that a module whose tests cannot see this one has a copy of its own.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
public @interface Requirement {

    /** What is required happens. */
    String[] value() default {};

    /** The counter-case: what must not cause it is there, and it does not happen; or what must not happen does not. */
    String[] counter() default {};

    /** What is done instead, on purpose: the requirement is declared in src/test/resources/rfc/exceptions.txt. */
    String[] differs() default {};
}
