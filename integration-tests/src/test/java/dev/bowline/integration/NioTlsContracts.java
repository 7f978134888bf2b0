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

/** The NIO transport over TLS 1.3 against every contract of connections. */
interface OnNioTls extends ContractSubject {
    @Override
    default TransportUnderTest subject() {
        return new OverTls(new SocketTransport("nio"), "TLSv1.3");
    }
}

class NioTlsLifeContractIT extends LifeContract implements OnNioTls {}

class NioTlsAttemptContractIT extends AttemptContract implements OnNioTls {}

class NioTlsEndContractIT extends EndContract implements OnNioTls {}

class NioTlsSerialContractIT extends SerialContract implements OnNioTls {}

class NioTlsRequestContractIT extends RequestContract implements OnNioTls {}

class NioTlsLineConnectionContractIT extends LineConnectionContract implements OnNioTls {}

class NioTlsLossReasonContractIT extends LossReasonContract implements OnNioTls {}

class NioTlsLoggingContractIT extends LoggingContract implements OnNioTls {}

class NioTlsWritingContractIT extends WritingContract implements OnNioTls {}

class NioTlsClosingContractIT extends ClosingContract implements OnNioTls {}

class NioTlsReadingContractIT extends ReadingContract implements OnNioTls {}

class NioTlsFramingContractIT extends FramingContract implements OnNioTls {}

class NioTlsFramingVectorsContractIT extends FramingVectorsContract implements OnNioTls {
    /** Each begins with a handshake. */
    @Override
    protected int randomCuts() {
        return 2;
    }
}

class NioTlsFramingCostContractIT extends FramingCostContract implements OnNioTls {}

class NioTlsCountedFramingContractIT extends CountedFramingContract implements OnNioTls {}

class NioTlsModeContractIT extends ModeContract implements OnNioTls {}

class NioTlsQueueContractIT extends QueueContract implements OnNioTls {}

class NioTlsCallbackThreadContractIT extends CallbackThreadContract implements OnNioTls {}

class NioTlsClientContractIT extends ClientContract implements OnNioTls {}

class NioTlsClientEndContractIT extends ClientEndContract implements OnNioTls {}

class NioTlsDrainContractIT extends DrainContract implements OnNioTls {}

class NioTlsReconnectContractIT extends ReconnectContract implements OnNioTls {}

class NioTlsDeliveryContractIT extends DeliveryContract implements OnNioTls {}

class NioTlsLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnNioTls {}

class NioTlsSharedTransportContractIT extends SharedTransportContract implements OnNioTls {}

class NioTlsRaceContractIT extends RaceContract implements OnNioTls {}

class NioTlsWritabilityContractIT extends WritabilityContract implements OnNioTls {}

class NioTlsTimeoutContractIT extends TimeoutContract implements OnNioTls {}
