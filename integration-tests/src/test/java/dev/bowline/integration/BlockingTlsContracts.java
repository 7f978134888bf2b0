package dev.bowline.integration;

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
import dev.bowline.testkit.contract.TimeoutContract;
import dev.bowline.testkit.contract.WritabilityContract;
import dev.bowline.testkit.contract.WritingContract;
import dev.bowline.testkit.contract.subject.ContractSubject;
import dev.bowline.testkit.contract.subject.OverTls;
import dev.bowline.testkit.contract.subject.TransportUnderTest;

/** The blocking transport over TLS 1.3 against every contract of connections. */
interface OnBlockingTls extends ContractSubject {
    @Override
    default TransportUnderTest subject() {
        return new OverTls(new SocketTransport("blocking"), "TLSv1.3");
    }
}

class BlockingTlsLifeContractIT extends LifeContract implements OnBlockingTls {}

class BlockingTlsAttemptContractIT extends AttemptContract implements OnBlockingTls {}

class BlockingTlsEndContractIT extends EndContract implements OnBlockingTls {}

class BlockingTlsSerialContractIT extends SerialContract implements OnBlockingTls {}

class BlockingTlsRequestContractIT extends RequestContract implements OnBlockingTls {}

class BlockingTlsLineConnectionContractIT extends LineConnectionContract implements OnBlockingTls {}

class BlockingTlsLossReasonContractIT extends LossReasonContract implements OnBlockingTls {}

class BlockingTlsLoggingContractIT extends LoggingContract implements OnBlockingTls {}

class BlockingTlsWritingContractIT extends WritingContract implements OnBlockingTls {}

class BlockingTlsClosingContractIT extends ClosingContract implements OnBlockingTls {}

class BlockingTlsReadingContractIT extends ReadingContract implements OnBlockingTls {}

class BlockingTlsFramingContractIT extends FramingContract implements OnBlockingTls {}

class BlockingTlsFramingVectorsContractIT extends FramingVectorsContract implements OnBlockingTls {
    /** Each begins with a handshake. */
    @Override
    protected int randomCuts() {
        return 2;
    }
}

class BlockingTlsFramingCostContractIT extends FramingCostContract implements OnBlockingTls {}

class BlockingTlsCountedFramingContractIT extends CountedFramingContract implements OnBlockingTls {}

class BlockingTlsModeContractIT extends ModeContract implements OnBlockingTls {}

class BlockingTlsQueueContractIT extends QueueContract implements OnBlockingTls {}

class BlockingTlsCallbackThreadContractIT extends CallbackThreadContract implements OnBlockingTls {}

class BlockingTlsClientContractIT extends ClientContract implements OnBlockingTls {}

class BlockingTlsClientEndContractIT extends ClientEndContract implements OnBlockingTls {}

class BlockingTlsDrainContractIT extends DrainContract implements OnBlockingTls {}

class BlockingTlsReconnectContractIT extends ReconnectContract implements OnBlockingTls {}

class BlockingTlsDeliveryContractIT extends DeliveryContract implements OnBlockingTls {}

class BlockingTlsLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnBlockingTls {}

class BlockingTlsSharedTransportContractIT extends SharedTransportContract implements OnBlockingTls {}

class BlockingTlsRaceContractIT extends RaceContract implements OnBlockingTls {}

class BlockingTlsWritabilityContractIT extends WritabilityContract implements OnBlockingTls {}

class BlockingTlsTimeoutContractIT extends TimeoutContract implements OnBlockingTls {}
