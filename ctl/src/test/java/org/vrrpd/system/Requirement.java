package org.vrrpd.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requirements of the RFCs that a namespace test shows, by their ids in proto/src/test/resources/rfc/requirements.txt:
 * the copy of the annotation of proto, whose tests are not visible here. RequirementsTest there reads the sources.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.METHOD)
@interface Requirement {

    /** What is required happens. */
    String[] value() default {};

    /** The counter-case: what must not cause it is there, and it does not happen; or what must not happen does not. */
    String[] counter() default {};

    /** What is done instead, on purpose: the requirement is declared in proto/src/test/resources/rfc/exceptions.txt. */
    String[] differs() default {};
}
