package org.vrrpd.boot;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.vrrpd.system.LabExtension;

/** A class of tests whose labs have whole machines in them, which is too much work beside tests that measure time. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Isolated("boots machines, which keeps all processors busy")
@ExtendWith({BootCondition.class, LabExtension.class})
@interface BootsDebian {}
