package org.vrrpd.system;

import static org.vrrpd.system.Comparison.compare;
import static org.vrrpd.system.Times.seconds;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a file means once definitions, conditions and loops are resolved. */
@Execution(ExecutionMode.CONCURRENT)
class CompareLanguageIT {

    @Test
    @DisplayName("subtle 15: a loop over a definition of several lines with conditions makes the same three instances")
    void loops() {
        compare("a loop, a definition and conditions").conf(Conf.raw("""
                $NET=10.1.0
                $INSTANCE=vrrp_instance VI_$ID { \\
                interface eth0 \\
                virtual_router_id $ID \\
                @no_such_host priority 1 \\
                @^no_such_host priority $ID \\
                version 3 \\
                advert_int 0.1 \\
                virtual_ipaddress { ${NET}.${ID}/24 } \\
                }
                ~SEQ(ID, 51, 53) $INSTANCE
                """)).start(seconds(2)).expectSame();
    }
}
