package org.vrrpd.system;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test its lab and closes it afterwards, so that no test can forget what closing proves. A test that failed
 * prints what its daemons said last.
 */
public final class LabExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace STORE = Namespace.create(LabExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Lab lab = Lab.open();
        context.getStore(STORE).put(Lab.class, lab);
        return lab;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Lab lab = context.getStore(STORE).remove(Lab.class, Lab.class);
        if (lab == null) {
            return;
        }
        boolean failed = context.getExecutionException().isPresent();
        if (failed) {
            System.out.println("FAILED " + context.getDisplayName() + "\n" + lab.report());
        }
        try {
            lab.close();
        } catch (AssertionError e) {
            if (!failed) {
                System.out.println("FAILED at its end: " + context.getDisplayName() + "\n" + lab.report());
            }
            throw e;
        }
    }
}
