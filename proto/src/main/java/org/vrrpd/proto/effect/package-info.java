/** The core's only way out: effects in the imperative, encoded as bytes so that replay compares them byte for byte. */
package org.vrrpd.proto.effect;
