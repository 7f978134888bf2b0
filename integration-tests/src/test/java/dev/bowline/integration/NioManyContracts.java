package dev.bowline.integration;

import dev.bowline.integration.storm.LostServerContract;
import dev.bowline.integration.storm.StormContract;
import dev.bowline.integration.tls.ForeignTlsContract;
import dev.bowline.integration.tls.ReferenceServerTlsContract;
import dev.bowline.integration.tls.TlsRefusalContract;
import dev.bowline.testkit.contract.AttemptContract;
import dev.bowline.testkit.contract.CallbackThreadContract;
import dev.bowline.testkit.contract.ClientContract;
import dev.bowline.testkit.contract.ClientEndContract;
import dev.bowline.testkit.contract.ClosingContract;
import dev.bowline.testkit.contract.CountedFramingContract;
import dev.bowline.testkit.contract.DeliveryContract;
import dev.bowline.testkit.contract.DrainContract;
import dev.bowline.testkit.contract.EndContract;
import dev.bowline.testkit.contract.FramingContract;
import dev.bowline.testkit.contract.FramingCostContract;
import dev.bowline.testkit.contract.FramingVectorsContract;
import dev.bowline.testkit.contract.LessonsOf2008Contract;
import dev.bowline.testkit.contract.LifeContract;
import dev.bowline.testkit.contract.LineConnectionContract;
import dev.bowline.testkit.contract.LoggingContract;
import dev.bowline.testkit.contract.LossReasonContract;
import dev.bowline.testkit.contract.ModeContract;
import dev.bowline.testkit.contract.QueueContract;
import dev.bowline.testkit.contract.RaceContract;
import dev.bowline.testkit.contract.ReadingContract;
import dev.bowline.testkit.contract.ReconnectContract;
import dev.bowline.testkit.contract.RequestContract;
import dev.bowline.testkit.contract.SerialContract;
import dev.bowline.testkit.contract.SharedTransportContract;
import dev.bowline.testkit.contract.StartTlsContract;
import dev.bowline.testkit.contract.TimeoutContract;
import dev.bowline.testkit.contract.TlsContract;
import dev.bowline.testkit.contract.UnixContract;
import dev.bowline.testkit.contract.WritabilityContract;
import dev.bowline.testkit.contract.WritingContract;
import dev.bowline.testkit.contract.engine.EngineContract;
import dev.bowline.testkit.contract.subject.ContractSubject;
import dev.bowline.testkit.contract.subject.TransportUnderTest;
import java.util.Set;

/** The NIO transport with several selector threads against every contract. */
interface OnNioMany extends ContractSubject {
    @Override
    default TransportUnderTest subject() {
        return new SocketTransport("nio", 3, Set.of());
    }
}

class NioManyLifeContractIT extends LifeContract implements OnNioMany {}

class NioManyAttemptContractIT extends AttemptContract implements OnNioMany {}

class NioManyEndContractIT extends EndContract implements OnNioMany {}

class NioManySerialContractIT extends SerialContract implements OnNioMany {}

class NioManyRequestContractIT extends RequestContract implements OnNioMany {}

class NioManyLineConnectionContractIT extends LineConnectionContract implements OnNioMany {}

class NioManyLossReasonContractIT extends LossReasonContract implements OnNioMany {}

class NioManyLoggingContractIT extends LoggingContract implements OnNioMany {}

class NioManyWritingContractIT extends WritingContract implements OnNioMany {}

class NioManyClosingContractIT extends ClosingContract implements OnNioMany {}

class NioManyReadingContractIT extends ReadingContract implements OnNioMany {}

class NioManyFramingContractIT extends FramingContract implements OnNioMany {}

class NioManyFramingVectorsContractIT extends FramingVectorsContract implements OnNioMany {}

class NioManyFramingCostContractIT extends FramingCostContract implements OnNioMany {}

class NioManyCountedFramingContractIT extends CountedFramingContract implements OnNioMany {}

class NioManyModeContractIT extends ModeContract implements OnNioMany {}

class NioManyQueueContractIT extends QueueContract implements OnNioMany {}

class NioManyCallbackThreadContractIT extends CallbackThreadContract implements OnNioMany {}

class NioManyClientContractIT extends ClientContract implements OnNioMany {}

class NioManyClientEndContractIT extends ClientEndContract implements OnNioMany {}

class NioManyDrainContractIT extends DrainContract implements OnNioMany {}

class NioManyReconnectContractIT extends ReconnectContract implements OnNioMany {}

class NioManyDeliveryContractIT extends DeliveryContract implements OnNioMany {}

class NioManyLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnNioMany {}

class NioManySharedTransportContractIT extends SharedTransportContract implements OnNioMany {}

class NioManyRaceContractIT extends RaceContract implements OnNioMany {}

class NioManyUnixContractIT extends UnixContract implements OnNioMany {}

class NioManyWritabilityContractIT extends WritabilityContract implements OnNioMany {}

class NioManyTimeoutContractIT extends TimeoutContract implements OnNioMany {}

class NioManyEngineContractIT extends EngineContract implements OnNioMany {}

class NioManyReferenceServerContractIT extends ReferenceServerContract implements OnNioMany {}

class NioManyStormContractIT extends StormContract implements OnNioMany {}

class NioManyLostServerContractIT extends LostServerContract implements OnNioMany {}

class NioManyTlsContractIT extends TlsContract implements OnNioMany {}

class NioManyStartTlsContractIT extends StartTlsContract implements OnNioMany {}

class NioManyForeignTlsContractIT extends ForeignTlsContract implements OnNioMany {}

class NioManyReferenceServerTlsContractIT extends ReferenceServerTlsContract implements OnNioMany {}

class NioManyTlsRefusalContractIT extends TlsRefusalContract implements OnNioMany {}
