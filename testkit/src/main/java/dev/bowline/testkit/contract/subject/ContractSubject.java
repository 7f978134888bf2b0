package dev.bowline.testkit.contract.subject;

/**
 * What every contract class asks for: the transport that it is held against. A transport says so once, in an interface
 * of its own that its test classes mix in:
 *
 * <pre>{@code
 * interface OnMine extends ContractSubject {
 *     @Override
 *     default TransportUnderTest subject() {
 *         return () -> "mine";
 *     }
 * }
 *
 * class MineLifeContractTest extends LifeContract implements OnMine {}
 *
 * class MineClosingContractTest extends ClosingContract implements OnMine {}
 * }</pre>
 */
public interface ContractSubject {
    /**
     * The transport under test: asked once for each test class, which closes it when its tests have run.
     *
     * @return another one at each call
     */
    TransportUnderTest subject();
}
