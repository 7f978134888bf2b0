package dev.bowline.testkit.contract;

import dev.bowline.testkit.contract.subject.Capability;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of a contract that only a transport with this capability runs.
 *
 * <pre>{@code
 * abstract class MyContract extends TransportContract {
 *     @Test
 *     @Needs(Capability.UNIX_SOCKETS)
 *     void a2_aSocketInTheFileSystemIsConnectedTo() {
 *         assertTrue(underTest().capabilities().contains(Capability.UNIX_SOCKETS));
 *     }
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsCondition.class)
public @interface Needs {
    /** {@return all of them} */
    Capability[] value();
}
