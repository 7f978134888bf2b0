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

/** The blocking transport against every contract. */
interface OnBlocking extends ContractSubject {
    @Override
    default TransportUnderTest subject() {
        return new SocketTransport("blocking");
    }
}

class BlockingLifeContractIT extends LifeContract implements OnBlocking {}

class BlockingAttemptContractIT extends AttemptContract implements OnBlocking {}

class BlockingEndContractIT extends EndContract implements OnBlocking {}

class BlockingSerialContractIT extends SerialContract implements OnBlocking {}

class BlockingRequestContractIT extends RequestContract implements OnBlocking {}

class BlockingLineConnectionContractIT extends LineConnectionContract implements OnBlocking {}

class BlockingLossReasonContractIT extends LossReasonContract implements OnBlocking {}

class BlockingLoggingContractIT extends LoggingContract implements OnBlocking {}

class BlockingWritingContractIT extends WritingContract implements OnBlocking {}

class BlockingClosingContractIT extends ClosingContract implements OnBlocking {}

class BlockingReadingContractIT extends ReadingContract implements OnBlocking {}

class BlockingFramingContractIT extends FramingContract implements OnBlocking {}

class BlockingFramingVectorsContractIT extends FramingVectorsContract implements OnBlocking {}

class BlockingFramingCostContractIT extends FramingCostContract implements OnBlocking {}

class BlockingCountedFramingContractIT extends CountedFramingContract implements OnBlocking {}

class BlockingModeContractIT extends ModeContract implements OnBlocking {}

class BlockingQueueContractIT extends QueueContract implements OnBlocking {}

class BlockingCallbackThreadContractIT extends CallbackThreadContract implements OnBlocking {}

class BlockingClientContractIT extends ClientContract implements OnBlocking {}

class BlockingClientEndContractIT extends ClientEndContract implements OnBlocking {}

class BlockingDrainContractIT extends DrainContract implements OnBlocking {}

class BlockingReconnectContractIT extends ReconnectContract implements OnBlocking {}

class BlockingDeliveryContractIT extends DeliveryContract implements OnBlocking {}

class BlockingLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnBlocking {}

class BlockingSharedTransportContractIT extends SharedTransportContract implements OnBlocking {}

class BlockingRaceContractIT extends RaceContract implements OnBlocking {}

class BlockingUnixContractIT extends UnixContract implements OnBlocking {}

class BlockingWritabilityContractIT extends WritabilityContract implements OnBlocking {}

class BlockingTimeoutContractIT extends TimeoutContract implements OnBlocking {}

class BlockingEngineContractIT extends EngineContract implements OnBlocking {}

class BlockingReferenceServerContractIT extends ReferenceServerContract implements OnBlocking {}

class BlockingStormContractIT extends StormContract implements OnBlocking {}

class BlockingLostServerContractIT extends LostServerContract implements OnBlocking {}

class BlockingTlsContractIT extends TlsContract implements OnBlocking {}

class BlockingStartTlsContractIT extends StartTlsContract implements OnBlocking {}

class BlockingForeignTlsContractIT extends ForeignTlsContract implements OnBlocking {}

class BlockingReferenceServerTlsContractIT extends ReferenceServerTlsContract implements OnBlocking {}

class BlockingTlsRefusalContractIT extends TlsRefusalContract implements OnBlocking {}
